import { ActionIcon, Button, Checkbox } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ReactElement } from 'react';
import classes from './ArgumentField.module.css';
import { usesOf, type ControlProps } from './field-props';
import { TextControl } from './TextControl';
import { WordsControl } from './WordsControl';

/** An argument that takes words: a text, a choice, or tags; in rows where it can be given several times. */
export function ValueControl(props: ControlProps): ReactElement {
  const { argument, fieldKey, entry, onEntry } = props;
  const repeats = argument.action.kind === 'value' && argument.action.repeats;
  const uses = usesOf(entry);
  const put = (next: readonly (readonly string[])[]): void =>
    onEntry(fieldKey, next.length === 0 ? null : { kind: 'words', uses: next.map((use) => [...use]) });
  if (!repeats)
    return <UseControl {...props} use={uses[0] ?? null} onUse={(use) => put(use === null ? [] : [use])} />;
  const rows = uses.length === 0 ? [null] : uses;
  return (
    <div className={classes.rows}>
      {rows.map((use, at) => (
        // A row is its place: the order is what the script gets.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={at} className={classes.row}>
          <UseControl
            {...props}
            id={at === 0 ? props.id : `${props.id}-${at}`}
            label={at === 0 ? undefined : `${argument.name}, ${at + 1}`}
            use={use}
            onUse={(next) =>
              put(
                next === null && rows.length === 1
                  ? []
                  : rows.map((each, index) => (index === at ? (next ?? blank) : (each ?? blank))),
              )
            }
          />
          {uses.length > 0 ? (
            <ActionIcon
              aria-label={`Remove ${argument.name}, ${at + 1}`}
              onClick={() => put(uses.filter((_, index) => index !== at))}
            >
              <X size={14} aria-hidden="true" />
            </ActionIcon>
          ) : null}
        </div>
      ))}
      <div>
        <Button
          size="compact-xs"
          className={classes.add}
          leftSection={<Plus size={12} aria-hidden="true" />}
          aria-label={`Add another ${argument.name}`}
          onClick={() => put([...rows.map((use) => use ?? blank), blank])}
        >
          Add another
        </Button>
      </div>
    </div>
  );
}

/** A row that was added and not filled in; it is named as a fault until it is. */
const blank: readonly string[] = [];

interface UseControlProps extends ControlProps {
  readonly label?: string | undefined;
  readonly use: readonly string[] | null;
  readonly onUse: (use: readonly string[] | null) => void;
}

function UseControl({
  id,
  argument,
  label,
  describedBy,
  help,
  fault,
  use,
  onUse,
}: UseControlProps): ReactElement {
  const common = { id, argument, label };
  const count = argument.action.kind === 'value' ? argument.action.count : 'one';
  if (count !== 'one' && count !== 'optional')
    return (
      <WordsControl
        {...common}
        isBad={fault !== null}
        describedBy={describedBy}
        words={use ?? []}
        onWords={(words) => onUse(words.length === 0 ? null : words)}
      />
    );
  const isOption = argument.flags.length > 0;
  return (
    <>
      <TextControl
        {...common}
        help={label === undefined ? help : null}
        fault={fault}
        text={use?.[0] ?? null}
        onText={(text) => onUse(text === null ? null : [text])}
      />
      {count === 'optional' && isOption ? (
        <Checkbox
          className={classes.without ?? ''}
          size="xs"
          label={`${argument.name} without a value`}
          checked={use !== null && use.length === 0}
          onChange={(event) => onUse(event.currentTarget.checked ? [] : null)}
        />
      ) : null}
    </>
  );
}
