import { useThrottledValue } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { RegisteredFile } from '../../shared/domain/registered-file';
import type { KeysetRows } from '../stores/keyset-feed';
import { useSlotStatus } from '../stores/panel-store';
import { openFileFeed, type FileFeed, type FileFilter } from './file-feed';

/** The least time between two refreshes of the list, in milliseconds. */
const refreshPeriod = 500;

/** A list of files that is kept current, and how to read more of it. */
interface FollowedFiles extends KeysetRows<RegisteredFile, number> {
  readonly loadOlder: () => void;
  /** Reads the newest files once more. */
  readonly refresh: () => void;
}

/**
 * The files of a run, or with null of all of the slot, read again as files are registered. `open` makes the list where
 * it is not made anew each time.
 */
export function useFileFeed(
  slot: SlotId,
  run: RunId | null,
  text: string,
  open: (filter: FileFilter) => FileFeed = openFileFeed,
): FollowedFiles {
  const feed = useMemo(() => open({ slot, run, text }), [open, slot, run, text]);
  const shown = useSyncExternalStore(feed.subscribe, feed.shown);
  const registered = useThrottledValue(useSlotStatus(slot)?.files ?? 0, refreshPeriod);
  useEffect(() => feed.refresh(registered), [feed, registered]);
  const loadOlder = useCallback(() => feed.loadOlder(), [feed]);
  const refresh = useCallback(() => feed.refresh(registered), [feed, registered]);
  return { ...shown, loadOlder, refresh };
}
