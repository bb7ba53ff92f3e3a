import { ActionIcon, Button, Modal } from '@mantine/core';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { Fragment, useEffect, useState, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { SlotId } from '../../shared/domain/ids';
import { watchedPathText } from '../../shared/domain/watched-value';
import { errorText } from '../../shared/error-text';
import type { CallResponse } from '../../shared/ipc/contract';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { usePanelStore } from '../stores/panel-store';
import { acknowledgeAlarms, removeRule } from './alarm-actions';
import { editAlarm, useAlarmEditor } from './alarm-editor-store';
import { alarmFormOf, newAlarmForm } from './alarm-form';
import { AlarmGlyph } from './AlarmGlyph';
import { phaseText, ruleName, ruleText, shortValue } from './alarm-text';
import classes from './Alarms.module.css';

type RuleView = CallResponse<'alarms.rules'>['rules'][number];

/** The rules of a slot: what each watches, how it stands, and what can be done with it. */
export function AlarmRules({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const { rules, fault } = useRules(slot.id);
  const [removing, setRemoving] = useState<RuleView | null>(null);
  return (
    <>
      <div className={classes.tools}>
        <span className={classes.line}>
          Raised alarms stay until they are over and somebody has acknowledged them.
        </span>
        <span className={classes.space} />
        <Button
          size="compact-xs"
          leftSection={<Plus size={12} aria-hidden="true" />}
          onClick={() => editAlarm(null, newAlarmForm(slot.id, null))}
        >
          Add alarm…
        </Button>
      </div>
      {fault === null ? null : (
        <Banner tone="error" live="alert">
          The rules could not be read, so what is shown may be old. {fault}
        </Banner>
      )}
      <div className={classes.rules}>
        {rules?.length === 0 ? (
          <EmptyState title="No alarms on this slot">
            Add one here, or on a register or a chart: it is raised when the value leaves its limits, equals
            something, or stops being updated.
          </EmptyState>
        ) : null}
        {rules === null || rules.length === 0 ? null : (
          <table className={classes.table} aria-label="Alarm rules">
            <thead>
              <tr>
                <th scope="col">State</th>
                <th scope="col">Value</th>
                <th scope="col">Raised when</th>
                <th scope="col">Now</th>
                <th scope="col">Actions</th>
              </tr>
            </thead>
            <tbody>
              {rules.map((view) => (
                <RuleRow key={view.rule.id} view={view} onRemove={() => setRemoving(view)} />
              ))}
            </tbody>
          </table>
        )}
      </div>
      <RemoveDialog view={removing} onClose={() => setRemoving(null)} />
    </>
  );
}

function RuleRow({
  view,
  onRemove,
}: {
  readonly view: RuleView;
  readonly onRemove: () => void;
}): ReactElement {
  const { rule, alarm, value } = view;
  const name = ruleName(rule);
  const path = watchedPathText(rule.watched);
  const tone = alarm === null || !rule.enabled ? 'quiet' : rule.severity;
  return (
    <tr>
      <td>
        <span className={classes.state} data-tone={tone}>
          <AlarmGlyph severity={rule.severity} phase={alarm?.phase ?? null} enabled={rule.enabled} />
          {phaseText(rule, alarm)}
        </span>
      </td>
      <td>
        {rule.name === '' ? null : <div>{rule.name}</div>}
        <code>{dotBreaks(path)}</code>
      </td>
      <td>
        {ruleText(rule)} <span className={classes.line}>({rule.severity})</span>
      </td>
      <td>
        <code title={value ?? undefined}>{value === null ? 'no value' : shortValue(value)}</code>
      </td>
      <td>
        <div className={classes.actions}>
          {alarm === null || alarm.phase === 'acknowledged' ? null : (
            <Button
              size="compact-xs"
              aria-label={`Acknowledge ${name}`}
              onClick={() => acknowledgeAlarms([rule.id])}
            >
              Acknowledge
            </Button>
          )}
          <ActionIcon
            size={22}
            aria-label={`Change the alarm on ${name}`}
            onClick={() => editAlarm(rule.id, alarmFormOf(rule))}
          >
            <Pencil size={13} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon size={22} aria-label={`Remove the alarm on ${name}`} onClick={onRemove}>
            <Trash2 size={13} aria-hidden="true" />
          </ActionIcon>
        </div>
      </td>
    </tr>
  );
}

/** A path that breaks over lines only after its dots. */
function dotBreaks(path: string): ReactElement[] {
  let column = 0;
  return path.split(/(?<=\.)/).map((part) => {
    const key = column;
    column += part.length;
    return (
      <Fragment key={key}>
        {key === 0 ? null : <wbr />}
        {part}
      </Fragment>
    );
  });
}

function RemoveDialog({
  view,
  onClose,
}: {
  readonly view: RuleView | null;
  readonly onClose: () => void;
}): ReactElement {
  return (
    <Modal
      opened={view !== null}
      onClose={onClose}
      title="Remove alarm"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p>
        Remove the alarm on <strong>{view === null ? '' : ruleName(view.rule)}</strong>? Nothing watches the
        value then.
      </p>
      <div className={classes.buttons}>
        <Button data-autofocus onClick={onClose}>
          Cancel
        </Button>
        <Button
          onClick={() => {
            if (view !== null) removeRule(view.rule.id);
            onClose();
          }}
        >
          Remove
        </Button>
      </div>
    </Modal>
  );
}

/** How often the values beside the rules are read, milliseconds. */
const readEvery = 1000;

/** The rules of a slot, read anew every second while they are shown, and whenever an alarm or a rule has changed. */
function useRules(slot: SlotId): { rules: readonly RuleView[] | null; fault: string | null } {
  const [read, setRead] = useState<{ rules: readonly RuleView[] | null; fault: string | null }>({
    rules: null,
    fault: null,
  });
  useEffect(() => {
    let isCurrent = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const fail = (fault: string): void => setRead((before) => ({ ...before, fault }));
    const readOnce = async (): Promise<void> => {
      if (document.hidden) return;
      const reply = await call('alarms.rules', { slot });
      if (!isCurrent) return;
      if (reply.ok) setRead({ rules: reply.value.rules, fault: null });
      else fail(reply.error.message);
    };
    const goOn = (): void => {
      clearTimeout(timer);
      readOnce()
        .catch((error: unknown) => (isCurrent ? fail(errorText(error)) : undefined))
        .finally(() => {
          if (!isCurrent) return;
          clearTimeout(timer);
          timer = setTimeout(goOn, readEvery);
        });
    };
    goOn();
    const stops = [
      useAlarmEditor.subscribe((store, before) => {
        if (store.changes !== before.changes) goOn();
      }),
      usePanelStore.subscribe((store, before) => {
        if (store.state?.alarms !== before.state?.alarms) goOn();
      }),
    ];
    return () => {
      isCurrent = false;
      for (const stop of stops) stop();
      clearTimeout(timer);
    };
  }, [slot]);
  return read;
}
