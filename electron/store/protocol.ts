import type { RunId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { Session } from '../../shared/domain/session';
import type { Result } from '../../shared/result';
import type {
  MessagesPage,
  MessagesPageRequest,
  RecordBatch,
  RelayPosition,
  RunList,
  RunListRequest,
} from './records';
import type { PresetQuestions } from './preset-table';
import type { StoreFailure } from './store-failure';

/** Questions about what is kept, and changes that an operator decided: each is answered from an open database. */
export interface StoreQuestions extends PresetQuestions {
  messagesPage: { request: MessagesPageRequest; response: MessagesPage };
  readMessage: { request: { position: number }; response: string | null };
  listRuns: { request: RunListRequest; response: RunList };
  readRun: { request: { run: RunId }; response: Run | null };
  runsNotOver: { request: null; response: Run[] };
  latestRunPerSlot: { request: null; response: Run[] };
  readSession: { request: { run: RunId }; response: Session | null };
  relayPosition: { request: { run: RunId }; response: RelayPosition };
}

export type StoreQuestionName = keyof StoreQuestions;

/** Everything that main asks of the store's worker: the request and what it answers. */
export interface StoreCalls extends StoreQuestions {
  /** Answers a notice for the operator, or null. */
  open: { request: { path: string; now: number }; response: string | null };
  /** Answers a notice where the database turned out damaged and was begun anew. */
  record: { request: { batch: RecordBatch; now: number }; response: string | null };
  /** How many messages are kept from now on. */
  retain: { request: { messages: number }; response: null };
  close: { request: null; response: null };
}

export type StoreCallName = keyof StoreCalls;

/** A call on the wire. */
export type StoreCall = {
  [Name in StoreCallName]: {
    readonly id: number;
    readonly name: Name;
    readonly request: StoreCalls[Name]['request'];
  };
}[StoreCallName];

/** The answer to a call. */
export type StoreAnswer<Name extends StoreCallName> = Result<StoreCalls[Name]['response'], StoreFailure>;

/** An answer on the wire. Calls are answered in any order. */
export interface StoreReply {
  readonly id: number;
  readonly answer: StoreAnswer<StoreCallName>;
}
