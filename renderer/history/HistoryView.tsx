import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { RunId, SlotId } from '../../shared/domain/ids';
import { isActive, runStateWord, scriptName, type Run } from '../../shared/domain/run';
import { success } from '../../shared/result';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { useNow } from '../components/clock';
import { EmptyState } from '../components/EmptyState';
import { StateLabel } from '../components/StateGlyph';
import { countOf, formatUtcDateTime } from '../components/time-text';
import { VirtualGrid, type GridColumn } from '../components/VirtualGrid';
import { joinCommandLine } from '../run/command-line';
import { KeysetFeed } from '../stores/keyset-feed';
import { usePanel } from '../stores/panel-store';
import { runGlyph } from '../slot/connection-text';
import { durationText, outcomeInShort, outcomeText } from './history-text';
import classes from './HistoryView.module.css';

interface HistoryViewProps {
  readonly slot: SlotConfig;
  /** Called with the run that the operator chose. */
  readonly onOpen: (run: Run) => void;
}

const columns: readonly GridColumn<Run>[] = [
  {
    name: 'State',
    width: '104px',
    cell: (run) => <StateLabel state={runStateWord(run)} glyph={runGlyph(run)} />,
  },
  {
    name: 'Started (UTC)',
    width: '142px',
    cell: (run) => (
      <span className={classes.mono}>{formatUtcDateTime(run.startedAt ?? run.requestedAt)}</span>
    ),
  },
  { name: 'Duration', width: '72px', align: 'right', cell: (run) => <Duration run={run} /> },
  {
    name: 'Script',
    width: 'minmax(70px, 1fr)',
    cell: (run) => <span className={classes.mono}>{scriptName(run.script)}</span>,
    title: (run) => run.script,
  },
  {
    name: 'Arguments',
    width: 'minmax(50px, 1.6fr)',
    cell: (run) => <span className={classes.mono}>{joinCommandLine(run.args)}</span>,
    title: (run) => joinCommandLine(run.args),
  },
  {
    name: 'Outcome',
    width: 'minmax(76px, 1fr)',
    cell: (run) => outcomeInShort(run),
    title: (run) => outcomeText(run),
  },
];

/** Every run of a slot, newest first. */
export function HistoryView({ slot, onOpen }: HistoryViewProps): ReactElement {
  const feed = useMemo(() => openHistory(slot.id), [slot.id]);
  const { rows, extra, older, fault } = useSyncExternalStore(feed.subscribe, feed.shown);
  const [selected, setSelected] = useState<RunId | null>(null);
  // A run that begins, ends or goes from one phase to the next shows here.
  const latest = usePanel((state) => phaseOf(state.slots[slot.id]?.run ?? null));
  useEffect(() => feed.refresh(latest), [feed, latest]);
  const loadOlder = useCallback(() => feed.loadOlder(), [feed]);

  return (
    <div className={classes.history}>
      <div className={classes.tools}>{extra === null ? '' : `${countOf(extra, 'run')} on ${slot.id}`}</div>
      {fault === null ? null : (
        <Banner
          tone="error"
          live="alert"
          actions={<Button onClick={() => feed.refresh(latest)}>Try again</Button>}
        >
          The history could not be read. {fault}
        </Banner>
      )}
      {rows.length > 0 ? (
        <VirtualGrid
          label="Runs"
          columns={columns}
          rows={rows}
          keyOf={(run) => run.id}
          rowHeight={28}
          selected={selected}
          onSelect={(run) => setSelected(run.id)}
          onOpen={onOpen}
          onNearEnd={loadOlder}
          footer={
            older === 'more' ? 'Older runs are being read …' : older === 'all' ? 'No older runs.' : fullText
          }
        />
      ) : extra === null ? null : (
        <EmptyState title={`No run on ${slot.id} yet`}>
          Choose a script on the Run tab and press Run. Every run is kept here with its log and session data.
        </EmptyState>
      )}
    </div>
  );
}

const mostRuns = 10_000;
const fullText = `Only ${countOf(mostRuns, 'run')} are listed.`;

/** The runs of a slot; what it says beside the rows is how many there are. */
function openHistory(slot: SlotId): KeysetFeed<Run, number> {
  return new KeysetFeed<Run, number>({
    pageSize: 100,
    most: mostRuns,
    // A run's id begins with its time.
    isOlder: (run, other) => run.id < other.id,
    read: async (before, limit) => {
      const reply = await call('history.list', { slot, before: before?.id ?? null, limit });
      return reply.ok ? success({ rows: reply.value.runs, extra: reply.value.total }) : reply;
    },
  });
}

function phaseOf(run: Run | null): string {
  return run === null
    ? ''
    : `${run.id} ${run.phase} ${run.outcome?.kind ?? ''} ${run.connection === null ? '' : 'cut'}`;
}

function Duration({ run }: { readonly run: Run }): ReactElement {
  return <span className={classes.mono}>{isActive(run) ? <Running run={run} /> : durationText(run, 0)}</span>;
}

function Running({ run }: { readonly run: Run }): string {
  return durationText(run, useNow());
}
