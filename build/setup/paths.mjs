import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root folder, absolute. */
export const rootFolder = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * An absolute path inside the repository.
 * @param {...string} parts
 * @returns {string}
 */
export function inRoot(...parts) {
  return join(rootFolder, ...parts);
}

/**
 * The folder for downloads and stamps: the one `SMURF_PANEL_CACHE` names, else `.cache` in the repository.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string}
 */
export function cacheFolder(environment = process.env) {
  const named = environment['SMURF_PANEL_CACHE'];
  if (named === undefined || named === '') return inRoot('.cache');
  return named.startsWith('~/') ? join(homedir(), named.slice(2)) : resolve(named);
}
