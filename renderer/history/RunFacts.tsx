import type { ReactElement, ReactNode } from 'react';
import { describeTransport } from '../../shared/config/crates';
import { isActive, type Run } from '../../shared/domain/run';
import type { RunDetails } from '../../shared/ipc/calls/history-calls';
import { countOf, formatBytes, formatCount, formatUtcDateTime } from '../components/time-text';
import { durationText, outcomeText } from './history-text';
import classes from './History.module.css';
import { useUsual } from './use-usual';
import { roughDuration, usualBasis } from './usual-text';

/** The facts of a run, as far as they are known. */
export function RunFacts({
  run,
  details,
}: {
  readonly run: Run;
  readonly details: RunDetails | null;
}): ReactElement {
  const found = useUsual(run, run.id);
  // Of a run that is over, it may itself be the one that tells.
  const usual = found !== null && (isActive(run) || found.runs > 1) ? found : null;
  const took = isActive(run) ? 'still running' : durationText(run, 0);
  const request = details?.request ?? null;
  const place = request?.transport ?? null;
  const variables = Object.entries(request?.env ?? {});
  return (
    <div>
      <dl className={classes.facts}>
        <Fact name="Outcome">
          {outcomeText(run)}
          {run.survivors.length === 0
            ? ''
            : ` ${countOf(run.survivors.length, 'process', 'processes')} of it still ${run.survivors.length === 1 ? 'lives' : 'live'}.`}
        </Fact>
        <Fact name="Run">{run.id}</Fact>
        <Fact name="Asked for">{formatUtcDateTime(run.requestedAt)} UTC</Fact>
        <Fact name="Ended">{run.endedAt === null ? '' : `${formatUtcDateTime(run.endedAt)} UTC`}</Fact>
        <Fact name="Duration">
          {took}
          {usual === null
            ? ''
            : `${took === '' ? '' : '; '}usually ${roughDuration(usual.duration)}, ${usualBasis(usual)}`}
        </Fact>
        <Fact name="Crate">{run.crate}</Fact>
        <Fact name="Task">{run.task ?? ''}</Fact>
        <Fact name="Ran">
          {place === null
            ? ''
            : `${place.kind === 'local' ? 'on ' : place.kind === 'ssh' ? 'on ' : 'in '}${describeTransport(place)}`}
          {request === null || request.cwd === null ? '' : `, in ${request.cwd}`}
        </Fact>
        <Fact name="Log">
          {run.log === false
            ? 'discarded, as asked for'
            : `${countOf(run.lines, 'line')}, ${formatBytes(run.bytes)}`}
          {typeof run.log === 'string' ? `; also appended to ${run.log}` : ''}
        </Fact>
        <Fact name="Session">
          {details === null
            ? ''
            : `${countOf(details.sessionKeys, 'key')}, ${countOf(details.sessionMessages, 'message')}; ${formatCount(details.messages)} published ${details.messages === 1 ? 'message' : 'messages'} kept`}
        </Fact>
        <Fact name="Folder">
          {details === null
            ? ''
            : `${details.folder} (${details.folderBytes === null ? 'not there any more' : formatBytes(details.folderBytes)})`}
        </Fact>
      </dl>
      {run.problems.length === 0 ? null : (
        <ul className={classes.problems} aria-label="Problems">
          {run.problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      {request === null ? null : (
        <details className={classes.environment}>
          <summary>Environment that the run was given ({variables.length})</summary>
          <dl className={classes.facts}>
            {variables.map(([name, value]) => (
              <Fact key={name} name={name}>
                {value}
              </Fact>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

/** A fact with its name; one of which nothing is known is left out. */
function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactElement | null {
  const parts = Array.isArray(children) ? children : [children];
  if (parts.every((part) => part === '' || part === null)) return null;
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
