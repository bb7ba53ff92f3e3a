import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runIdSchema } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import { isMissing } from '../files/file-errors';
import { isGivenUp, readRunStatus, readStartedWith, type RunFolder, type RunStatus } from './run-folder';

/**
 * The runs that are not over by what their folders say. For a panel whose database cannot tell: the folders are written
 * by the supervisors, and outlive it.
 */
export async function findLeftRuns(runsFolder: string): Promise<Run[]> {
  const found = await Promise.all((await namesIn(runsFolder)).map((name) => readLeft(runsFolder, name)));
  return found.filter((run) => run !== null).toSorted((a, b) => a.requestedAt - b.requestedAt);
}

async function readLeft(runsFolder: string, name: string): Promise<Run | null> {
  const id = runIdSchema.safeParse(name);
  if (!id.success) return null;
  const folder: RunFolder = { run: id.data, path: join(runsFolder, name) };
  const status = await readRunStatus(folder);
  if (status.ok && (status.value === null || isOver(status.value))) return null;
  if (await isGivenUp(folder)) return null;
  return (await readStartedWith(folder))?.run ?? null;
}

/** Whether a supervisor says that nothing of its run lives or is written any more. */
export function isOver(status: RunStatus): boolean {
  return status.failure !== null || (status.outputEnded && status.survivors.length === 0);
}

/** The names in a folder; none where it is not there. Throws what else the file system says. */
export async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
