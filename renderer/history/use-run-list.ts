import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { runFilterSchema, type RunFilter } from '../../shared/domain/history';
import type { SlotId } from '../../shared/domain/ids';
import type { KeysetRows } from '../stores/keyset-feed';
import { usePanel } from '../stores/panel-store';
import { openHistory, phasesMark, type HistoryRow } from './history-feed';

/** A list of past runs as it is shown, and how to read more of it. */
export interface RunList {
  /** The slot whose runs are listed; null for all. */
  readonly slot: SlotId | null;
  readonly shown: KeysetRows<HistoryRow, number>;
  readonly loadOlder: () => void;
  readonly readAgain: () => void;
}

/** The runs that a filter lets through, kept current as runs begin and end. */
export function useRunList(slot: SlotId | null, filter: RunFilter): RunList {
  // The same filter is often a new object.
  const wanted = JSON.stringify(filter);
  const feed = useMemo(() => openHistory(slot, runFilterSchema.parse(JSON.parse(wanted))), [slot, wanted]);
  const shown = useSyncExternalStore(feed.subscribe, feed.shown);
  const latest = usePanel((state) => phasesMark(state.slots, slot));
  useEffect(() => feed.refresh(latest), [feed, latest]);
  // While another filter's runs are being read, those of the last one stay in sight.
  const [last, setLast] = useState(shown);
  if (shown.extra !== null && shown !== last) setLast(shown);
  const visible = shown.extra === null && shown.fault === null ? last : shown;
  return useMemo(
    () => ({
      slot,
      shown: visible,
      loadOlder: () => feed.loadOlder(),
      readAgain: () => feed.refresh(latest),
    }),
    [slot, visible, feed, latest],
  );
}
