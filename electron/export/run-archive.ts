import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { RunMark } from '../../shared/domain/history';
import type { RunId } from '../../shared/domain/ids';
import { describeOutcome, isActive, runStateWord, type Run } from '../../shared/domain/run';
import type { Session } from '../../shared/domain/session';
import type { Result } from '../../shared/result';
import { fileCause, isMissing } from '../files/file-errors';
import { logFileNames } from '../log/log-format';
import { readRequest } from '../run/read-request';
import type { RunMessagesPage } from '../store/records';
import { archiveReadme, utcTime } from './archive-readme';
import { archiveName, type ExportedFiles } from './exported-files';
import { logTimes } from './log-times';
import { sessionJson } from './session-json';
import type { ArchiveEntry } from './write-archive';

/** Where an archive takes what it holds. */
export interface RunArchiveSources {
  readonly folderOf: (run: RunId) => string;
  readonly session: (run: RunId) => Promise<Result<Session | null>>;
  readonly messages: (run: RunId, after: number) => Promise<Result<RunMessagesPage>>;
  readonly mark: (run: RunId) => Promise<Result<RunMark>>;
  readonly files: ExportedFiles;
  readonly now: () => number;
}

/** What is missing of an archive, in sentences. */
export interface ArchiveGaps {
  /** All that is known by now; the last entry lists it. */
  readonly leftOut: readonly string[];
  /** An entry lacks something. */
  readonly onLeftOut: (sentence: string) => void;
}

/** The entries of a run's archive, in order. */
export async function* runArchive(
  run: Run,
  sources: RunArchiveSources,
  { leftOut, onLeftOut }: ArchiveGaps,
): AsyncGenerator<ArchiveEntry> {
  const now = sources.now();
  const folder = sources.folderOf(run.id);
  const modifiedAt = run.endedAt ?? now;
  const log = await sizeOf(join(folder, logFileNames.log));
  const records = await sizeOf(join(folder, logFileNames.records));
  yield {
    name: 'log.txt',
    size: log.bytes,
    modifiedAt,
    open: async () => {
      if (run.log === false) return { reason: 'the output was discarded, as the run was asked to' };
      if (log.reason !== null) return { reason: log.reason };
      // What is printed from now on is not part of it.
      return log.bytes === 0
        ? Readable.from([])
        : createReadStream(join(folder, logFileNames.log), { end: log.bytes - 1 });
    },
  };
  yield {
    name: 'log-times.csv',
    size: records.bytes,
    modifiedAt,
    open: async () => {
      if (run.log === false) return { reason: 'the output was discarded, as the run was asked to' };
      if (records.reason !== null) return { reason: records.reason };
      return textStream(logTimes(() => open(join(folder, logFileNames.records), 'r'), log.bytes));
    },
  };
  yield {
    name: 'session.json',
    size: null,
    modifiedAt,
    open: async () => {
      const session = await sources.session(run.id);
      if (!session.ok) return { reason: session.error.message };
      if (session.value === null) return { reason: 'no session was recorded' };
      return textStream(sessionJson(session.value));
    },
  };
  yield {
    name: 'messages.jsonl',
    size: null,
    modifiedAt,
    open: async () => textStream(messageLines(run, sources.messages, onLeftOut)),
  };
  yield {
    name: 'run.json',
    size: null,
    modifiedAt,
    open: async () => {
      const mark = await sources.mark(run.id);
      if (!mark.ok) onLeftOut(`run.json: note and pin could not be read: ${mark.error.message}`);
      const request = await readRequest(folder);
      return textStream([runJson(run, request, mark.ok ? mark.value : null, now)]);
    },
  };
  const taken = new Set<string>();
  for await (const file of sources.files(run.id)) {
    yield {
      name: `files/${archiveName(file.name, taken)}`,
      size: null,
      modifiedAt,
      open: async () => {
        const opened = await file.open();
        return opened.ok ? opened.value : { reason: opened.error.message };
      },
    };
  }
  yield {
    name: 'README.txt',
    size: null,
    modifiedAt: now,
    open: async () => textStream([archiveReadme(run, leftOut, now)]),
  };
}

/** Messages have a limit of their own: those of an older run may be gone while all else of it is kept. */
async function* messageLines(
  run: Run,
  messages: RunArchiveSources['messages'],
  onLeftOut: ArchiveGaps['onLeftOut'],
): AsyncGenerator<string> {
  let after: number | null = 0;
  let removedBefore: number | null = null;
  while (after !== null) {
    const page: Result<RunMessagesPage> = await messages(run.id, after);
    if (!page.ok) throw new Error(page.error.message);
    // One line each: a line break in a datagram can only stand between its tokens, where a space means the same.
    const lines = page.value.texts.map((text) => `${text.replace(/[\r\n]+/g, ' ')}\n`);
    if (lines.length > 0) yield lines.join('');
    after = page.value.next;
    removedBefore = page.value.removedBefore ?? removedBefore;
  }
  if (removedBefore !== null && removedBefore > run.requestedAt) {
    onLeftOut(`messages.jsonl: messages received before ${utcTime(removedBefore)} are not kept any more`);
  }
}

function runJson(
  run: Run,
  request: Awaited<ReturnType<typeof readRequest>>,
  mark: RunMark | null,
  now: number,
): string {
  const utc = (moment: number | null): string | null =>
    moment === null ? null : new Date(moment).toISOString();
  const value = {
    run: run.id,
    crate: run.crate,
    slot: run.slot,
    task: run.task,
    script: run.script,
    args: run.args,
    log: run.log,
    started_with: request,
    requested: utc(run.requestedAt),
    started: utc(run.startedAt),
    ended: utc(run.endedAt),
    exported: utc(now),
    state: runStateWord(run),
    unfinished: isActive(run),
    outcome: run.outcome,
    outcome_text: run.outcome === null ? null : describeOutcome(run.outcome),
    survivors: run.survivors,
    problems: run.problems,
    note: mark?.note ?? null,
    pinned: mark?.pinned ?? null,
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}

async function sizeOf(path: string): Promise<{ bytes: number; reason: string | null }> {
  try {
    return { bytes: (await stat(path)).size, reason: null };
  } catch (error) {
    const why = isMissing(error) ? 'is not there any more' : `cannot be read: ${fileCause(error)}`;
    return { bytes: 0, reason: `${path} ${why}` };
  }
}

/** Text as bytes, read as fast as it is taken and no faster. */
function textStream(source: Iterable<string> | AsyncIterable<string>): Readable {
  return Readable.from(source, { objectMode: false });
}
