import { chmod } from 'node:fs/promises';
import { fallbackFor } from '../setup/fallback-runtime.mjs';
import { inRoot } from '../setup/paths.mjs';
import { which } from '../setup/processes.mjs';
import { programsOf } from './targets.mjs';

const probeLimit = 8_000;
const toolsUrl = 'https://github.com/electron-userland/electron-builder-binaries/releases';

/**
 * Looks at what this machine has for building packages.
 * @param {'official' | 'fallback' | 'override'} source of the Electron runtime that was found for this machine
 * @returns {Promise<import('./targets.mjs').Machine>}
 */
export async function lookAtMachine(source) {
  const everywhere = ['linux', 'win32', 'darwin'].flatMap((platform) => [
    `${platform}-x64`,
    `${platform}-arm64`,
  ]);
  const own = `${process.platform}-${process.arch}`;
  const withFallback = everywhere.filter((name) => {
    const [platform = '', architecture = ''] = name.split('-');
    return name === own || (source === 'fallback' && fallbackFor(platform, architecture) !== undefined);
  });
  return {
    platform: process.platform,
    toolsReachable: await canReachTools(),
    runtimes: new Set(source === 'official' ? everywhere : withFallback),
    programs: new Set(programsOf.filter((program) => which(program) !== undefined)),
  };
}

/** Whether electron-builder can download its tools. A mirror of the person's own is believed. */
async function canReachTools() {
  if (process.env['ELECTRON_BUILDER_BINARIES_MIRROR']) return true;
  try {
    const answer = await fetch(toolsUrl, { method: 'HEAD', signal: AbortSignal.timeout(probeLimit) });
    return answer.ok;
  } catch {
    // Any reason: what cannot be asked cannot be downloaded from either.
    return false;
  }
}

/**
 * The environment in which electron-builder uses this system's programs in place of the tools that it cannot download.
 * What the person has set is left as it is.
 * @returns {Promise<NodeJS.ProcessEnv>} what to add
 */
export async function ownTools() {
  /** @type {NodeJS.ProcessEnv} */
  const added = {};
  const seven = which('7za');
  if (seven !== undefined) added['ELECTRON_BUILDER_7ZIP_PATH'] = seven;
  const fpm = inRoot('build', 'packaging', 'fpm.mjs');
  await chmod(fpm, 0o755);
  added['CUSTOM_FPM_PATH'] = fpm;
  return Object.fromEntries(Object.entries(added).filter(([name]) => !process.env[name]));
}
