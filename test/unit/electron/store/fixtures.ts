import { PanelDatabase } from '../../../../electron/store/database';
import type { MessageRecord, MessagesPageRequest, RecordBatch } from '../../../../electron/store/records';
import { makeRunId, slotIdSchema } from '../../../../shared/domain/ids';
import { makeRun } from '../../../fixtures/panel-state';
import type { Run } from '../../../../shared/domain/run';

export const slotA = slotIdSchema.parse('crate1slot2');
export const slotB = slotIdSchema.parse('crate1slot3');
export const now = Date.UTC(2026, 10, 23, 14, 0, 0);

/** A run id `seconds` after the tests' now. */
export function runId(seconds = 0, random = 'abcdef') {
  return makeRunId(now + seconds * 1000, random);
}

export function openDatabase(path: string): PanelDatabase {
  const opened = PanelDatabase.open(path, { now, busyTimeout: 50 });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

export function message(changes: Partial<MessageRecord> = {}): MessageRecord {
  const seqNo = changes.seqNo ?? 1;
  return {
    receivedAt: now,
    publishedAt: now - 5,
    publisherId: 'crate1slot2',
    slot: slotA,
    run: null,
    msgtype: 'general',
    seqNo,
    relayEnd: null,
    text: `{"id": "crate1slot2", "seq_no": ${seqNo}, "type": "general", "payload": {"value": ${seqNo}}}`,
    ...changes,
  };
}

export function run(changes: Partial<Run> = {}): Run {
  const script = '/scripts/take_noise.py';
  return makeRun({ id: runId(), slot: slotA, script, requestedAt: now, startedAt: null, ...changes });
}

let batches = 0;
/** A batch with a number of its own. Runs in it that are done without processes are over. */
export function batch(changes: Partial<RecordBatch> = {}): RecordBatch {
  batches += 1;
  const over = (changes.runs ?? [])
    .filter(({ phase, survivors }) => phase === 'done' && survivors.length === 0)
    .map(({ id }) => id);
  return {
    recorder: 'tests',
    number: batches,
    messages: [],
    sessions: [],
    runs: [],
    over,
    audit: [],
    ...changes,
  };
}

export function pageRequest(changes: Partial<MessagesPageRequest> = {}): MessagesPageRequest {
  return {
    slot: slotA,
    run: null,
    msgtypes: [],
    text: '',
    publisher: '',
    before: null,
    until: null,
    after: null,
    limit: 100,
    ...changes,
  };
}
