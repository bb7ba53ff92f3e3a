import { Button } from '@mantine/core';
import { Copy } from 'lucide-react';
import { useId, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { copyText } from '../components/clipboard';
import { placePhrase } from '../slot/connection-text';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import { useArgumentsReading } from './arguments-store';
import classes from './CommandLine.module.css';
import { describeCommand, previewWords, readRunForm, type RunForm } from './run-form';
import { useScriptPath } from './scripts-store';

interface CommandLineProps {
  readonly slot: SlotConfig;
  readonly form: RunForm;
}

/** What will be run, to the letter, as a shell would take it. Where it cannot be run yet, that is said below it. */
export function CommandLine({ slot, form }: CommandLineProps): ReactElement {
  const id = useId();
  const reading = useArgumentsReading(slot.id, form.script);
  const path = useScriptPath(slot.id, form.script);
  const read = readRunForm(slot.id, form, reading);
  const place = placePhrase(slot.transport);
  const command =
    path === ''
      ? ''
      : describeCommand(slot.transport, path, read.ok ? read.value.args : previewWords(form, reading));
  const copy = async (): Promise<void> => {
    if (await copyText('The command line', command)) addNotice('info', 'The command line is copied.');
  };
  return (
    <div>
      <div className={classes.head}>
        <span>
          <label htmlFor={id} className={classes.label}>
            Command line
          </label>
          {place === null ? null : <span className={classes.place}>{place}</span>}
        </span>
        <Button
          size="compact-xs"
          leftSection={<Copy size={12} aria-hidden="true" />}
          aria-label="Copy the command line"
          disabled={command === ''}
          onClick={() => void copy().catch(reportUnexpected('Copying the command line'))}
        >
          Copy
        </Button>
      </div>
      <textarea
        id={id}
        className={classes.command}
        readOnly
        rows={1}
        spellCheck={false}
        value={command}
        aria-describedby={read.ok ? undefined : `${id}-fault`}
        onFocus={(event) => event.currentTarget.select()}
      />
      {read.ok ? null : (
        <p id={`${id}-fault`} className={classes.fault}>
          {read.error.message}
        </p>
      )}
    </div>
  );
}
