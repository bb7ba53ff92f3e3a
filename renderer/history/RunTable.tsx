import { VisuallyHidden } from '@mantine/core';
import { Pin, StickyNote } from 'lucide-react';
import { Fragment, useCallback, useMemo, type ReactElement } from 'react';
import type { RunMark } from '../../shared/domain/history';
import { isActive, runStateWord, scriptName, type Run } from '../../shared/domain/run';
import { useNow } from '../components/clock';
import { StateLabel } from '../components/StateGlyph';
import { countOf, formatUtcDateTime } from '../components/time-text';
import { VirtualGrid, type GridColumn } from '../components/VirtualGrid';
import { joinCommandLine, quoteWord } from '../run/command-line';
import { runGlyph } from '../slot/connection-text';
import type { KeysetRows } from '../stores/keyset-feed';
import { mostRuns, type HistoryRow } from './history-feed';
import { useHistoryStore } from './history-store';
import { durationText, outcomeInShort, outcomeText } from './history-text';
import classes from './History.module.css';
import { selectedIds, selectRun, useRunSelection } from './run-selection';

interface RunTableProps {
  /** Names the list whose selection this is. */
  readonly place: string;
  readonly shown: KeysetRows<HistoryRow, number>;
  /** Whether runs of several slots are listed. */
  readonly withSlot: boolean;
  readonly onOpen: (run: Run) => void;
  readonly onNearEnd: () => void;
}

/** Runs, newest first. One or two can be selected. */
export function RunTable({ place, shown, withSlot, onOpen, onNearEnd }: RunTableProps): ReactElement {
  const selection = useRunSelection(place);
  const columns = useMemo(() => (withSlot ? [state, slot, ...others] : [state, ...others]), [withSlot]);
  const multi = useMemo(
    () => ({
      selected: selectedIds(selection),
      onChoose: (row: HistoryRow, choice: Parameters<typeof selectRun>[2]) =>
        selectRun(place, row.run, choice),
    }),
    [selection, place],
  );
  const open = useCallback((row: HistoryRow) => onOpen(row.run), [onOpen]);
  return (
    <VirtualGrid
      label="Runs"
      columns={columns}
      rows={shown.rows}
      keyOf={keyOf}
      rowHeight={28}
      selected={selection.cursor?.id ?? null}
      onSelect={(row) => selectRun(place, row.run, 'only')}
      multi={multi}
      onOpen={open}
      onNearEnd={onNearEnd}
      footer={footers[shown.older]}
    />
  );
}

const footers = {
  more: 'Older runs are being read …',
  all: 'No older runs.',
  full: `Only ${countOf(mostRuns, 'run')} are listed; narrow the filters to see older ones.`,
};

function keyOf({ run }: HistoryRow): string {
  return run.id;
}

const state: GridColumn<HistoryRow> = {
  name: 'State',
  width: '104px',
  cell: ({ run }) => <StateLabel state={runStateWord(run)} glyph={runGlyph(run)} />,
};

const slot: GridColumn<HistoryRow> = {
  name: 'Slot',
  width: 'minmax(84px, 116px)',
  cell: ({ run }) => <span className={classes.mono}>{run.slot}</span>,
  title: ({ run }) => `${run.slot} of ${run.crate}`,
};

const others: readonly GridColumn<HistoryRow>[] = [
  {
    name: 'Started (UTC)',
    width: '142px',
    cell: ({ run }) => (
      <span className={classes.mono}>{formatUtcDateTime(run.startedAt ?? run.requestedAt)}</span>
    ),
  },
  { name: 'Duration', width: '62px', align: 'right', cell: ({ run }) => <Duration run={run} /> },
  {
    name: 'Script',
    width: 'minmax(108px, 1.2fr)',
    cell: ({ run }) => <span className={classes.mono}>{scriptName(run.script)}</span>,
    title: ({ run }) => run.script,
  },
  {
    name: 'Arguments',
    width: 'minmax(50px, 1.5fr)',
    cell: ({ run }) => <ArgumentWords args={run.args} />,
    title: ({ run }) => joinCommandLine(run.args),
  },
  {
    name: 'Outcome',
    width: 'minmax(64px, 0.8fr)',
    cell: ({ run }) => outcomeInShort(run),
    title: ({ run }) => outcomeText(run),
  },
  { name: 'Note', width: '38px', cell: (row) => <Mark row={row} /> },
];

/** Arguments with the options' names drawn back, so that the values stand out. */
function ArgumentWords({ args }: { readonly args: readonly string[] }): ReactElement {
  return (
    <span className={classes.mono}>
      {args.map((word, position) => (
        // A command line may hold a word twice; it does not change.
        // oxlint-disable-next-line react/no-array-index-key
        <Fragment key={position}>
          {position === 0 ? '' : ' '}
          <span className={/^--?[A-Za-z]/.test(word) && !word.includes('=') ? classes.option : ''}>
            {quoteWord(word)}
          </span>
        </Fragment>
      ))}
    </span>
  );
}

function Mark({ row }: { readonly row: HistoryRow }): ReactElement | null {
  const edited = useHistoryStore((store) => store.marks[row.run.id]);
  const mark: RunMark | null = edited ?? row.mark;
  if (mark === null) return null;
  return (
    <span className={classes.marks}>
      {mark.note === '' ? null : (
        <span title={mark.note}>
          <StickyNote size={13} aria-hidden="true" />
          <VisuallyHidden>has a note</VisuallyHidden>
        </span>
      )}
      {mark.pinned ? (
        <span title="Pinned">
          <Pin size={13} aria-hidden="true" />
          <VisuallyHidden>pinned</VisuallyHidden>
        </span>
      ) : null}
    </span>
  );
}

function Duration({ run }: { readonly run: Run }): ReactElement {
  return <span className={classes.mono}>{isActive(run) ? <Running run={run} /> : durationText(run, 0)}</span>;
}

function Running({ run }: { readonly run: Run }): string {
  return durationText(run, useNow());
}
