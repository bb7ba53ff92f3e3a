import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runIdSchema, type RunId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import { isMissing } from '../files/file-errors';
import { isGivenUp, readRunStatus, readStartedWith, type RunFolder, type RunStatus } from './run-folder';

/** Folders that are read at once: there may be thousands, and the system lets only so many files be open. */
const foldersAtOnce = 64;

/** A run as its folder tells of it: as it began, and whether it is over. */
export interface RunOfFolder {
  readonly run: Run;
  readonly isOver: boolean;
}

/** The ids of the runs that have a folder. */
export async function runsWithFolder(runsFolder: string): Promise<RunId[]> {
  return (await namesIn(runsFolder)).flatMap((name) => runIdSchema.safeParse(name).data ?? []);
}

/**
 * What the folders of these runs say, oldest first; runs that were never started, and folders that tell nothing, are
 * left out. For what the database cannot tell: the folders are written by the supervisors, and outlive it.
 */
export async function readRunFolders(runsFolder: string, runs: readonly RunId[]): Promise<RunOfFolder[]> {
  const found: RunOfFolder[] = [];
  for (let at = 0; at < runs.length; at += foldersAtOnce) {
    const piece = runs.slice(at, at + foldersAtOnce);
    const read = await Promise.all(piece.map((run) => readFolder({ run, path: join(runsFolder, run) })));
    found.push(...read.filter((each) => each !== null));
  }
  return found.toSorted((a, b) => a.run.requestedAt - b.run.requestedAt);
}

/** The runs that are not over by what their folders say, oldest first. */
export async function findLeftRuns(runsFolder: string): Promise<Run[]> {
  const found = await readRunFolders(runsFolder, await runsWithFolder(runsFolder));
  return found.flatMap((each) => (each.isOver ? [] : [each.run]));
}

async function readFolder(folder: RunFolder): Promise<RunOfFolder | null> {
  const status = await readRunStatus(folder);
  if (status.ok && status.value === null) return null;
  const run = (await readStartedWith(folder))?.run;
  if (run?.id !== folder.run) return null;
  return {
    run,
    isOver: (status.ok && status.value !== null && isOver(status.value)) || (await isGivenUp(folder)),
  };
}

/** Whether a supervisor says that nothing of its run lives or is written any more. */
export function isOver(status: RunStatus): boolean {
  return status.failure !== null || (status.outputEnded && status.survivors.length === 0);
}

/** The names in a folder; none where it is not there. Throws what else the file system says. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}
