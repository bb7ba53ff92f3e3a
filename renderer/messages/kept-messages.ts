import type { MessageRow } from '../../shared/domain/message';
import { KeptViews } from '../stores/kept-views';
import { MessageFeed, type MessageFilter } from './message-feed';
import { everyMessage, type MessageChoice } from './MessageTools';

/** How the messages of a slot were left. */
export interface LeftMessages {
  readonly choice: MessageChoice;
  readonly selected: MessageRow | null;
}

/** How they are at first. */
export const freshMessages: LeftMessages = { choice: everyMessage, selected: null };

/** How the messages of slots were left, by the slot; an empty name for those of none. */
export const keptMessages = new KeptViews<LeftMessages>(50);

interface LeftList {
  readonly feed: MessageFeed;
  /** How far down it was scrolled, CSS pixels. */
  readonly top: number;
}

/** The lists themselves, so that a place far down is there again. Few: one may hold thousands of rows. */
export const keptLists = new KeptViews<LeftList>(6);

/** The list of a filter: the one that was left where it is the same, else a new one. */
export function openList(of: string, filter: MessageFilter): MessageFeed {
  const left = keptLists.read(of)?.feed ?? null;
  if (left !== null && JSON.stringify(left.filter) === JSON.stringify(filter)) return left;
  const feed = new MessageFeed(filter);
  keepTop(of, feed, 0);
  return feed;
}

/** Keeps how far down a list was scrolled, CSS pixels. */
export function keepTop(of: string, feed: MessageFeed, top: number): void {
  keptLists.keep(of, { feed, top });
}

/** How far down a list was scrolled, CSS pixels; a new one is at its top. */
export function keptTop(of: string, feed: MessageFeed): number {
  const left = keptLists.read(of);
  return left?.feed === feed ? left.top : 0;
}
