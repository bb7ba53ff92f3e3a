import type { SlotId } from '../../shared/domain/ids';
import { KeptViews } from '../stores/kept-views';
import { openFileFeed, type FileFeed, type FileFilter } from './file-feed';

/** How the files of a slot were left. */
export interface LeftFiles {
  /** Whether all of the slot were listed, not only the run's. */
  readonly ofSlot: boolean;
  readonly typed: string;
}

/** How they are at first. */
export const freshFiles: LeftFiles = { ofSlot: false, typed: '' };

/** How the files of slots were left, by the slot. */
export const keptFiles = new KeptViews<LeftFiles>(50);

/** The panes that scroll. */
export type FilesPane = 'plots' | 'list';

interface LeftList {
  readonly filter: string;
  readonly feed: FileFeed;
  /** How far down the panes were scrolled, CSS pixels. */
  readonly tops: Readonly<Record<FilesPane, number>>;
}

/** The lists themselves, so that a place far down is there again. Few: one may hold thousands of files. */
export const keptLists = new KeptViews<LeftList>(6);

/** The list of a filter: the slot's that was left where it is the same, else a new one. */
export function openList(filter: FileFilter): FileFeed {
  const wanted = JSON.stringify(filter);
  const left = keptLists.read(filter.slot);
  if (left?.filter === wanted) return left.feed;
  const feed = openFileFeed(filter);
  keptLists.keep(filter.slot, { filter: wanted, feed, tops: { plots: 0, list: 0 } });
  return feed;
}

/** Keeps how far down a pane was scrolled, CSS pixels. */
export function keepTop(slot: SlotId, pane: FilesPane, top: number): void {
  const left = keptLists.read(slot);
  if (left !== null) keptLists.keep(slot, { ...left, tops: { ...left.tops, [pane]: top } });
}

/** How far down a pane was scrolled, CSS pixels. */
export function keptTop(slot: SlotId, pane: FilesPane): number {
  return keptLists.read(slot)?.tops[pane] ?? 0;
}
