import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { QuitDialog } from '../../../../renderer/shell/QuitDialog';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

function show(isAborting: boolean): PanelBridgeDouble {
  const bridge = new PanelBridgeDouble({ 'panel.quit': () => success({}) });
  const run = sampleRun(isAborting ? { phase: 'stopping' } : {});
  renderView(<QuitDialog />, {
    ...sampleState(sampleStatus(run)),
    quitRequested: { runs: [run.id], isAborting },
  });
  return bridge;
}

describe('quitting over active runs', () => {
  it.each([
    [false, 'Cancel', 'cancel'],
    [false, 'Abort all and quit', 'abort'],
    [false, 'Leave them running and quit', 'leave-running'],
    [true, 'Stay open', 'cancel'],
    [true, 'Quit now, leaving what still runs', 'leave-running'],
  ] as const)('while aborting is %s: "%s" says %s', async (isAborting, name, choice) => {
    const bridge = show(isAborting);
    await userEvent.setup().click(screen.getByRole('button', { name }));
    expect(bridge.asked('panel.quit')).toEqual([{ choice }]);
  });

  it('shows how far aborting is, and does not offer it again', () => {
    show(true);
    expect(screen.getByRole('dialog', { name: 'Aborting all runs' })).toHaveTextContent('stopping');
    expect(screen.queryByRole('button', { name: 'Abort all and quit' })).toBeNull();
  });
});
