import { join } from 'node:path';
import type { RunId } from '../../shared/domain/ids';
import { isOver, runsWithFolder } from '../run/left-runs';
import { isGivenUp, readRunStatus, readStartedWith, type RunFolder } from '../run/run-folder';
import type { KeptRun } from '../store/records';

/**
 * The runs whose folders the database does not know, newest first: it was damaged once and begun anew. A folder that
 * does not say whose run it is, or whether that is over, counts as one that is not.
 */
export async function findStrayFolders(runsFolder: string, known: ReadonlySet<RunId>): Promise<KeptRun[]> {
  const found: KeptRun[] = [];
  for (const id of await runsWithFolder(runsFolder)) {
    if (known.has(id)) continue;
    const run = await readStray({ run: id, path: join(runsFolder, id) });
    if (run !== null) found.push(run);
  }
  return found.toSorted((a, b) => b.requestedAt - a.requestedAt);
}

async function readStray(folder: RunFolder): Promise<KeptRun | null> {
  const run = (await readStartedWith(folder))?.run;
  if (run?.id !== folder.run) return null;
  const status = await readRunStatus(folder);
  const over = (status.ok && status.value !== null && isOver(status.value)) || (await isGivenUp(folder));
  return { id: run.id, slot: run.slot, requestedAt: run.requestedAt, over, marked: false };
}
