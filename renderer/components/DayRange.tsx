import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { dayFault, type DayRangeDraft } from './day-range';
import classes from './DayRange.module.css';

interface DayRangeProps {
  readonly draft: DayRangeDraft;
  readonly onChange: (change: Partial<DayRangeDraft>) => void;
}

/** The first and the last day that a list is narrowed down to. */
export function DayRange({ draft: { fromDay, toDay }, onChange }: DayRangeProps): ReactElement {
  return (
    <>
      <TextInput
        className={classes.day ?? ''}
        label="From (UTC)"
        placeholder="2026-11-23"
        value={fromDay}
        maxLength={10}
        error={dayFault(fromDay)}
        onChange={(event) => onChange({ fromDay: event.currentTarget.value })}
      />
      <TextInput
        className={classes.day ?? ''}
        label="To (UTC)"
        placeholder="2026-11-23"
        value={toDay}
        maxLength={10}
        error={dayFault(toDay, fromDay)}
        onChange={(event) => onChange({ toDay: event.currentTarget.value })}
      />
    </>
  );
}
