import { SegmentedControl } from '@mantine/core';
import type { ReactElement } from 'react';
import { timeColumnSchema, type TimeColumn } from './log-text';
import classes from './LogView.module.css';

const choices: { value: TimeColumn; label: string }[] = [
  { value: 'clock', label: 'UTC' },
  { value: 'elapsed', label: 'Elapsed' },
  { value: 'none', label: 'No time' },
];

interface TimeChoiceProps {
  readonly time: TimeColumn;
  readonly onTime: (time: TimeColumn) => void;
}

/** Chooses how the time of each line is shown. */
export function TimeChoice({ time, onTime }: TimeChoiceProps): ReactElement {
  return (
    <SegmentedControl
      className={classes.times ?? ''}
      aria-label="Time beside each line"
      size="xs"
      data={choices}
      value={time}
      onChange={(value) => onTime(timeColumnSchema.parse(value))}
    />
  );
}
