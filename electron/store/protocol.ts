import type { FileId, RegisteredFile } from '../../shared/domain/registered-file';
import type { HistoryChoices, RunMark, UsualDuration } from '../../shared/domain/history';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { Session } from '../../shared/domain/session';
import type { GroupId } from '../../shared/domain/queue';
import type { Result } from '../../shared/result';
import type {
  FileList,
  FileListRequest,
  KeptRun,
  KeptRunsRequest,
  MessagesPage,
  MessagesPageRequest,
  RecordBatch,
  RelayPosition,
  RunCounts,
  RunList,
  RunListRequest,
  RunMessagesPage,
  RunMessagesRequest,
} from './records';
import type { AuditQuestions } from './audit-table';
import type { PresetQuestions } from './preset-table';
import type { GroupList, GroupListRequest, GroupWithMembers, QueueSaving, StoredQueue } from './queue-table';
import type { PreferenceQuestions } from './preference-table';
import type { StoreFailure } from './store-failure';
import type { ValueQuestions } from './value-records';

/** Questions about what is kept, and changes that an operator decided: each is answered from an open database. */
export interface StoreQuestions extends PresetQuestions, ValueQuestions, PreferenceQuestions, AuditQuestions {
  messagesPage: { request: MessagesPageRequest; response: MessagesPage };
  /** How many messages there are, and how many of them are beyond `keep`. */
  messagesBeyond: { request: { keep: number }; response: { messages: number; beyond: number } };
  readMessage: { request: { position: number }; response: string | null };
  listRuns: { request: RunListRequest; response: RunList };
  readRun: { request: { run: RunId }; response: Run | null };
  runsNotOver: { request: null; response: Run[] };
  /** Answers which of these there are no rows of. */
  unknownRuns: { request: { runs: readonly RunId[] }; response: RunId[] };
  latestRunPerSlot: { request: null; response: Run[] };
  readSession: { request: { run: RunId }; response: Session | null };
  listFiles: { request: FileListRequest; response: FileList };
  readFile: { request: { file: FileId }; response: RegisteredFile | null };
  filesOfRun: { request: { run: RunId }; response: RegisteredFile[] };
  relayPosition: { request: { run: RunId }; response: RelayPosition };
  readMark: { request: { run: RunId }; response: RunMark };
  setNote: { request: { run: RunId; note: string }; response: null };
  setPinned: { request: { run: RunId; pinned: boolean }; response: null };
  historyChoices: { request: null; response: HistoryChoices };
  usualDuration: {
    request: { slot: SlotId; script: string; args: readonly string[] };
    response: UsualDuration | null;
  };
  runMessages: { request: RunMessagesRequest; response: RunMessagesPage };
  runCounts: { request: { run: RunId }; response: RunCounts };
  keptRuns: { request: KeptRunsRequest; response: KeptRun[] };
  /** Answers whether the run was there and over, and so is gone. */
  removeRun: { request: { run: RunId }; response: boolean };
  loadQueue: { request: null; response: StoredQueue };
  saveQueue: { request: QueueSaving; response: null };
  listGroups: { request: GroupListRequest; response: GroupList };
  readGroup: { request: { group: GroupId }; response: GroupWithMembers | null };
}

export type StoreQuestionName = keyof StoreQuestions;

/** Everything that main asks of the store's worker: the request and what it answers. */
export interface StoreCalls extends StoreQuestions {
  /** Answers a notice for the operator, or null, and whether the database holds nothing of before. */
  open: { request: { path: string; now: number }; response: { notice: string | null; isNew: boolean } };
  /** Answers a notice where the database turned out damaged and was begun anew. */
  record: { request: { batch: RecordBatch; now: number }; response: string | null };
  /** How many messages are kept from now on; null keeps all. */
  retain: { request: { messages: number | null }; response: null };
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
