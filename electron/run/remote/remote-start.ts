import { setTimeout as wait } from 'node:timers/promises';
import { failure, success, type Result } from '../../../shared/result';
import { runStatusSchema, type RunStatus } from '../run-folder';
import type { RemoteSupervisor } from './remote-supervisor';

/** How long to look for the outcome of a start that was cut. Milliseconds. */
const lookPatience = 30_000;
const lookEvery = 1000;
/** A start under way writes its status within this time, or there is none. Long, for machines that are busy. Milliseconds. */
const startPatience = 12_000;
const largestStatus = 1024 * 1024;

/** Ends of a start after which the script may run all the same. */
const uncertainCodes: ReadonlySet<string> = new Set([
  'answer-unreadable',
  'connection-closed',
  'docker-failed',
  'host-timeout',
  'no-answer',
  'shell-noise',
  'ssh-failed',
  'supervisor-failed',
]);

/** Whether a start that the supervisor did not answer may have succeeded. */
export function isUncertain(code: string): boolean {
  return uncertainCodes.has(code);
}

/**
 * What became of a start whose connection was cut: an operator who was told that a script did not start must be able to
 * rely on it. Null where it cannot be found out for now.
 */
export async function findStart(
  supervisor: RemoteSupervisor,
  remoteFolder: string,
  cause: string,
  patience: { readonly look?: number | undefined; readonly start?: number | undefined } = {},
): Promise<Result<RunStatus | null>> {
  const begunAt = performance.now();
  const deadline = begunAt + (patience.look ?? lookPatience);
  let missing = 0;
  for (;;) {
    const left = Math.max(lookEvery, deadline - performance.now());
    const read = await supervisor.read(`${remoteFolder}/status.json`, largestStatus, left);
    if (read.ok) {
      const status = parseStatus(read.value.bytes);
      if (status !== null && (status.script !== null || status.failure !== null)) return success(status);
    } else if (read.error.code === 'file-missing') {
      missing += 1;
      // Twice, and not at once: a start that was under way would have written it meanwhile.
      const isOld = performance.now() - begunAt > (patience.start ?? startPatience);
      if (missing > 1 && isOld) return failure('start-cut', `${cause} The script was not started.`);
    }
    // An interpreter that cannot run the supervisor did not start anything, either.
    if (!read.ok && read.error.code === 'supervisor-failed') return failure('supervisor-failed', cause);
    if (performance.now() > deadline) break;
    await wait(lookEvery);
  }
  return success(null);
}

/** A status as it stands in the file; null where it is not whole. */
function parseStatus(bytes: Uint8Array): RunStatus | null {
  try {
    return runStatusSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')));
  } catch {
    // It is replaced atomically, so this is an answer that was cut: it is asked for again.
    return null;
  }
}
