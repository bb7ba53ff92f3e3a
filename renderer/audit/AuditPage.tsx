import { Button } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useMemo, type ReactElement } from 'react';
import type { AuditEntry, AuditFilter } from '../../shared/domain/audit';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { ListHead, typingRest } from '../components/ListHead';
import { ListPane } from '../components/ListPane';
import { SaveListButton } from '../components/SaveListButton';
import { countOf, formatUtcDateTime } from '../components/time-text';
import { VirtualGrid, type GridColumn } from '../components/VirtualGrid';
import { addNotice } from '../stores/notice-store';
import classes from './Audit.module.css';
import { AuditDetail } from './AuditDetail';
import { mostEntries } from './audit-feed';
import { noAuditFilters, readAuditFilter, restricts } from './audit-filter';
import { changeAuditFilters, selectEntry, useAuditStore } from './audit-store';
import { actionText, detailText } from './audit-text';
import { AuditFilters } from './AuditFilters';
import { useAudit, useAuditChoices } from './use-audit';

/** Who did what, and when: what matters that operators, and the panel for them, have done. */
export function AuditPage(): ReactElement {
  const { draft, selected } = useAuditStore();
  const [settled] = useDebouncedValue(draft, typingRest);
  const filter = useMemo(() => readAuditFilter(settled), [settled]);
  const { shown, loadOlder, readAgain } = useAudit(filter);
  const choices = useAuditChoices(shown.extra);
  const entry = shown.rows.find(({ position }) => position === selected);
  const isFiltered = restricts(settled);
  return (
    <ListPane>
      <ListHead
        title="Audit"
        foundLabel="Entries found"
        found={shown.extra === null ? '' : countOf(shown.extra, 'entry', 'entries')}
      >
        <Button disabled={!restricts(draft)} onClick={() => changeAuditFilters(noAuditFilters)}>
          Clear all
        </Button>
        <SaveListButton name="the audit" isEmpty={(shown.extra ?? 0) === 0} save={() => save(filter)} />
      </ListHead>
      <AuditFilters draft={draft} choices={choices} onChange={changeAuditFilters} />
      {shown.fault === null ? null : (
        <Banner tone="error" live="alert" actions={<Button onClick={readAgain}>Try again</Button>}>
          The audit could not be read. {shown.fault}
        </Banner>
      )}
      {shown.rows.length === 0 && shown.extra !== null ? (
        <EmptyState title={isFiltered ? 'No entry fits the filters' : 'Nothing has been done yet'}>
          {isFiltered
            ? 'Widen them, or clear them to see everything.'
            : 'Starts, aborts, changes of the configuration and the like are kept here with who did them.'}
        </EmptyState>
      ) : (
        <div className={classes.list}>
          <VirtualGrid
            label="Audit"
            columns={columns}
            rows={shown.rows}
            keyOf={({ position }) => position}
            rowHeight={28}
            selected={selected}
            onSelect={({ position }) => selectEntry(position)}
            onNearEnd={loadOlder}
            footer={footers[shown.older]}
          />
        </div>
      )}
      {entry === undefined ? null : <AuditDetail entry={entry} />}
    </ListPane>
  );
}

const footers = {
  more: 'Older entries are being read …',
  all: 'No older entries.',
  full: `Only ${countOf(mostEntries, 'entry', 'entries')} are listed; narrow the filters to see older ones.`,
};

const columns: readonly GridColumn<AuditEntry>[] = [
  {
    name: 'When (UTC)',
    width: '146px',
    cell: ({ at }) => <time className={classes.mono}>{formatUtcDateTime(at)}</time>,
  },
  { name: 'Who', width: 'minmax(70px, 120px)', cell: ({ actor }) => actor, title: ({ actor }) => actor },
  {
    name: 'What',
    width: 'minmax(120px, 230px)',
    cell: ({ action }) => actionText(action),
    title: ({ action }) => action,
  },
  {
    name: 'Slot',
    width: 'minmax(70px, 116px)',
    cell: ({ slot }) => <span className={classes.mono}>{slot}</span>,
    title: ({ slot }) => slot ?? '',
  },
  { name: 'Details', width: 'minmax(120px, 1fr)', cell: detailText, title: detailText },
];

async function save(filter: AuditFilter): Promise<void> {
  const reply = await call('audit.save', { filter });
  if (!reply.ok) addNotice('error', `The audit could not be saved. ${reply.error.message}`);
  else if (reply.value.path !== null) {
    addNotice('info', `${countOf(reply.value.entries, 'entry', 'entries')} saved in ${reply.value.path}.`);
  }
}
