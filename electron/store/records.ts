import type { z } from 'zod';
import type { RunFilter } from '../../shared/domain/history';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { SessionMessage } from '../../shared/domain/session';
import type { calls } from '../../shared/ipc/contract';
import type { Json, JsonObject } from '../../shared/json';

/** A published message to be kept. Times are Unix milliseconds; `text` is the datagram as it was received. */
export interface MessageRecord {
  readonly receivedAt: number;
  readonly publishedAt: number | null;
  readonly publisherId: string;
  readonly slot: SlotId | null;
  readonly run: RunId | null;
  readonly msgtype: string;
  readonly seqNo: number | null;
  readonly text: string;
  /** Where its record ends in the run's relayed messages; null where it came straight to the listener. */
  readonly relayEnd: number | null;
}

/** How far the relayed messages of a run are kept: as messages, and in its session. Positions in the relay's file. */
export interface RelayPosition {
  readonly messages: number;
  readonly session: number;
}

/** What a run's session gained. Keys are the publisher's, so entries are lists and never properties of ours. */
export interface SessionRecord {
  readonly run: RunId;
  readonly data: readonly { readonly key: string; readonly value: Json; readonly changedAt: number }[];
  readonly messages: readonly { readonly position: number; readonly message: SessionMessage }[];
  /** How far the relayed messages have gone into it; null where none came by the relay. */
  readonly relayEnd: number | null;
}

/** Who did what. `actor` is the user of the operating system. */
export interface AuditRecord {
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly slot: SlotId | null;
  readonly run: RunId | null;
  readonly detail: JsonObject;
}

/** What one transaction writes. A batch that was already written, by recorder and number, is not written twice. */
export interface RecordBatch {
  readonly recorder: string;
  readonly number: number;
  readonly messages: readonly MessageRecord[];
  readonly sessions: readonly SessionRecord[];
  readonly runs: readonly Run[];
  /** Runs of which nothing lives and everything is kept. */
  readonly over: readonly RunId[];
  readonly audit: readonly AuditRecord[];
}

export type FileListRequest = z.output<(typeof calls)['files.list']['request']>;
export type FileList = z.output<(typeof calls)['files.list']['response']>;
export type MessagesPageRequest = z.output<(typeof calls)['messages.page']['request']>;
export type MessagesPage = z.output<(typeof calls)['messages.page']['response']>;
export type RunListRequest = z.output<(typeof calls)['history.list']['request']>;
/** How a request to the history is narrowed down. */
export interface RunSelection {
  readonly slot: SlotId | null;
  readonly filter?: RunFilter | undefined;
}

/** A page of a run's messages in the order in which they were received, from after a position. */
export interface RunMessagesRequest {
  readonly run: RunId;
  readonly after: number;
}

export interface RunMessagesPage {
  readonly texts: readonly string[];
  /** The position to go on from; null where no more follow. */
  readonly next: number | null;
  /**
   * Where messages after the page's beginning were removed for good, of this run or others: when the oldest one that is
   * kept was received, Unix milliseconds. Null where none were.
   */
  readonly removedBefore: number | null;
}

/** What retention has to know of a run. `requestedAt` is Unix milliseconds. */
export interface KeptRun {
  readonly id: RunId;
  readonly slot: SlotId;
  readonly requestedAt: number;
  /** Nothing of it lives, and everything is kept. */
  readonly over: boolean;
  readonly marked: boolean;
}

/** A page of the runs that are kept: those older than `before`, or the newest with null. */
export interface KeptRunsRequest {
  readonly before: RunId | null;
  readonly limit: number;
}

/** What is recorded of a run, counted. */
export interface RunCounts {
  readonly sessionKeys: number;
  readonly sessionMessages: number;
  readonly messages: number;
}

export type RunList = z.output<(typeof calls)['history.list']['response']>;
