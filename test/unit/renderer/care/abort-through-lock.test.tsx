import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { GroupAbort } from '../../../../renderer/queue/GroupAbort';
import { QuitDialog } from '../../../../renderer/shell/QuitDialog';
import { SlotBanners } from '../../../../renderer/slot/SlotBanners';
import { StageLine } from '../../../../renderer/slot/StageLine';
import { useNoticeStore } from '../../../../renderer/stores/notice-store';
import { summariseGroup } from '../../../../shared/domain/queue';
import type { Run } from '../../../../shared/domain/run';
import type { PanelState } from '../../../../shared/ipc/state';
import { groupId, makeEntry, makeGroup } from '../../../fixtures/queue';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleSlot, sampleState, sampleStatus, slotId, start } from '../support/samples';
import { renderView } from '../support/screen';

const answering = (): PanelBridgeDouble =>
  new PanelBridgeDouble({
    'controls.unlock': () => success({}),
    'run.abort': () => success({}),
    'group.abort': () => success({}),
    'panel.quit': () => success({}),
  });

beforeEach(() => useNoticeStore.setState({ notices: [] }));

describe('locked, one click unlocks first and then', () => {
  const stopping = sampleRun({
    phase: 'stopping',
    abort: { stage: 'terminate', sentAt: start, until: start },
  });
  const shut = (run: Run, parts: Partial<PanelState> = {}): PanelState => ({
    ...sampleState(sampleStatus(run)),
    lock: { since: start, by: 'ocs', reason: 'operator' },
    ...parts,
  });
  const through = async (
    bridge: PanelBridgeDouble,
    button: string,
    name: 'run.abort' | 'group.abort' | 'panel.quit',
  ): Promise<unknown> => {
    await userEvent.setup().click(await screen.findByRole('button', { name: button }));
    await waitFor(() => expect(bridge.requests.map((each) => each.name)).toEqual(['controls.unlock', name]));
    return bridge.requests[1]?.request;
  };
  const showGroup = (run: Run): void => {
    const members = [makeEntry(1, { slot: slotId, group: groupId(1), state: 'running', run: run.id })];
    renderView(<GroupAbort summary={summariseGroup(makeGroup(1), members)} members={members} />, shut(run));
  };

  it('an abort goes ahead to its next stage', async () => {
    const bridge = answering();
    renderView(<StageLine slot={sampleSlot} run={stopping} bar={null} />, shut(stopping));
    expect(await through(bridge, 'Unlock and send SIGKILL', 'run.abort')).toEqual({
      run: stopping.id,
      stage: 'kill',
    });
  });

  it('what outlived a run is ended', async () => {
    const bridge = answering();
    const run = sampleRun({ phase: 'done', survivors: [{ pid: 41, name: 'python3' }] });
    renderView(<SlotBanners shown={run} />, shut(run));
    expect(await through(bridge, 'Unlock and end 1 process', 'run.abort')).toEqual({
      run: run.id,
      stage: 'terminate',
    });
  });

  it('a group is aborted', async () => {
    const bridge = answering();
    showGroup(sampleRun());
    await userEvent.setup().click(screen.getByRole('button', { name: 'Abort group' }));
    const dialog = await screen.findByRole('dialog', { name: 'Abort group' });
    expect(dialog).toHaveTextContent('The controls are locked. This unlocks them and aborts.');
    expect(await through(bridge, 'Unlock and abort', 'group.abort')).toEqual({
      group: groupId(1),
      stage: 'interrupt',
    });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('the abort of a group goes ahead to its next stage', async () => {
    const bridge = answering();
    showGroup(stopping);
    expect(await through(bridge, 'Unlock and send SIGKILL', 'group.abort')).toEqual({
      group: groupId(1),
      stage: 'kill',
    });
  });

  it('all runs are aborted to quit', async () => {
    const bridge = answering();
    const run = sampleRun();
    renderView(<QuitDialog />, shut(run, { quitRequested: { runs: [run.id], isAborting: false } }));
    expect(await through(bridge, 'Unlock, abort all and quit', 'panel.quit')).toEqual({ choice: 'abort' });
  });

  it('nothing is done where unlocking is refused, and that is said', async () => {
    const bridge = new PanelBridgeDouble({ 'controls.unlock': () => failure('failed', 'Not unlocked.') });
    renderView(<StageLine slot={sampleSlot} run={stopping} bar={null} />, shut(stopping));
    await userEvent.setup().click(screen.getByRole('button', { name: 'Unlock and send SIGKILL' }));
    await waitFor(() => expect(useNoticeStore.getState().notices.at(-1)?.message).toBe('Not unlocked.'));
    expect(bridge.asked('run.abort')).toEqual([]);
  });
});
