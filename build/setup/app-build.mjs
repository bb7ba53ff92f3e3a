import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { readIfThere } from './packages.mjs';
import { inRoot, rootFolder } from './paths.mjs';
import { foreground } from './processes.mjs';
import { SetupError, duration, say } from './say.mjs';

const stampPath = inRoot('out', '.built-from');
const configPath = inRoot('build', 'electron-vite.config.ts');

/** What the built application is made of: folders and single files of the repository. */
const sources = [
  'electron',
  'renderer',
  'shared',
  'build/electron-vite.config.ts',
  'package.json',
  'package-lock.json',
];

/** electron-vite's command line. */
export const electronVite = {
  script: inRoot('node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
  config: ['--config', configPath],
};

/**
 * Builds the application into out/, unless it stands there built from just these sources. Contents decide, not times:
 * a checkout of another commit sets times as it likes.
 * @throws {SetupError} when the build fails
 */
export async function ensureBuilt() {
  const hash = await hashSources();
  const isBuilt =
    existsSync(inRoot('out', 'main', 'main.js')) && existsSync(inRoot('out', 'renderer', 'index.html'));
  if (isBuilt && (await readIfThere(stampPath))?.trim() === hash) return;
  await build(hash);
}

/**
 * Builds the application into out/.
 * @param {string} [hash] of the sources, if it is known already
 * @throws {SetupError} when the build fails
 */
export async function build(hash) {
  const builtFrom = hash ?? (await hashSources());
  await forgetBuild();
  const started = performance.now();
  say('building');
  const args = [electronVite.script, 'build', ...electronVite.config, '--logLevel', 'warn'];
  const code = await foreground(process.execPath, args);
  if (code !== 0) throw new SetupError(`the build failed with exit code ${code}.`);
  await writeFile(stampPath, `${builtFrom}\n`);
  say(`built into out/ in ${duration(performance.now() - started)}`);
}

/** Makes the next `ensureBuilt` build: out/ is about to hold something else. */
export async function forgetBuild() {
  await rm(stampPath, { force: true });
}

/** @returns {Promise<string>} over the names and contents of all sources */
async function hashSources() {
  const hash = createHash('sha256');
  const files = (await Promise.all(sources.map(filesOf))).flat().toSorted();
  for (const file of files) {
    hash.update(`${relative(rootFolder, file)}\0`);
    hash.update(await readFile(file));
    hash.update('\0');
  }
  return hash.digest('hex');
}

/**
 * @param {string} source a folder or a file
 * @returns {Promise<string[]>} absolute paths of its files
 */
async function filesOf(source) {
  const path = inRoot(source);
  if (/\.\w+$/.test(source)) return existsSync(path) ? [path] : [];
  if (!existsSync(path)) return [];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
