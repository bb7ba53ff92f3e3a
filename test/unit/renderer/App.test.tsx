import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { App } from '../../../renderer/App';
import { useViewStore } from '../../../renderer/stores/view-store';
import type { PanelState } from '../../../shared/ipc/state';
import { PanelBridgeDouble, success } from './support/panel-bridge';
import { sampleState, sampleStatus } from './support/samples';
import { renderView } from './support/screen';

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

  it('closes what the footer opened with Escape', async () => {
    const user = userEvent.setup();
    open({});
    await user.click(screen.getByRole('button', { name: '0 malformed' }));
    expect(await screen.findByText('Every datagram so far could be read as a message.')).toBeVisible();
    await user.keyboard('{Escape}');
    expect(screen.queryByText('Every datagram so far could be read as a message.')).toBeNull();
  });
});
