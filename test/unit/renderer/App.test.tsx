import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../../../renderer/App';
import { useViewStore } from '../../../renderer/stores/view-store';
import type { PanelState } from '../../../shared/ipc/state';
import { PanelBridgeDouble, success } from './support/panel-bridge';
import { sampleState, sampleStatus } from './support/samples';
import { renderView, showState } from './support/screen';

function open(change: Partial<PanelState>): void {
  renderView(<App />, { ...sampleState(sampleStatus(null)), ...change });
}

beforeEach(() => {
  localStorage.clear();
  useViewStore.setState({ page: 'slot', slot: null, tabs: {}, shownRuns: {}, unsaved: false, leaving: null });
  void new PanelBridgeDouble({ 'scripts.list': () => success({ scripts: [], problems: [] }) });
});

describe('the window', () => {
  it('says what is wrong with the file where a fault leaves no crate', () => {
    const problems = [{ message: 'crates[0].slots: is missing', line: 3, column: 5 }];
    open({ crates: [], config: { path: '/home/ocs/crates.yaml', source: 'last-good', problems } });
    expect(screen.getByText(/^No crate is in force/)).toBeInTheDocument();
    expect(
      screen.getByText(/\/home\/ocs\/crates\.yaml\. Line 3: crates\[0\]\.slots: is missing\. Mend it/),
    ).toBeInTheDocument();
  });

  it('asks for crates where there are none and nothing is wrong', () => {
    open({ crates: [], config: { path: '/home/ocs/crates.yaml', source: 'file', problems: [] } });
    expect(screen.getByText('No crate is configured')).toBeInTheDocument();
  });

  it('says across the page that nothing is recorded, and why', () => {
    open({ recording: { state: 'unavailable', message: 'The database cannot be opened.', dropped: 0 } });
    expect(screen.getByRole('alert')).toHaveTextContent(
      'The database cannot be opened. Runs and their logs go on.',
    );
  });

  it('names the site where the configuration does, in the badge, the title and the about box', async () => {
    const file = { path: '/home/ocs/crates.yaml', source: 'file' as const, problems: [] };
    open({ site: 'SAT1', config: file });
    expect(screen.getByRole('button', { name: 'SAT1, site' })).toBeInTheDocument();
    expect(document.title).toBe('SAT1 – SMuRF Panel');
    await userEvent.click(screen.getByRole('button', { name: /^About version/ }));
    expect(await screen.findByText('SAT1')).toBeInTheDocument();
    const problems = [{ message: 'crates: is missing', line: 1, column: 1 }];
    const state = sampleState(sampleStatus(null));
    act(() => showState({ ...state, config: { ...file, source: 'last-good', problems }, site: 'SAT1' }));
    expect(screen.getByText(/^SAT1: crates\.yaml has a fault/)).toBeInTheDocument();
    act(() => showState({ ...state, config: file }));
    expect(screen.getByText('crates.yaml')).toBeInTheDocument();
    expect(document.title).toBe('SMuRF Panel');
  });

  it('says how much room the disk has, and by word where it is little or not known', () => {
    open({ disk: { state: 'measured', level: 'ample', free: 412e9, total: 1e12 } });
    expect(screen.getByText('disk 412 GB free')).toHaveAttribute('title', expect.stringContaining('1.0 TB'));
    const state = sampleState(sampleStatus(null));
    act(() => showState({ ...state, disk: { state: 'measured', level: 'low', free: 4.2e9, total: 1e12 } }));
    expect(screen.getByText('disk low, 4.2 GB free')).toBeInTheDocument();
    act(() =>
      showState({ ...state, disk: { state: 'measured', level: 'nearly-full', free: 4e8, total: 1e12 } }),
    );
    expect(screen.getByText('disk nearly full, 400 MB free')).toBeInTheDocument();
    act(() => showState({ ...state, disk: { state: 'unknown', message: 'It does not answer.' } }));
    expect(screen.getByText('free disk unknown')).toHaveAttribute('title', 'It does not answer.');
  });

  it('closes what the footer opened with Escape', async () => {
    const user = userEvent.setup();
    open({});
    await user.click(screen.getByRole('button', { name: '0 malformed' }));
    expect(await screen.findByText('Every datagram so far could be read as a message.')).toBeVisible();
    await user.keyboard('{Escape}');
    expect(screen.queryByText('Every datagram so far could be read as a message.')).toBeNull();
  });
});
