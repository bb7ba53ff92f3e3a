import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { RefreshCw } from 'lucide-react';
import { useId, useMemo, type ReactElement } from 'react';
import type { ScriptArguments } from '../../shared/arguments/argument-form';
import type { SlotConfig } from '../../shared/config/crates';
import { reportUnexpected } from '../stores/notice-store';
import { ArgumentForm } from './ArgumentForm';
import classes from './ArgumentPane.module.css';
import { readScriptArguments, useArgumentsReading } from './arguments-store';
import { splitCommandLine } from './command-line';
import { asText, type RunForm } from './run-form';
import { changeRunForm } from './run-form-store';

interface ArgumentPaneProps {
  readonly slot: SlotConfig;
  readonly form: RunForm;
}

const noWords: readonly string[] = [];

/** The argument form of the script that is chosen, or why there is none, and what of its arguments could not be read. */
export function ArgumentPane({ slot, form }: ArgumentPaneProps): ReactElement | null {
  const script = form.script.trim();
  const reading = useArgumentsReading(slot.id, script);
  const split = useMemo(() => splitCommandLine(form.args), [form.args]);
  const typed = split.ok ? split.value : noWords;
  if (script === '') return null;
  const { arguments: read, isReading, fault } = reading;
  const again = (
    <Tooltip label="Read the script’s arguments again. What is entered stays.">
      <ActionIcon
        size="sm"
        aria-label="Read again"
        disabled={isReading}
        onClick={() => {
          readScriptArguments(slot.id, script).catch(reportUnexpected('Reading the arguments'));
        }}
      >
        <RefreshCw size={14} aria-hidden="true" />
      </ActionIcon>
    </Tooltip>
  );
  if (read === null) {
    return (
      <p className={`${classes.note} ${classes.line}`}>
        {fault === null ? 'Reading the script’s arguments…' : `No argument form: ${fault}`}
        {fault === null ? null : again}
      </p>
    );
  }
  const typeInstead = (
    <Button
      size="compact-xs"
      onClick={() =>
        changeRunForm(slot.id, {
          args: asText(form, reading),
          values: {},
          usesFields: false,
        })
      }
    >
      Type them instead
    </Button>
  );
  return (
    <div>
      {read.form === null ? (
        <p className={`${classes.note} ${classes.line}`}>This script has no argument form. {again}</p>
      ) : form.usesFields ? (
        <ArgumentForm
          form={read.form}
          values={form.values}
          typed={typed}
          actions={
            <>
              {again}
              {typeInstead}
            </>
          }
          onChange={(values) => changeRunForm(slot.id, { values })}
        />
      ) : (
        <p className={`${classes.note} ${classes.line}`}>
          All words are typed below.
          <Button
            size="compact-xs"
            disabled={!split.ok}
            onClick={() => changeRunForm(slot.id, { usesFields: true, fill: [...typed] })}
          >
            Use the form
          </Button>
        </p>
      )}
      {fault === null ? null : <p className={classes.note}>The arguments are those read before: {fault}</p>}
      <Unread unread={read.unread} />
    </div>
  );
}

function Unread({ unread }: { readonly unread: ScriptArguments['unread'] }): ReactElement | null {
  const title = useId();
  if (unread.length === 0) return null;
  return (
    <section className={classes.unread} aria-labelledby={title}>
      <h2 id={title}>These could not be read</h2>
      <ul>
        {unread.map(({ line, message }) => (
          <li key={`${line}-${message}`}>
            {line === null ? null : <span className={classes.place}>line {line}: </span>}
            {message}
          </li>
        ))}
      </ul>
    </section>
  );
}
