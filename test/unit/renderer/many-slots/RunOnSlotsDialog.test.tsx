import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { RunOnSlotsDialog } from '../../../../renderer/many-slots/RunOnSlotsDialog';
import { useViewStore } from '../../../../renderer/stores/view-store';
import type { MemberObstacle } from '../../../../shared/ipc/calls/group-calls';
import { makeSlotConfig } from '../../../fixtures/panel-state';
import { groupId, slotNumber } from '../../../fixtures/queue';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

function open(
  obstacle: MemberObstacle | null = null,
  refusal: string | null = null,
): { bridge: PanelBridgeDouble; onClose: ReturnType<typeof vi.fn<() => void>> } {
  const bridge = new PanelBridgeDouble({
    'group.check': ({ slots }) =>
      success({
        members: slots.map((slot) => ({
          slot: slotNumber(Number(slot.slice(-1))),
          script: '/s/take_iv.py',
          obstacle: slot === 'crate1slot3' ? obstacle : null,
        })),
      }),
    'group.start': () =>
      refusal === null ? success({ group: groupId(1) }) : failure('group-refused', refusal),
  });
  const onClose = vi.fn<() => void>();
  const slots = [2, 3, 4].map((number) => ({ ...makeSlotConfig(`crate1slot${number}`), number }));
  renderView(
    <RunOnSlotsDialog
      start={{
        slot: slotNumber(2),
        wish: { script: 'take_iv.py', args: '--slot {slot}', log: true, task: null },
      }}
      onClose={onClose}
    />,
    { ...sampleState(sampleStatus(null)), crates: [{ name: 'crate1', slots }] },
  );
  return { bridge, onClose };
}

const box = (name: string): HTMLElement => screen.getByRole('checkbox', { name });
const commands = (): HTMLElement => screen.getByRole('list', { name: 'Command lines' });

describe('run on slots', () => {
  it('begins with the slot’s form, and shows the command line of every slot that is chosen', async () => {
    const user = userEvent.setup();
    const { bridge, onClose } = open();
    expect(box('crate1slot2')).toBeChecked();
    await user.click(box('crate1'));
    expect(within(commands()).getAllByRole('listitem')).toHaveLength(3);
    await waitFor(() => expect(commands()).toHaveTextContent('python3 -u /s/take_iv.py --slot 4'));
    await user.click(screen.getByRole('radio', { name: 'One after another' }));
    expect(commands()).toHaveTextContent('3.crate1slot4');
    await user.click(box('crate1slot3'));
    await user.click(screen.getByRole('button', { name: 'Start on 2 slots' }));
    await waitFor(() => expect(onClose).toHaveBeenCalled());
    expect(bridge.asked('group.start')).toEqual([
      {
        slots: ['crate1slot2', 'crate1slot4'],
        script: 'take_iv.py',
        args: ['--slot', '{slot}'],
        log: true,
        task: null,
        mode: 'sequential',
        settle: 0,
        onFailure: 'stop',
        whenBusy: 'refuse',
        isImmediate: true,
      },
    ]);
    expect(useViewStore.getState().page).toBe('queue');
  });

  it('names busy slots, and starts only once the operator waits for them', async () => {
    const user = userEvent.setup();
    const { bridge } = open({ kind: 'busy', message: 'crate1slot3 is busy: take_noise.py runs there.' });
    await user.click(screen.getByRole('button', { name: 'All' }));
    expect(await screen.findByText('crate1slot3 is busy: take_noise.py runs there.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Start on 3 slots' })).toBeDisabled();
    await user.click(box('Wait for 1 busy slot'));
    await user.click(screen.getByRole('button', { name: 'Start on 3 slots' }));
    await waitFor(() => expect(bridge.asked('group.start')[0]).toMatchObject({ whenBusy: 'wait' }));
  });

  it('does not start where a script is missing, and says where', async () => {
    const user = userEvent.setup();
    open({ kind: 'fault', message: 'crate1slot3: /s/take_iv.py cannot be read.' });
    await user.click(screen.getByRole('button', { name: 'All' }));
    expect(await screen.findByText('It cannot run on 1 slot: see above.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Start on 3 slots' })).toBeDisabled();
    expect(screen.getByRole('button', { name: 'Add to queue' })).toBeDisabled();
    await user.click(screen.getByRole('button', { name: 'None' }));
    expect(screen.getByRole('button', { name: 'Start on 0 slots' })).toBeDisabled();
  });

  it('shows a refusal and keeps what was chosen', async () => {
    const user = userEvent.setup();
    const { onClose } = open(null, 'Nothing was started. No crate has the slot crate1slot2.');
    await user.click(screen.getByRole('button', { name: 'Start on 1 slot' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Nothing was started.');
    expect(box('crate1slot2')).toBeChecked();
    expect(onClose).not.toHaveBeenCalled();
  });
});
