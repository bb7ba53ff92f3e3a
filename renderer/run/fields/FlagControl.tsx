import { Checkbox, NumberInput, Select, Switch } from '@mantine/core';
import type { ReactElement } from 'react';
import classes from './ArgumentField.module.css';
import { defaultOn, type ControlProps } from './field-props';

/** A switch that is given or not. */
export function SwitchControl({
  id,
  argument,
  fieldKey,
  entry,
  fault,
  describedBy,
  onEntry,
}: ControlProps): ReactElement {
  return (
    <Checkbox
      id={id}
      size="xs"
      checked={entry?.kind === 'switch' && entry.given}
      error={fault !== null}
      aria-label={argument.name}
      aria-invalid={fault !== null}
      aria-describedby={describedBy}
      onChange={(event) =>
        onEntry(fieldKey, event.currentTarget.checked ? { kind: 'switch', given: true } : null)
      }
    />
  );
}

/** `--flag` or `--no-flag`: a switch where the default is one of them, else a choice that can be left open. */
export function OnOffControl({
  id,
  argument,
  fieldKey,
  entry,
  fault,
  describedBy,
  help,
  onEntry,
}: ControlProps): ReactElement {
  const preset = defaultOn(argument);
  const on = entry?.kind === 'on-off' ? entry.on : null;
  const off = argument.action.kind === 'on-off' ? argument.action.off : '';
  const put = (next: boolean | null): void =>
    onEntry(fieldKey, next === null || next === preset ? null : { kind: 'on-off', on: next });
  if (preset !== null) {
    return (
      <Switch
        id={id}
        checked={on ?? preset}
        aria-label={argument.name}
        aria-invalid={fault !== null}
        aria-describedby={describedBy}
        onChange={(event) => put(event.currentTarget.checked)}
      />
    );
  }
  return (
    <Select
      id={id}
      size="xs"
      data={[argument.name, off]}
      value={on === null ? null : on ? argument.name : off}
      placeholder="not given"
      clearable
      clearButtonProps={{ 'aria-label': `Clear ${argument.name}` }}
      error={fault}
      description={help}
      aria-label={argument.name}
      classNames={{ input: classes.input ?? '' }}
      comboboxProps={{ shadow: 'none' }}
      onChange={(choice) => put(choice === null ? null : choice === argument.name)}
    />
  );
}

/** How often an option is given. */
export function CountControl({
  id,
  argument,
  fieldKey,
  entry,
  fault,
  help,
  onEntry,
}: ControlProps): ReactElement {
  return (
    <NumberInput
      id={id}
      min={0}
      startValue={1}
      max={99}
      allowDecimal={false}
      allowNegative={false}
      clampBehavior="strict"
      value={entry?.kind === 'count' ? entry.times : ''}
      placeholder="0"
      error={fault}
      description={help}
      aria-label={argument.name}
      onChange={(value) => {
        const times = typeof value === 'number' ? value : 0;
        onEntry(fieldKey, times === 0 ? null : { kind: 'count', times });
      }}
    />
  );
}
