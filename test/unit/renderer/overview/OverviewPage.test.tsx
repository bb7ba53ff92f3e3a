import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { useUnlockStore } from '../../../../renderer/care/lock-store';
import { UnlockDialog } from '../../../../renderer/care/UnlockDialog';
import { OverviewPage } from '../../../../renderer/overview/OverviewPage';
import { useFullScreen } from '../../../../renderer/overview/full-screen-store';
import { useViewStore } from '../../../../renderer/stores/view-store';
import { countBySlot, type Alarm } from '../../../../shared/domain/alarm';
import type { SlotId } from '../../../../shared/domain/ids';
import type { PanelState } from '../../../../shared/ipc/state';
import { makeRun, makeSlotConfig, makeSlotStatus } from '../../../fixtures/panel-state';
import { slotNumber } from '../../../fixtures/queue';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView, showState } from '../support/screen';

function threeSlots(): PanelState {
  const [two, three, four] = [2, 3, 4].map(slotNumber);
  const failed = makeRun({ slot: three!, phase: 'done', outcome: { kind: 'exited', code: 1 } });
  return {
    ...sampleState(sampleStatus(null)),
    crates: [{ name: 'crate1', slots: [two!, three!, four!].map((id) => makeSlotConfig(id)) }],
    slots: {
      [two!]: makeSlotStatus({ slot: two!, run: makeRun({ slot: two! }), lost: 12 }),
      [three!]: makeSlotStatus({ slot: three!, run: failed }),
      [four!]: makeSlotStatus({ slot: four! }),
    },
  };
}

function sampleAlarm(slot: SlotId, id: number, severity: Alarm['rule']['severity'] = 'alarm'): Alarm {
  return {
    phase: 'active',
    raisedAt: 0,
    raisedBy: '4.2',
    count: 1,
    clearedAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    value: '4.2',
    rule: {
      id,
      name: '',
      watched: { slot, source: 'register', path: 'temperature' },
      condition: { kind: 'above', limit: 4 },
      delay: 0,
      severity,
      enabled: true,
    },
  };
}

const whole = (slot: string): HTMLElement => screen.getByTitle(slot);
// Its name is the slot's, put together from two elements; happy-dom lays nothing out and so puts a space between.
const tile = (slot: string): HTMLElement => within(whole(slot)).getByRole('button', { hidden: true });

beforeEach(() => {
  useViewStore.setState({ page: 'overview' });
  useFullScreen.setState({ isFull: false });
  void new PanelBridgeDouble({ 'history.usual': () => success({ usual: null }) });
});

describe('the overview page', () => {
  it('says of every slot its state, script and losses, in words', () => {
    const alarms = [
      sampleAlarm(slotNumber(4), 1),
      sampleAlarm(slotNumber(4), 2),
      sampleAlarm(slotNumber(3), 3, 'warning'),
    ];
    // The list of alarms is cut short, the counts are not.
    const counted = { shown: [], total: 3, unacknowledged: 3, slots: countBySlot(alarms) };
    renderView(<OverviewPage />, { ...threeSlots(), alarms: counted });
    expect(whole('crate1slot2')).toHaveTextContent(/slot2.*running.*take_iv.*12 lost/);
    expect(whole('crate1slot3')).toHaveTextContent(/slot3.*failed.*take_iv.*1 warning/);
    expect(whole('crate1slot3')).not.toHaveTextContent(/alarm/);
    expect(whole('crate1slot4')).toHaveTextContent(/slot4.*idle.*2 alarms/);
  });

  it('counts by state, and shows only those that are asked for, each in its place', async () => {
    const user = userEvent.setup();
    renderView(<OverviewPage />, threeSlots());
    const filters = within(screen.getByRole('group', { name: 'Show only' }));
    await user.click(filters.getByRole('button', { name: /^failed 1$/ }));
    expect(tile('crate1slot3')).toBeEnabled();
    expect(tile('crate1slot2')).toBeDisabled();
    await user.click(filters.getByRole('button', { name: /^failed 1$/ }));
    expect(tile('crate1slot2')).toBeEnabled();
  });

  it('opens the slot that is pressed', async () => {
    const user = userEvent.setup();
    renderView(<OverviewPage />, threeSlots());
    await user.click(tile('crate1slot4'));
    expect(useViewStore.getState()).toMatchObject({ page: 'slot', slot: 'crate1slot4' });
  });

  it('fills the screen by F11 and gives it back by Escape', async () => {
    const user = userEvent.setup();
    const bridge = new PanelBridgeDouble({
      'panel.setFullScreen': () => success({}),
      'history.usual': () => success({ usual: null }),
    });
    renderView(<OverviewPage />, threeSlots());
    await user.keyboard('{F11}');
    expect(screen.getByRole('button', { name: 'Leave full screen' })).toBeInTheDocument();
    await user.keyboard('{Escape}');
    expect(screen.getByRole('button', { name: 'Full screen' })).toBeInTheDocument();
    expect(bridge.asked('panel.setFullScreen')).toEqual([{ on: true }, { on: false }]);
  });

  it('keeps the screen filled where Escape closes a dialog', async () => {
    const user = userEvent.setup();
    const lock = { by: 'ocs', since: 0, reason: 'operator' } as const;
    useUnlockStore.setState({ asked: true });
    useFullScreen.setState({ isFull: true });
    const view = (
      <>
        <UnlockDialog />
        <OverviewPage />
      </>
    );
    renderView(view, { ...threeSlots(), lock });
    await waitFor(() => expect(screen.getByRole('button', { name: 'Cancel' })).toHaveFocus());
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(useFullScreen.getState().isFull).toBe(true);
  });

  it('keeps the keyboard’s place on a tile that the filter leaves out meanwhile, until it is left', async () => {
    const user = userEvent.setup();
    renderView(<OverviewPage />, threeSlots());
    await user.click(screen.getByRole('button', { name: /^failed 1$/ }));
    act(() => tile('crate1slot3').focus());
    const { slots } = threeSlots();
    const three = slotNumber(3);
    act(() => showState({ ...threeSlots(), slots: { ...slots, [three]: makeSlotStatus({ slot: three }) } }));
    expect(screen.getByRole('button', { name: /^failed 0$/ })).toBeInTheDocument();
    expect(tile('crate1slot3')).toHaveFocus();
    expect(tile('crate1slot3')).toBeEnabled();
    expect(tile('crate1slot3')).toHaveAttribute('aria-disabled', 'true');
    await user.keyboard('{Enter}');
    expect(useViewStore.getState().page).toBe('overview');
    act(() => screen.getByRole('button', { name: /^failed 0$/ }).focus());
    expect(tile('crate1slot3')).toBeDisabled();
  });
});
