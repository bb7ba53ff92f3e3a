import { posix, win32 } from 'node:path';
import { describeTransport, type SlotConfig } from '../../shared/config/crates';

/** Where a registered file is to be looked for. */
export type Place =
  /** On this machine. `root`: the mapped folder that it must lie in; null where no map is needed. */
  | { readonly kind: 'here'; readonly path: string; readonly root: string | null }
  /** Where the scripts run, to be fetched by the slot's transport. */
  | { readonly kind: 'there'; readonly path: string }
  | { readonly kind: 'unmapped' | 'refused'; readonly message: string };

/** One row of a slot's path map. */
export interface PathRow {
  readonly from: string;
  readonly to: string;
}

/** Folders whose files no script of the field registers; shown only where the path map names them. In small letters. */
const unixFolders = ['etc', 'proc', 'sys', 'dev', 'boot'];
const macFolders = [
  'system',
  'library',
  'private/etc',
  'private/var/db',
  'private/var/root',
  'var/db',
  'var/root',
];
const windowsFolders = [
  'windows',
  'program files',
  'program files (x86)',
  'programdata',
  'recovery',
  'system volume information',
  '$recycle.bin',
];

/**
 * Where this machine sees a path of the script's: by the longest row of the slot's map that covers whole parts of it.
 * Without one, scripts of this machine have this machine's paths, and files of other places are fetched from there.
 */
export function placeOf(
  path: string,
  slot: Pick<SlotConfig, 'paths' | 'transport'>,
  platform: NodeJS.Platform = process.platform,
): Place {
  const isLocal = slot.transport.kind === 'local';
  if (!path.startsWith('/') && !(isLocal && pathsOf(platform).isAbsolute(path))) {
    return { kind: 'unmapped', message: `${path} is not a full path, so that nobody knows its folder.` };
  }
  if (path.split(/[/\\]/).includes('..')) {
    return { kind: 'refused', message: `${path} is not opened: it climbs out of a folder by “..”.` };
  }
  const mapped = mapPath(path, slot.paths, platform);
  if (mapped !== null) return mapped;
  if (isLocal && slot.paths.length > 0) {
    const rows = slot.paths.map((row) => row.from).join(', ');
    const message = `${path} is in no folder of the path map of this slot (${rows}).`;
    return { kind: 'unmapped', message };
  }
  // Windows would ask any machine that a message names, and tell it who is logged on here.
  if (isLocal && platform === 'win32' && /^[/\\]{2}/.test(path)) {
    const message = `${path} is not opened: it is on another machine, and the path map of this slot does not name it.`;
    return { kind: 'refused', message };
  }
  const secret = secretFault(path, isLocal ? platform : 'linux');
  if (secret !== null) return { kind: 'refused', message: secret };
  return isLocal ? { kind: 'here', path, root: null } : { kind: 'there', path };
}

/** The place that a path map gives to a path; null where no row covers it. */
export function mapPath(
  path: string,
  rows: readonly PathRow[],
  platform: NodeJS.Platform = process.platform,
): Place | null {
  const parts = partsOf(path, platform);
  let best: { readonly row: PathRow; readonly length: number } | null = null;
  for (const row of rows) {
    const from = partsOf(row.from, platform);
    const covers = from.length <= parts.length && from.every((part, index) => part === parts[index]);
    if (covers && (best === null || from.length > best.length)) best = { row, length: from.length };
  }
  if (best === null) return null;
  const { to } = best.row;
  const system = pathsOf(platform);
  if (!system.isAbsolute(to)) {
    return { kind: 'unmapped', message: `The path map leads to ${to}, which is not a full path.` };
  }
  const rest = parts.slice(best.length);
  // A name that is one part for the script must not become several here, or another drive.
  if (platform === 'win32' && rest.some((part) => /[\\:]/.test(part))) {
    return { kind: 'refused', message: `${path} cannot be a path of this machine.` };
  }
  return { kind: 'here', path: system.join(to, ...rest), root: to };
}

/** Why a path that no map names is not opened on a machine of this kind; null where it may be. */
export function secretFault(path: string, platform: NodeJS.Platform = process.platform): string | null {
  const isWindows = platform === 'win32';
  const all = path.split(isWindows ? /[/\\]/ : '/').filter((part) => part !== '' && part !== '.');
  const parts = isWindows && /^[a-z]:$/i.test(all[0] ?? '') ? all.slice(1) : all;
  // A colon names a stream of a file there, or the folder itself in another way.
  if (isWindows && parts.some((part) => part.includes(':')))
    return `${path} cannot be a path of this machine.`;
  const isSystem = isInSystem(parts, platform);
  if (!isSystem && !parts.some((part) => isHidden(part, platform))) return null;
  const what = isSystem ? 'a folder of the system' : 'a hidden folder';
  return `${path} is not opened: it is in ${what}, and the path map of this slot does not name it.`;
}

/** Where a file that is not here is, for a sentence. */
export function elsewhere(slot: Pick<SlotConfig, 'transport'>): string {
  return describeTransport(slot.transport);
}

function isInSystem(parts: readonly string[], platform: NodeJS.Platform): boolean {
  const isUnder = (own: readonly string[], folders: readonly string[]): boolean =>
    folders.some((folder) => folder.split('/').every((part, index) => part === own[index]));
  const small = parts.map((part) => part.toLowerCase());
  if (platform === 'darwin') return isUnder(small, [...unixFolders, ...macFolders]);
  // Windows takes a name with dots and spaces at its end for the name without.
  if (platform === 'win32') return isUnder(small.map(withoutEnd), [...unixFolders, ...windowsFolders]);
  return isUnder(parts, unixFolders);
}

/** Whether a folder of this name is one that the system does not show: programs keep passwords and keys there. */
function isHidden(part: string, platform: NodeJS.Platform): boolean {
  if (part.startsWith('.')) return true;
  const name = part.toLowerCase();
  if (platform === 'win32') return withoutEnd(name) === 'appdata';
  return platform === 'darwin' && name === 'library';
}

function withoutEnd(part: string): string {
  return part.replace(/[. ]+$/, '');
}

function pathsOf(platform: NodeJS.Platform): typeof posix {
  return platform === 'win32' ? win32 : posix;
}

/** The parts of a path. On Windows its own paths may have either separator; those of scripts elsewhere begin with `/`. */
function partsOf(path: string, platform: NodeJS.Platform): string[] {
  const separator = platform === 'win32' && !path.startsWith('/') ? /[/\\]/ : '/';
  return path.split(separator).filter((part) => part !== '' && part !== '.');
}
