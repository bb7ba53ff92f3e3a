import type { ReactElement } from 'react';
import { noSlotAlarms } from '../../shared/domain/alarm';
import type { SlotId } from '../../shared/domain/ids';
import { usePanel } from '../stores/panel-store';
import { alarmCounts } from './alarm-text';
import classes from './Alarms.module.css';

/** The alarms of one slot in words, as the rail and the overview mark it; nothing where there is none. */
export function SlotAlarms({ slot }: { readonly slot: SlotId }): ReactElement | null {
  const text = usePanel(({ alarms }) => alarmCounts((alarms.slots[slot] ?? noSlotAlarms).all));
  if (text === '') return null;
  const severity = text.includes('alarm') ? 'alarm' : 'warning';
  return (
    <span className={classes.rail} data-severity={severity}>
      {text}
    </span>
  );
}
