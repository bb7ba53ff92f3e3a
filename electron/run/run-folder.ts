import { access, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { transportConfigSchema, type TransportConfig } from '../../shared/config/crates';
import type { RunId } from '../../shared/domain/ids';
import { failure, success, type Failure, type Result } from '../../shared/result';
import { fileCause, isMissing } from '../files/file-errors';
import { runSchema, type LogMode, type Run } from '../../shared/domain/run';

/*
 * The folder of a run, `runs/<run id>/`, is what the panel and the supervisor know of each other:
 *   run.json      what to run, written by the panel before the supervisor starts
 *   status.json   what became of it, replaced atomically by the supervisor
 *   output.log    the raw bytes of both streams, in order of arrival
 *   output.idx    times and streams of those bytes
 *   given-up.json who gave up on it, written by the panel where the machine of the script was out of reach
 */

/** A run and where its folder is on this machine. */
export interface RunFolder {
  readonly run: RunId;
  readonly path: string;
}

/** What the supervisor is asked to run. `env` is added to the environment that the supervisor has. */
export interface RunRequest {
  readonly id: RunId;
  readonly argv: readonly string[];
  readonly script: string;
  readonly cwd: string | null;
  readonly env: Readonly<Record<string, string>>;
  readonly log: LogMode;
  /** Whether the supervisor records published messages, and where it hands them on to. */
  readonly relay: { readonly forward: readonly [host: string, port: number] | null } | null;
}

const processIdentitySchema = z.object({ pid: z.number().int(), startTicks: z.number().nullable() });

/** A process as the supervisor identifies it: a pid alone is never trusted. */
export type ProcessIdentity = z.infer<typeof processIdentitySchema>;

const supervisorFailureSchema = z.object({
  code: z.string(),
  path: z.string().nullish(),
  message: z.string(),
});

/** `status.json`. Times are Unix seconds, as Python writes them. */
export const runStatusSchema = z.object({
  version: z.literal(1),
  boot: z.string().nullable(),
  supervisor: processIdentitySchema,
  script: processIdentitySchema.nullable(),
  startedAt: z.number().nullable(),
  exit: z
    .object({ code: z.number().int().nullable(), signal: z.string().nullable(), at: z.number() })
    .nullable(),
  failure: supervisorFailureSchema.nullable(),
  survivors: z.array(z.object({ pid: z.number().int(), name: z.string() })),
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
  outputEnded: z.boolean(),
});
export type RunStatus = z.infer<typeof runStatusSchema>;

const statusFile = 'status.json';
const requestFile = 'run.json';
const givenUpFile = 'given-up.json';

/**
 * Makes the folder and writes `run.json`. Beside the request stand the transport, since a run is reached the way it was
 * started whatever the configuration says by then, and the run as it began, for a panel that has lost its database.
 * Throws what the file system says.
 */
export async function prepareRunFolder(
  folder: RunFolder,
  request: RunRequest,
  transport: TransportConfig,
  run: Run,
): Promise<void> {
  await mkdir(folder.path, { recursive: true, mode: 0o700 });
  const file = join(folder.path, requestFile);
  const text = JSON.stringify({ version: 1, ...request, transport, run }, null, 2);
  await writeFile(`${file}.new`, `${text}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

const startedWithSchema = z
  .object({ transport: transportConfigSchema, relay: z.unknown(), run: runSchema })
  .transform(({ transport, relay, run }) => ({ transport, run, isRelayed: relay !== null }));

/** How a run was started: its transport, whether its messages are relayed, and the run as it began. */
export type StartedWith = z.infer<typeof startedWithSchema>;

/** Reads how a run was started; null where `run.json` does not say. */
export async function readStartedWith(folder: RunFolder): Promise<StartedWith | null> {
  try {
    const parsed = startedWithSchema.safeParse(
      JSON.parse(await readFile(join(folder.path, requestFile), 'utf8')),
    );
    return parsed.success ? parsed.data : null;
  } catch {
    // Gone or unreadable: whoever asks goes by the configuration, and the status says what became of the run.
    return null;
  }
}

/** Reads `status.json`; null where there is none. A file that cannot be read, or says something else, is a failure. */
export async function readRunStatus(
  folder: RunFolder,
): Promise<Result<RunStatus | null, Failure<'status-unreadable'>>> {
  const path = join(folder.path, statusFile);
  try {
    const parsed = runStatusSchema.safeParse(JSON.parse(await readFile(path, 'utf8')));
    if (parsed.success) return success(parsed.data);
    const place = parsed.error.issues[0]?.path.join('.') ?? '';
    return failure('status-unreadable', `${path} is not a status that this panel knows (at "${place}")`);
  } catch (error) {
    if (isMissing(error)) return success(null);
    return failure('status-unreadable', `${path} cannot be read (${fileCause(error)})`);
  }
}

/** Marks a run that an operator gave up on, whatever its status says. Throws what the file system says. */
export async function markGivenUp(folder: RunFolder, by: string, at: number): Promise<void> {
  await writeFile(join(folder.path, givenUpFile), `${JSON.stringify({ by, at })}\n`, { mode: 0o600 });
}

/** Whether an operator gave up on a run. Throws what the file system says, but for a file that is not there. */
export async function isGivenUp(folder: RunFolder): Promise<boolean> {
  try {
    await access(join(folder.path, givenUpFile));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
