import { accessSync, constants, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileCause } from './files/file-errors';

/** The home folder that the environment names, absolute; null where it names none. */
export function homeOf(environment: NodeJS.ProcessEnv, workingFolder: string): string | null {
  const named = environment['SMURF_PANEL_HOME'] ?? '';
  return named === '' ? null : resolve(workingFolder, named);
}

/**
 * Makes the home folder, with the folder of the runs. Throws with a sentence where it cannot be used. Before anything
 * else touches it: Electron calls a folder that it cannot lock one that another panel has open.
 */
export function prepareHome(home: string): void {
  try {
    mkdirSync(join(home, 'runs'), { recursive: true, mode: 0o700 });
    accessSync(home, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(`The home folder ${home} cannot be used: ${fileCause(error)}`, { cause: error });
  }
}
