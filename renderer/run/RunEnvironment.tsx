import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { placePhrase } from '../slot/connection-text';
import { usePanel } from '../stores/panel-store';
import { runEnvironment, setBySupervisor } from './run-environment';
import classes from './RunEnvironment.module.css';

/** The variables that the script will find, and where it starts. */
export function RunEnvironment({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const port = usePanel((state) => state.listener.port);
  const variables = runEnvironment(slot, port);
  const place = placePhrase(slot.transport);
  return (
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
        Starts in {slot.transport.cwd ?? (place === null ? 'your home folder' : 'the home folder there')}. All
        other variables are those that{' '}
        {place === null ? 'the panel itself was started with' : `a command ${place} has`}.
      </p>
    </details>
  );
}
