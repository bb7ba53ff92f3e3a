import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import type { AuditEntry } from '../../shared/domain/audit';
import type { RunId } from '../../shared/domain/ids';
import { call } from '../bridge';
import { Space } from '../components/ListPane';
import { formatUtcDateTime } from '../components/time-text';
import { openRun } from '../history/run-actions';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import classes from './Audit.module.css';
import { actionText, nameText } from './audit-text';

/** All that was kept of one deed, and the way to its run. */
export function AuditDetail({ entry }: { readonly entry: AuditEntry }): ReactElement {
  const { run } = entry;
  const facts: [string, string][] = [
    ['When (UTC)', formatUtcDateTime(entry.at)],
    ['Who', entry.actor],
    ['Kept as', entry.action],
    ...(entry.slot === null ? [] : [['Slot', entry.slot] satisfies [string, string]]),
    ...(run === null ? [] : [['Run', run] satisfies [string, string]]),
    ...Object.entries(entry.detail).map(([name, value]): [string, string] => [nameText(name), value]),
  ];
  return (
    <section className={classes.detail} aria-label="Entry">
      <div className={classes.detailHead}>
        <h2>{actionText(entry.action)}</h2>
        <Space />
        {run === null ? null : (
          <Button onClick={() => void show(run).catch(reportUnexpected(`Opening run ${run}`))}>
            Open run
          </Button>
        )}
      </div>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name} className={classes.fact}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

async function show(id: RunId): Promise<void> {
  const reply = await call('history.read', { run: id });
  if (!reply.ok) addNotice('error', `Run ${id} could not be opened. ${reply.error.message}`);
  else if (!openRun(reply.value.run)) {
    addNotice('warning', `${reply.value.run.slot} is not in crates.yaml any more, so the run has no page.`);
  }
}
