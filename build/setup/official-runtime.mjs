import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfThere } from './packages.mjs';
import { cacheFolder, inRoot } from './paths.mjs';
import { capture } from './processes.mjs';
import { say } from './say.mjs';

const downloadLimit = 10 * 60_000;
const probeLimit = 8_000;
const rememberFor = 24 * 60 * 60_000;

/**
 * @typedef {object} FailedDownload
 * @property {string} version of Electron
 * @property {number} time in milliseconds since 1970
 * @property {string} reason a sentence without its full stop
 */

/**
 * The official executable that electron's own installer put into node_modules, if it is there and whole.
 * @returns {string | undefined}
 */
export function installedOfficial() {
  const folder = inRoot('node_modules', 'electron');
  // The installer writes path.txt last.
  if (!existsSync(join(folder, 'path.txt'))) return undefined;
  const executable = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8').trim());
  if (!existsSync(executable) || !existsSync(join(folder, 'dist', 'version'))) return undefined;
  const unpacked = readFileSync(join(folder, 'dist', 'version'), 'utf8')
    .trim()
    .replace(/^v/, '');
  return unpacked === electronVersion() ? executable : undefined;
}

/**
 * Whether a failed download is recent enough not to be tried again now.
 * @param {FailedDownload | undefined} failed
 * @param {string} version the version wanted
 * @param {number} now milliseconds since 1970
 * @returns {boolean}
 */
export function isFailureFresh(failed, version, now) {
  if (failed === undefined || failed.version !== version) return false;
  const age = now - failed.time;
  return age >= 0 && age < rememberFor;
}

/**
 * Downloads the official runtime with electron's own installer. A failure is remembered for a day, so that a machine
 * without internet does not wait for it at every start.
 * @param {{ evenIfItFailedToday: boolean }} options
 * @returns {Promise<{ executable: string } | { reason: string }>}
 */
export async function downloadOfficial({ evenIfItFailedToday }) {
  const recordPath = join(cacheFolder(), 'electron', 'official-download-failed.json');
  const version = electronVersion();
  const failed = parseFailure(await readIfThere(recordPath));
  if (!evenIfItFailedToday && failed !== undefined && isFailureFresh(failed, version, Date.now())) {
    return { reason: failed.reason };
  }
  const reason = (await probe(version)) ?? (await install(version));
  const executable = installedOfficial();
  if (reason === undefined && executable !== undefined) {
    await rm(recordPath, { force: true });
    return { executable };
  }
  const sentence = reason ?? 'the installer ended well but left no executable';
  await mkdir(join(cacheFolder(), 'electron'), { recursive: true });
  await writeFile(recordPath, `${JSON.stringify({ version, time: Date.now(), reason: sentence })}\n`);
  return { reason: sentence };
}

/** @returns {string} the version of the electron package that is installed */
function electronVersion() {
  return JSON.parse(readFileSync(inRoot('node_modules', 'electron', 'package.json'), 'utf8')).version;
}

/**
 * Asks for the release's headers first: where packets are silently dropped, this ends after seconds, and the installer
 * would not. With a mirror or a proxy of the person's own there is nothing to ask beforehand.
 * @param {string} version
 * @returns {Promise<string | undefined>} why the download cannot work
 */
async function probe(version) {
  const own = /^(npm_config_)?electron_(mirror|get_use_proxy|custom_)/i;
  if (Object.keys(process.env).some((name) => own.test(name))) return undefined;
  const url = `https://github.com/electron/electron/releases/download/v${version}/SHASUMS256.txt`;
  try {
    const answer = await fetch(url, { method: 'HEAD', signal: AbortSignal.timeout(probeLimit) });
    return answer.ok ? undefined : `github.com answered ${answer.status}`;
  } catch (error) {
    return `github.com cannot be reached (${causeOf(error)})`;
  }
}

/**
 * @param {string} version
 * @returns {Promise<string | undefined>} why it failed
 */
async function install(version) {
  say(`downloading Electron ${version} (about 120 MB, once)`);
  const environment = { ...process.env };
  delete environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const script = inRoot('node_modules', 'electron', 'install.js');
  const result = await capture(process.execPath, [script], { env: environment, timeLimit: downloadLimit });
  if (result.code === 0) return undefined;
  if (result.code === 124) return `its download took longer than ${downloadLimit / 60_000} minutes`;
  return `its installer failed: ${result.output.trim().split('\n')[0] ?? `exit code ${result.code}`}`;
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function causeOf(error) {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error && 'code' in error.cause) return String(error.cause.code);
  return error.name === 'TimeoutError' ? `no answer within ${probeLimit / 1000} s` : error.message;
}

/**
 * @param {string | undefined} text
 * @returns {FailedDownload | undefined} undefined for a file that is not ours: the download is then tried again
 */
function parseFailure(text) {
  if (text === undefined) return undefined;
  try {
    const { version, time, reason } = JSON.parse(text);
    if (typeof version !== 'string' || typeof time !== 'number' || typeof reason !== 'string')
      return undefined;
    return { version, time, reason };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
