import type { SlotId, RunId } from '../../shared/domain/ids';
import type { MessageRow } from '../../shared/domain/message';
import { success } from '../../shared/result';
import { call } from '../bridge';
import { KeysetFeed } from '../stores/keyset-feed';

/** Which messages are listed. */
export interface MessageFilter {
  /** Null for messages that matched no slot. */
  readonly slot: SlotId | null;
  readonly run: RunId | null;
  /** Empty for all. */
  readonly msgtypes: readonly string[];
  readonly text: string;
}

/** The messages of a filter, newest first; what it says beside the rows is every msgtype that there is. */
export type MessageFeed = KeysetFeed<MessageRow, readonly string[]>;

const pageSize = 200;

/** The most messages that the list holds; older ones are found by narrowing the filter. */
export const mostMessages = 10_000;

/** Opens the feed of a filter. Nothing is read until it is refreshed. */
export function openMessageFeed(filter: MessageFilter): MessageFeed {
  return new KeysetFeed<MessageRow, readonly string[]>({
    pageSize,
    most: mostMessages,
    isOlder: (row, other) => row.position < other.position,
    read: async (before, limit) => {
      const request = { ...filter, msgtypes: [...filter.msgtypes], before: before?.position ?? null, limit };
      const reply = await call('messages.page', request);
      return reply.ok ? success({ rows: reply.value.rows, extra: reply.value.msgtypes }) : reply;
    },
  });
}
