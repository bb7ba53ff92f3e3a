import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { editAlarm, useAlarmEditor } from '../../../../renderer/alarms/alarm-editor-store';
import { newAlarmForm } from '../../../../renderer/alarms/alarm-form';
import { AlarmEditor } from '../../../../renderer/alarms/AlarmEditor';
import { AlarmMenu } from '../../../../renderer/alarms/AlarmMenu';
import { AlarmRules } from '../../../../renderer/alarms/AlarmRules';
import { SlotAlarms } from '../../../../renderer/alarms/SlotAlarms';
import { countBySlot, type Alarm, type AlarmRule } from '../../../../shared/domain/alarm';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleSlot, sampleState, sampleStatus, slotId } from '../support/samples';
import { renderView, showState } from '../support/screen';

const rule: AlarmRule = {
  id: 4,
  name: '',
  watched: { source: 'register', slot: slotId, path: 'AMCc.Temp' },
  condition: { kind: 'above', limit: 40 },
  delay: 0,
  severity: 'alarm',
  enabled: true,
};
const raised: Alarm = {
  rule,
  phase: 'active',
  raisedAt: Date.UTC(2026, 10, 23, 2, 13, 10),
  raisedBy: 'NaN',
  count: 3,
  clearedAt: null,
  acknowledgedAt: null,
  acknowledgedBy: null,
  value: '41',
};

function state(...alarms: Alarm[]) {
  const unacknowledged = alarms.filter(({ phase }) => phase !== 'acknowledged').length;
  return {
    ...sampleState(sampleStatus(null)),
    alarms: { shown: alarms, total: alarms.length, unacknowledged, slots: countBySlot(alarms) },
  };
}

describe('alarms', () => {
  it('are counted in the top bar and listed with what raised them', async () => {
    const user = userEvent.setup();
    const bridge = new PanelBridgeDouble({ 'alarms.acknowledge': () => success({ acknowledged: 1 }) });
    renderView(<AlarmMenu />, state());
    expect(screen.getByRole('button', { name: 'No alarms' })).toBeInTheDocument();
    act(() => showState(state(raised)));
    await user.click(screen.getByRole('button', { name: '1 alarm' }));
    const item = await screen.findByRole('listitem');
    expect(item).toHaveTextContent('crate1slot3, alarm: above 40; active');
    expect(item).toHaveTextContent('Raised 2026-11-23 02:13:10 by NaN, 3 times; now 41');
    await user.click(within(item).getByRole('button', { name: 'Acknowledge AMCc.Temp' }));
    await user.click(screen.getByRole('button', { name: 'Acknowledge all' }));
    expect(bridge.asked('alarms.acknowledge')).toEqual([{ rules: [4] }, { rules: 'all' }]);
    const seen = {
      ...raised,
      phase: 'acknowledged' as const,
      acknowledgedBy: 'ocs',
      acknowledgedAt: raised.raisedAt,
    };
    act(() => showState(state(seen)));
    expect(screen.getByRole('button', { name: '1 alarm, acknowledged' })).toBeInTheDocument();
    expect(screen.getByRole('listitem')).toHaveTextContent('seen by ocs 2026-11-23 02:13:10');
    expect(screen.getByRole('button', { name: 'Acknowledge all' })).toBeDisabled();
  });

  it('of silence are not said to be raised by the value that came last', async () => {
    const user = userEvent.setup();
    const condition = { kind: 'not-updated' as const, seconds: 30 };
    renderView(<AlarmMenu />, state({ ...raised, rule: { ...rule, condition } }));
    await user.click(screen.getByRole('button', { name: '1 alarm' }));
    const item = await screen.findByRole('listitem');
    expect(item).toHaveTextContent('not updated for 30 s; active');
    expect(item).toHaveTextContent('Raised 2026-11-23 02:13:10, 3 times; now 41');
  });

  it('mark their slot in words', () => {
    const warning: Alarm = { ...raised, rule: { ...rule, id: 5, severity: 'warning' } };
    renderView(
      <SlotAlarms slot={slotId} />,
      state(raised, warning, { ...warning, rule: { ...warning.rule, id: 6 } }),
    );
    expect(screen.getByText('1 alarm, 2 warnings')).toBeInTheDocument();
    // So many others that the slot's own are not listed.
    act(() => showState({ ...state(raised), alarms: { ...state(raised).alarms, shown: [] } }));
    expect(screen.getByText('1 alarm')).toBeInTheDocument();
    act(() => showState(state()));
    expect(screen.queryByText(/alarm/)).toBeNull();
  });

  it('are written in the editor, which names bad limits at their field and says why main refused', async () => {
    const user = userEvent.setup();
    let refusal: string | null = 'The disk is full.';
    const bridge = new PanelBridgeDouble({
      'alarms.rules': () =>
        success({ rules: [{ rule, alarm: raised, value: '41', receivedAt: raised.raisedAt }] }),
      'alarms.save': () => (refusal === null ? success({ id: 4 }) : failure('store-failed', refusal)),
      'alarms.remove': () => success({}),
    });
    renderView(
      <>
        <AlarmRules slot={sampleSlot} />
        <AlarmEditor />
      </>,
      state(raised),
    );
    const table = await screen.findByRole('table', { name: 'Alarm rules' });
    expect(table).toHaveTextContent('above 40');
    expect(table).toHaveTextContent('active');
    await user.click(screen.getByRole('button', { name: 'Change the alarm on AMCc.Temp' }));
    const dialog = await screen.findByRole('dialog', { name: 'Change alarm' });
    const limit = within(dialog).getByRole('textbox', { name: 'Limit' });
    await user.clear(limit);
    await user.type(limit, 'warm{Enter}');
    expect(limit).toBeInvalid();
    expect(limit).toHaveAccessibleDescription('Enter a number');
    expect(bridge.asked('alarms.save')).toEqual([]);
    expect(dialog).toHaveTextContent('NaN, and whatever is not a number, is outside every limit');
    await user.clear(limit);
    await user.type(limit, '45{Enter}');
    expect(await within(dialog).findByRole('alert')).toHaveTextContent('The disk is full.');
    refusal = null;
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bridge.asked('alarms.save').at(-1)).toMatchObject({
      id: 4,
      rule: { condition: { kind: 'above', limit: 45 }, watched: rule.watched },
    });
    await user.click(screen.getByRole('button', { name: 'Remove the alarm on AMCc.Temp' }));
    await user.click(await screen.findByRole('button', { name: 'Remove' }));
    expect(bridge.asked('alarms.remove')).toEqual([{ id: 4 }]);
  });

  it('are saved once however often Save is pressed, and the reply closes no other rule’s editor', async () => {
    const user = userEvent.setup();
    const bridge = new PanelBridgeDouble({ 'alarms.save': () => success({ id: 9 }) });
    const { changes } = useAlarmEditor.getState();
    renderView(<AlarmEditor />, state());
    const edit = (path: string): void => {
      const watched = { source: 'register', slot: slotId, path } as const;
      act(() => editAlarm(null, newAlarmForm(slotId, watched)));
    };
    edit('AMCc.Temp');
    bridge.hold('alarms.save');
    await user.type(await screen.findByRole('textbox', { name: 'Limit' }), '45{Enter}{Enter}');
    fireEvent.submit(screen.getByRole('textbox', { name: 'Limit' }).closest('form')!);
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await user.keyboard('{Escape}');
    edit('AMCc.Other');
    expect(await screen.findByText('AMCc.Other')).toBeInTheDocument();
    bridge.release('alarms.save');
    await waitFor(() => expect(useAlarmEditor.getState().changes).toBe(changes + 1));
    expect(bridge.asked('alarms.save')).toHaveLength(1);
    expect(screen.getByText('AMCc.Other')).toBeInTheDocument();
  });
});
