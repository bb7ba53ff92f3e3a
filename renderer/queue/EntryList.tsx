import { Button } from '@mantine/core';
import { useMemo, useState, type ReactElement } from 'react';
import { isFinal } from '../../shared/domain/queue';
import type { ShownEntry } from '../../shared/ipc/calls/queue-calls';
import { countOf, formatCount } from '../components/time-text';
import { useUsuals } from '../history/use-usual';
import { EntryRow } from './EntryRow';
import classes from './QueueRows.module.css';

/** How many entries are drawn at first, and how many more each time that more are wanted. */
const entriesPerPage = 100;

interface EntryListProps {
  readonly entries: readonly ShownEntry[];
  /** Whether they wait, and so have a place and can be moved. */
  readonly isPending: boolean;
  /** Called when the arguments of one are to be edited. */
  readonly onEdit: (entry: ShownEntry) => void;
}

/** Entries of the queue in their order; of very many the first ones, and the others when asked for. */
export function EntryList({ entries, isPending, onEdit }: EntryListProps): ReactElement {
  const [count, setCount] = useState(entriesPerPage);
  const shown = useMemo(() => entries.slice(0, count), [entries, count]);
  const unfinished = useMemo(() => shown.filter((entry) => !isFinal(entry)), [shown]);
  const usualOf = useUsuals(unfinished);
  const siblings = useMemo(() => (isPending ? entries.map((entry) => entry.id) : null), [entries, isPending]);
  const left = entries.length - shown.length;
  return (
    <>
      <ul className={classes.rows}>
        {shown.map((entry, index) => (
          <EntryRow
            key={entry.id}
            entry={entry}
            place={isPending ? index + 1 : null}
            siblings={siblings}
            onEdit={onEdit}
            usual={isFinal(entry) ? null : (usualOf(entry)?.duration ?? null)}
          />
        ))}
      </ul>
      {left === 0 ? null : (
        <div className={classes.more}>
          <span>{countOf(left, 'more entry', 'more entries')}</span>
          <Button onClick={() => setCount(count + entriesPerPage)}>
            Show {formatCount(Math.min(left, entriesPerPage))} more
          </Button>
        </div>
      )}
    </>
  );
}
