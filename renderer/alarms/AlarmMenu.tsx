import { Button, Popover } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { Bell } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import type { Alarm } from '../../shared/domain/alarm';
import { formatCount, formatUtcDateTime } from '../components/time-text';
import { UtcMoment } from '../components/UtcMoment';
import { openMetadata } from '../metadata/metadata-view-store';
import { usePanel } from '../stores/panel-store';
import { acknowledgeAlarms } from './alarm-actions';
import { AlarmGlyph } from './AlarmGlyph';
import { phaseText, ruleName, ruleText, shortValue } from './alarm-text';
import classes from './Alarms.module.css';

/** The alarms of the whole panel: how many, and on a click which. */
export function AlarmMenu(): ReactElement {
  const alarms = usePanel((state) => state.alarms);
  const [opened, setOpened] = useState(false);
  // Wherever the focus is: a click does not put it into what it opens.
  useHotkeys([['Escape', () => setOpened(false)]]);
  const heading = useId();
  const [worst] = alarms.shown;
  const text =
    alarms.total === 0
      ? 'No alarms'
      : `${formatCount(alarms.total)} ${alarms.total === 1 ? 'alarm' : 'alarms'}${alarms.unacknowledged === 0 ? ', acknowledged' : ''}`;
  return (
    <Popover position="bottom-end" width={440} opened={opened} onChange={setOpened}>
      <Popover.Target>
        <button
          type="button"
          className={classes.tally}
          data-severity={alarms.unacknowledged === 0 ? 'none' : (worst?.rule.severity ?? 'none')}
          onClick={() => setOpened(!opened)}
        >
          {worst === undefined ? (
            <Bell size={14} aria-hidden="true" />
          ) : (
            <AlarmGlyph severity={worst.rule.severity} phase={worst.phase} />
          )}
          {text}
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-labelledby={heading}>
        <div className={classes.popoverHead}>
          <h2 id={heading}>Alarms</h2>
          <Button
            size="compact-xs"
            disabled={alarms.unacknowledged === 0}
            onClick={() => acknowledgeAlarms('all')}
          >
            Acknowledge all
          </Button>
        </div>
        {alarms.total === 0 ? (
          <p className={classes.line}>
            No rule has raised one. Rules are made on a slot’s Metadata tab, under Alarms.
          </p>
        ) : (
          <ul className={classes.list}>
            {alarms.shown.map((alarm) => (
              <AlarmItem key={alarm.rule.id} alarm={alarm} onLeave={() => setOpened(false)} />
            ))}
          </ul>
        )}
        {alarms.total > alarms.shown.length ? (
          <p className={classes.line}>
            {formatCount(alarms.total - alarms.shown.length)} more are not listed.
          </p>
        ) : null}
      </Popover.Dropdown>
    </Popover>
  );
}

function AlarmItem({
  alarm,
  onLeave,
}: {
  readonly alarm: Alarm;
  readonly onLeave: () => void;
}): ReactElement {
  const { rule, phase } = alarm;
  const { slot } = rule.watched;
  const name = ruleName(rule);
  return (
    <li className={classes.alarm} data-severity={rule.severity} data-phase={phase}>
      <AlarmGlyph severity={rule.severity} phase={phase} />
      <div>
        <button
          type="button"
          className={classes.name}
          onClick={() => {
            openMetadata(slot, 'alarms');
            onLeave();
          }}
        >
          {name}
        </button>
        <p className={classes.line}>
          {slot}, {rule.severity}: {ruleText(rule)}; {phaseText(rule, alarm)}
        </p>
        <p className={classes.line}>
          <RaisedText alarm={alarm} />
        </p>
      </div>
      <div className={classes.actions}>
        {phase === 'acknowledged' ? null : (
          <Button
            size="compact-xs"
            aria-label={`Acknowledge ${name}`}
            onClick={() => acknowledgeAlarms([rule.id])}
          >
            Acknowledge
          </Button>
        )}
      </div>
    </li>
  );
}

function RaisedText({ alarm }: { readonly alarm: Alarm }): ReactElement {
  const { raisedAt, raisedBy, value, count, acknowledgedBy, acknowledgedAt } = alarm;
  return (
    <>
      <span title={`${formatUtcDateTime(raisedAt)} UTC`}>
        Raised <UtcMoment at={raisedAt} />
      </span>
      {raisedBy === null || alarm.rule.condition.kind === 'not-updated' ? '' : ` by ${raisedBy}`}
      {count > 1 ? `, ${formatCount(count)} times` : ''}; now{' '}
      <span title={value ?? undefined}>{value === null ? 'no value' : shortValue(value)}</span>
      {acknowledgedBy === null || acknowledgedAt === null ? null : (
        <>
          ; seen by {acknowledgedBy} <UtcMoment at={acknowledgedAt} />
        </>
      )}
    </>
  );
}
