import { Fragment, useId, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { placePhrase } from '../slot/connection-text';
import { usePanel } from '../stores/panel-store';
import classes from './CommandPreview.module.css';
import { commandWords, readRunForm, type RunForm } from './run-form';
import { runEnvironment, setBySupervisor } from './run-environment';

/** What will be run, to the letter, and the variables that the script will find. */
export function CommandPreview({
  slot,
  form,
}: {
  readonly slot: SlotConfig;
  readonly form: RunForm;
}): ReactElement {
  const label = useId();
  const port = usePanel((state) => state.listener.port);
  const read = readRunForm(slot.id, form);
  const variables = runEnvironment(slot, port);
  const place = placePhrase(slot.transport);
  return (
    <div>
      <p id={label} className={classes.label}>
        Command{place === null ? '' : ` ${place}`}
      </p>
      <pre className={classes.command} aria-labelledby={label}>
        {read.ok ? (
          commandWords(slot.transport, read.value.script, read.value.args).map(({ key, word }) => (
            <Fragment key={key}>
              {key === 0 ? '' : ' '}
              <span className={classes.word}>{word}</span>
            </Fragment>
          ))
        ) : (
          <span className={classes.fault}>{read.error.message}</span>
        )}
      </pre>
      <details className={classes.details}>
        <summary>Environment</summary>
        <dl className={classes.variables}>
          {variables.map((variable) => (
            <div key={variable.name} className={classes.variable}>
              <dt>{variable.name}</dt>
              <dd className={variable.value === setBySupervisor ? classes.later : ''}>{variable.value}</dd>
            </div>
          ))}
        </dl>
        <p className={classes.note}>
          Starts in {slot.transport.cwd ?? (place === null ? 'your home folder' : 'the home folder there')}.
          All other variables are those that{' '}
          {place === null ? 'the panel itself was started with' : `a command ${place} has`}.
        </p>
      </details>
    </div>
  );
}
