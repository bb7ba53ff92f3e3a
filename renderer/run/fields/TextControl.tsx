import { Select, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Argument } from '../../../shared/arguments/argument-form';
import { placeholderOf } from '../argument-text';
import classes from './ArgumentField.module.css';

interface TextControlProps {
  readonly id: string;
  readonly argument: Argument;
  /** Null where nothing is entered; empty where an empty word is. */
  readonly text: string | null;
  readonly label: string | undefined;
  readonly help: string | null;
  readonly fault: string | null;
  readonly onText: (text: string | null) => void;
}

/** One word: typed, or chosen of those that the script allows. */
export function TextControl(props: TextControlProps): ReactElement {
  const { id, argument, text, label, help, fault, onText } = props;
  const { action } = argument;
  const choices = action.kind === 'value' ? action.choices : null;
  const common = {
    id,
    size: 'xs',
    placeholder: text === '' ? 'empty text' : placeholderOf(argument),
    'aria-label': label,
    'aria-required': argument.required || undefined,
    classNames: { input: classes.input ?? '' },
  } as const;
  if (choices !== null) {
    // A word that is no choice came from a command line: it is shown, and its fault beside it.
    const data = text === null || text === '' || choices.includes(text) ? choices : [...choices, text];
    return (
      <Select
        {...common}
        error={fault}
        description={help}
        data={[...new Set(data)].filter((choice) => choice !== '')}
        value={text}
        clearable
        clearButtonProps={{ 'aria-label': `Clear ${argument.name}` }}
        searchable={choices.length > 12}
        comboboxProps={{ shadow: 'none' }}
        onChange={onText}
      />
    );
  }
  const isNumber =
    action.kind === 'value' && (action.value.type === 'integer' || action.value.type === 'number');
  return (
    <TextInput
      {...common}
      error={fault}
      description={help}
      value={text ?? ''}
      inputMode={isNumber ? 'decimal' : 'text'}
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => onText(event.currentTarget.value === '' ? null : event.currentTarget.value)}
    />
  );
}
