import { Combobox, Pill, PillsInput, useCombobox } from '@mantine/core';
import { useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { Argument } from '../../../shared/arguments/argument-form';
import { wordFault } from '../../../shared/arguments/check-words';
import { splitCommandLine } from '../command-line';
import { placeholderOf } from '../argument-text';
import classes from './ArgumentField.module.css';

interface WordsControlProps {
  readonly id: string;
  readonly argument: Argument;
  readonly words: readonly string[];
  readonly label: string | undefined;
  readonly describedBy: string | undefined;
  readonly isBad: boolean;
  readonly onWords: (words: string[]) => void;
}

/**
 * Several words in one field, each a tag. They are typed as on a command line: a space, or for numbers a comma, ends a
 * word, and quotes keep one together. What is being typed counts at once, so that Run never leaves it out.
 */
export function WordsControl(props: WordsControlProps): ReactElement {
  const { id, argument, words, label, describedBy, isBad, onWords } = props;
  const [pending, setPending] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  // A conversion of the script's own may take commas: a list in one word, or a path.
  const type = argument.action.kind === 'value' ? argument.action.value.type : 'text';
  const isNumeric = type === 'integer' || type === 'number';
  const choices = (argument.action.kind === 'value' ? argument.action.choices : null) ?? [];
  const pendingWords = splitTyped(pending, isNumeric);
  const tail = words.slice(words.length - pendingWords.length);
  // Filled in from elsewhere meanwhile: what is typed is not among the words any more.
  const isOurs = tail.length === pendingWords.length && tail.every((word, at) => word === pendingWords[at]);
  const typing = isOurs ? pending : '';
  const tags = typing === '' ? words : words.slice(0, words.length - pendingWords.length);
  const onText = (text: string): void => {
    const isEnded = /[\s,]$/.test(text) && isWhole(text) && (isNumeric || /\s$/.test(text));
    setPending(isEnded ? '' : text);
    onWords([...tags, ...splitTyped(text, isNumeric)]);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Backspace' && typing === '' && tags.length > 0) {
      event.preventDefault();
      onWords(tags.slice(0, -1));
    } else if (
      event.key === 'Enter' &&
      typing !== '' &&
      !event.ctrlKey &&
      !event.metaKey &&
      combobox.selectedOptionIndex === -1
    ) {
      event.preventDefault();
      setPending('');
    }
  };
  const offered = choices.filter((choice) => typing.trim() === '' || choice.startsWith(typing.trim()));
  return (
    <Combobox
      store={combobox}
      onOptionSubmit={(choice) => {
        setPending('');
        onWords([...tags, choice]);
        combobox.resetSelectedOption();
      }}
    >
      <Combobox.DropdownTarget>
        <PillsInput
          size="xs"
          error={isBad}
          onClick={() => {
            input.current?.focus();
            combobox.openDropdown();
          }}
          classNames={{ input: classes.words ?? '' }}
        >
          <Pill.Group gap={4}>
            {tags.map((word, at) => (
              <Pill
                // Words can repeat: their place is what tells them apart.
                // oxlint-disable-next-line react/no-array-index-key
                key={`${at}-${word}`}
                size="xs"
                className={`${classes.pill} ${wordFault(argument, word) === null ? '' : classes.badPill}`}
                withRemoveButton
                removeButtonProps={{ 'aria-label': `Remove ${word}` }}
                onRemove={() => onWords(tags.filter((_, each) => each !== at))}
              >
                {word === '' ? '‘’' : word}
              </Pill>
            ))}
            <Combobox.EventsTarget
              withExpandedAttribute={choices.length > 0}
              withAriaAttributes={choices.length > 0}
            >
              <input
                ref={input}
                type="text"
                className={classes.typing}
                id={id}
                aria-label={label}
                aria-invalid={isBad}
                aria-describedby={describedBy}
                placeholder={tags.length === 0 ? placeholderOf(argument) : ''}
                value={typing}
                spellCheck={false}
                autoComplete="off"
                onChange={(event) => {
                  onText(event.currentTarget.value);
                  combobox.openDropdown();
                  combobox.resetSelectedOption();
                }}
                onFocus={() => combobox.openDropdown()}
                onBlur={() => {
                  setPending('');
                  combobox.closeDropdown();
                }}
                onKeyDown={onKeyDown}
              />
            </Combobox.EventsTarget>
          </Pill.Group>
        </PillsInput>
      </Combobox.DropdownTarget>
      <Combobox.Dropdown hidden={offered.length === 0}>
        <Combobox.Options
          mah={220}
          aria-label={`Choices of ${argument.name}`}
          className={classes.words}
          style={{ overflowY: 'auto' }}
        >
          {offered.map((choice) => (
            <Combobox.Option key={choice} value={choice}>
              {choice}
            </Combobox.Option>
          ))}
        </Combobox.Options>
      </Combobox.Dropdown>
    </Combobox>
  );
}

/** The words of what is typed. A quote that is not closed yet is part of its word. */
function splitTyped(text: string, isNumeric: boolean): string[] {
  const plain = isNumeric ? text.replaceAll(',', ' ') : text;
  const split = splitCommandLine(plain);
  return split.ok ? split.value : plain.trim() === '' ? [] : [plain.trim()];
}

function isWhole(text: string): boolean {
  return splitCommandLine(text).ok;
}
