import { useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import type { Run } from '../../shared/domain/run';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';
import { LogFeed } from './log-feed';
import { LogFinder, type LogSearch } from './log-finder';

/** The lines of a run's log that show. */
export interface LogRows {
  readonly finder: LogFinder;
  readonly feed: LogFeed;
  /** Rows that show. */
  readonly total: number;
  readonly isFiltered: boolean;
  /** Another text for every other set of rows: positions of one mean nothing in another. */
  readonly key: string;
  /** The line of the whole log at a row; null where that is not known yet. */
  readonly lineAt: (row: number) => number | null;
}

/** All lines of a log, or those that a filter lets show, kept up to date. `search` is what is looked for to begin with. */
export function useLogRows(run: Run, search: LogSearch): LogRows {
  const { id } = run;
  const [whole] = useState(
    () => new LogFeed((first, count) => call('log.window', { run: id, first, count })),
  );
  const [finder] = useState(
    () =>
      new LogFinder(
        {
          find: (look) => call('log.find', { run: id, look }),
          step: (from) =>
            call('log.step', { run: id, ...from, inLine: Number.isFinite(from.inLine) ? from.inLine : null }),
          marks: (first, count) => call('log.marks', { run: id, first, count }),
        },
        search,
      ),
  );
  useSyncExternalStore(finder.subscribe, finder.revision);
  const { isFiltered, look } = finder;
  const key = isFiltered ? JSON.stringify(look.filter.matchesOnly ? look : look.filter) : '';
  const filtered = useMemo(
    () => (key === '' ? null : new LogFeed((first, count) => call('log.rows', { run: id, first, count }))),
    [id, key],
  );
  const feed = filtered ?? whole;
  useSyncExternalStore(feed.subscribe, feed.revision);
  useSearchEnd(run);
  const lineAt = (row: number): number | null => (isFiltered ? (feed.line(row)?.line ?? null) : row);
  const total = isFiltered ? (finder.status?.rows ?? 0) : Math.max(run.lines, feed.total);
  return { finder, feed, total, isFiltered, key, lineAt };
}

/** Lets main end its search when the log is shown no more. */
function useSearchEnd(run: Run): void {
  useEffect(
    () => () => {
      call('log.endFind', { run: run.id }).catch(reportUnexpected('Ending the search'));
    },
    [run.id],
  );
}

interface KeptPlace {
  /** Says at which line the view stands, at each drawing; null while it follows the end. */
  readonly stand: (line: number | null) => void;
  /** Goes to a line as soon as the other rows are known. */
  readonly goTo: (line: number) => void;
}

/** Keeps the place when lines are filtered and when they all show again. */
export function useKeptPlace(
  run: Run,
  rows: LogRows,
  reveal: (row: number) => void,
  onNone: () => void,
): KeptPlace {
  const { key, isFiltered, finder } = rows;
  const shownKey = useRef(key);
  const line = useRef<number | null>(null);
  const wanted = useRef<number | null>(null);
  const isKnown = !isFiltered || finder.status?.complete === true;
  useEffect(() => {
    if (shownKey.current !== key) {
      shownKey.current = key;
      wanted.current ??= line.current;
      // Rows that were selected are others now.
      if (wanted.current === null) onNone();
    }
    const target = wanted.current;
    if (target === null || !isKnown) return;
    wanted.current = null;
    if (!isFiltered) reveal(target);
    else {
      call('log.row', { run: run.id, line: target }).then((reply) => {
        if (reply.ok && shownKey.current === key) reveal(reply.value);
      }, reportUnexpected('Going to a line'));
    }
  });
  return {
    stand: (at) => {
      if (shownKey.current === key) line.current = at;
    },
    goTo: (target) => {
      wanted.current = target;
      if (!isFiltered) {
        wanted.current = null;
        reveal(target);
      }
    },
  };
}
