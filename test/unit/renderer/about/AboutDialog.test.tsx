import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { AboutDialog } from '../../../../renderer/about/AboutDialog';
import { closeAbout, openAbout } from '../../../../renderer/about/about-store';
import type { UpdateState } from '../../../../shared/domain/update';
import type { PanelState } from '../../../../shared/ipc/state';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

function state(update: UpdateState, parts: Partial<PanelState> = {}): PanelState {
  return { ...sampleState(sampleStatus(null)), update, ...parts };
}

beforeEach(() => {
  closeAbout();
  openAbout();
});

describe('About', () => {
  it('says what the panel is and what it carries', () => {
    const facts = { ...state({ state: 'idle' }).facts, electronSource: 'fallback' as const };
    renderView(<AboutDialog />, state({ state: 'idle' }, { facts }));
    const dialog = within(screen.getByRole('dialog', { name: 'About SMuRF Panel' }));
    expect(dialog.getByText('0.1.0')).toBeInTheDocument();
    expect(dialog.getByText('45.4.1, a stand-in runtime, not for release')).toBeInTheDocument();
    expect(dialog.getByText('/home/ocs/panel')).toBeInTheDocument();
  });

  it('says why there are no updates and offers nothing', () => {
    renderView(<AboutDialog />, state({ state: 'off', message: 'No feed is configured.' }));
    expect(screen.getByRole('status', { name: 'Update state' })).toHaveTextContent('No feed is configured.');
    expect(within(screen.getByRole('region', { name: 'Updates' })).queryByRole('button')).toBeNull();
  });

  it.each([
    [{ state: 'idle' }, 'Check for updates', 'update.check'],
    [{ state: 'failed', message: 'x' }, 'Check for updates', 'update.check'],
    [{ state: 'available', version: '2.0.0', notes: '' }, 'Fetch version 2.0.0', 'update.download'],
    [{ state: 'ready', version: '2.0.0', asksPassword: false }, 'Install and restart', 'update.install'],
  ] as const)('in state %o offers “%s”', async (update, name, call) => {
    const bridge = new PanelBridgeDouble({ [call]: () => success({}) });
    renderView(<AboutDialog />, state(update));
    await userEvent.click(screen.getByRole('button', { name }));
    expect(bridge.asked(call)).toEqual([{}]);
  });

  it.each([true, false])('says before what happens while the password is asked for: %s', (asksPassword) => {
    renderView(<AboutDialog />, state({ state: 'ready', version: '2.0.0', asksPassword }));
    expect(screen.queryAllByText(/the panel stands still, and messages/)).toHaveLength(asksPassword ? 1 : 0);
  });

  it('installs nothing while a run is active', () => {
    const running = sampleState(sampleStatus(sampleRun()));
    renderView(<AboutDialog />, {
      ...running,
      update: { state: 'ready', version: '2.0.0', asksPassword: false },
    });
    expect(screen.getByRole('button', { name: 'Install and restart' })).toBeDisabled();
    expect(screen.getByText('Not while a run is active.')).toBeInTheDocument();
  });

  it('shows a refusal', async () => {
    const bridge = new PanelBridgeDouble({ 'update.check': () => failure('updates-busy', 'Already at it.') });
    renderView(<AboutDialog />, state({ state: 'idle' }));
    await userEvent.click(screen.getByRole('button', { name: 'Check for updates' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Already at it.');
    expect(bridge.requests).toHaveLength(1);
  });
});
