import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exclusively } from './exclusively.mjs';
import { cacheFolder, inRoot } from './paths.mjs';
import { capture, npmCommand } from './processes.mjs';
import { SetupError, say } from './say.mjs';

/** The oldest Node that runs the build tools. */
export const oldestNode = { major: 20, minor: 19 };

const stampPath = inRoot('node_modules', '.smurf-panel-lock-hash');

/**
 * Whether this Node is new enough.
 * @param {string} version as in `process.versions.node`
 * @returns {boolean}
 */
export function isNodeNewEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestNode.major || (major === oldestNode.major && minor >= oldestNode.minor);
}

/**
 * @typedef {object} LockEntry
 * @property {string} [version]
 * @property {string} [integrity]
 * @property {boolean} [optional]
 */

/**
 * What is wrong with the installed packages, if anything.
 *
 * Decided by a stamp with the lock file's hash, written after every install of ours. Where there is none (somebody ran
 * `npm ci` by hand) npm's own record of what it installed is compared with the lock file, entry by entry; packages for
 * other platforms are optional and rightly absent.
 * @param {{ lockText: string, stamp: string | undefined, installedText: string | undefined }} found
 *   `installedText`: node_modules/.package-lock.json
 * @returns {'missing' | 'stale' | undefined}
 */
export function packagesProblem({ lockText, stamp, installedText }) {
  if (installedText === undefined) return 'missing';
  if (stamp?.trim() === lockHash(lockText)) return undefined;
  if (stamp !== undefined) return 'stale';
  /** @type {Record<string, LockEntry>} */
  const wanted = JSON.parse(lockText).packages ?? {};
  /** @type {Record<string, LockEntry>} */
  const installed = JSON.parse(installedText).packages ?? {};
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const there = installed[path];
    if (there === undefined) {
      if (entry.optional !== true) return 'stale';
    } else if (there.version !== entry.version || there.integrity !== entry.integrity) {
      return 'stale';
    }
  }
  return Object.keys(installed).every((path) => path in wanted) ? undefined : 'stale';
}

/**
 * @param {string} lockText
 * @returns {string} hex
 */
export function lockHash(lockText) {
  return createHash('sha256').update(lockText).digest('hex');
}

/**
 * Makes node_modules match package-lock.json, by `npm ci` where it does not. Checks Node's version first.
 * @throws {SetupError} when Node is too old or the install fails
 */
export async function ensurePackages() {
  if (!isNodeNewEnough(process.versions.node)) {
    throw new SetupError(
      `Node ${oldestNode.major}.${oldestNode.minor} or newer is needed; this is ${process.versions.node} ` +
        `(${process.execPath}).`,
    );
  }
  if ((await findProblem()).problem === undefined) return;
  await exclusively(join(cacheFolder(), 'packages.lock'), 'installing the packages', async () => {
    // Whoever held the lock may have done it already.
    const { problem, lockText } = await findProblem();
    if (problem === undefined) return;
    await install(problem);
    await mkdir(dirname(stampPath), { recursive: true });
    await writeFile(stampPath, `${lockHash(lockText)}\n`);
  });
}

async function findProblem() {
  const lockText = await readFile(inRoot('package-lock.json'), 'utf8');
  const stamp = await readIfThere(stampPath);
  const installedText = await readIfThere(inRoot('node_modules', '.package-lock.json'));
  return { problem: packagesProblem({ lockText, stamp, installedText }), lockText };
}

/** @param {'missing' | 'stale'} problem */
async function install(problem) {
  say(`the packages are ${problem}: npm ci (a minute or two)`);
  const { command, args } = npmCommand();
  // electron names a newer Node than it needs to install; the warning would be the first thing a newcomer reads.
  const result = await capture(command, [...args, 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    env: { ...process.env, npm_config_engine_strict: 'false' },
  });
  if (result.code !== 0) {
    process.stderr.write(result.output);
    throw new SetupError(`npm ci failed with exit code ${result.code}; its output stands above.`);
  }
}

/**
 * @param {string} path
 * @returns {Promise<string | undefined>} undefined when there is no such file
 */
export async function readIfThere(path) {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
