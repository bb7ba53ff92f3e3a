import { Select } from '@mantine/core';
import { useId, type ReactElement } from 'react';
import type { ArgumentCommands } from '../../../shared/arguments/argument-form';
import {
  commandKey,
  commandNamed,
  type ArgumentEntry,
  type ArgumentValues,
} from '../../../shared/arguments/argument-values';
import formClasses from '../ArgumentForm.module.css';
import { FieldNotes } from './ArgumentField';
import classes from './ArgumentField.module.css';

interface CommandFieldProps {
  readonly path: string;
  readonly commands: ArgumentCommands;
  readonly values: ArgumentValues;
  readonly onEntry: (key: string, entry: ArgumentEntry | null) => void;
}

/** The choice of a command; the fields below are those of the command that is chosen. */
export function CommandField({ path, commands, values, onEntry }: CommandFieldProps): ReactElement {
  const id = useId();
  const key = commandKey(path);
  const entry = values[key];
  const chosen = entry?.kind === 'command' ? commandNamed(commands, entry.name) : null;
  return (
    <div
      className={`${classes.field} ${formClasses.command}`}
      data-changed={chosen === null ? undefined : true}
    >
      <div className={classes.head}>
        <label htmlFor={id} className={classes.name}>
          {commands.name}
        </label>
        <FieldNotes isRequired={commands.required} type="command" />
      </div>
      <Select
        id={id}
        size="xs"
        data={commands.choices.map((choice) => choice.name)}
        value={chosen?.name ?? null}
        placeholder="Choose a command"
        clearable={!commands.required}
        clearButtonProps={{ 'aria-label': `Clear ${commands.name}` }}
        allowDeselect={!commands.required}
        aria-required={commands.required || undefined}
        aria-describedby={chosen?.help === null || chosen === null ? undefined : `${id}-help`}
        classNames={{ input: classes.input ?? '' }}
        comboboxProps={{ shadow: 'none' }}
        renderOption={({ option }) => (
          <span>
            <span className={classes.words}>{option.value}</span>{' '}
            <span className={classes.help}>{commandNamed(commands, option.value)?.help}</span>
          </span>
        )}
        onChange={(name) => onEntry(key, name === null ? null : { kind: 'command', name })}
      />
      {chosen?.help === null || chosen === null ? null : (
        <p id={`${id}-help`} className={classes.help}>
          {chosen.help}
        </p>
      )}
    </div>
  );
}
