import { isAbsolute, join } from 'node:path';
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

/** Folders whose files no script of the field registers; shown only where the path map names them. */
const systemFolders = ['/etc', '/proc', '/sys', '/dev', '/boot'];

/**
 * Where this machine sees a path of the script's: by the longest row of the slot's map that covers whole parts of it.
 * Without one, scripts of this machine have this machine's paths, and files of other places are fetched from there.
 */
export function placeOf(path: string, slot: Pick<SlotConfig, 'paths' | 'transport'>): Place {
  const isLocal = slot.transport.kind === 'local';
  if (!path.startsWith('/') && !(isLocal && isAbsolute(path))) {
    return { kind: 'unmapped', message: `${path} is not a full path, so that nobody knows its folder.` };
  }
  if (path.split(/[/\\]/).includes('..')) {
    return { kind: 'refused', message: `${path} is not opened: it climbs out of a folder by “..”.` };
  }
  const mapped = mapPath(path, slot.paths);
  if (mapped !== null) return mapped;
  if (isLocal && slot.paths.length > 0) {
    const rows = slot.paths.map((row) => row.from).join(', ');
    const message = `${path} is in no folder of the path map of this slot (${rows}).`;
    return { kind: 'unmapped', message };
  }
  const secret = secretFault(path);
  if (secret !== null) return { kind: 'refused', message: secret };
  return isLocal ? { kind: 'here', path, root: null } : { kind: 'there', path };
}

/** The place that a path map gives to a path; null where no row covers it. */
export function mapPath(path: string, rows: readonly PathRow[]): Place | null {
  const parts = partsOf(path);
  let best: { readonly row: PathRow; readonly length: number } | null = null;
  for (const row of rows) {
    const from = partsOf(row.from);
    const covers = from.length <= parts.length && from.every((part, index) => part === parts[index]);
    if (covers && (best === null || from.length > best.length)) best = { row, length: from.length };
  }
  if (best === null) return null;
  const { to } = best.row;
  if (!isAbsolute(to)) {
    return { kind: 'unmapped', message: `The path map leads to ${to}, which is not a full path.` };
  }
  const rest = parts.slice(best.length);
  // A name that is one part for the script must not become several here, or another drive.
  if (process.platform === 'win32' && rest.some((part) => /[\\:]/.test(part))) {
    return { kind: 'refused', message: `${path} cannot be a path of this machine.` };
  }
  return { kind: 'here', path: join(to, ...rest), root: to };
}

/** Why a path that no map names is not opened; null where it may be. */
export function secretFault(path: string): string | null {
  const parts = partsOf(path);
  const isSystem = systemFolders.some((folder) => path === folder || path.startsWith(`${folder}/`));
  if (!isSystem && !parts.some((part) => part.startsWith('.'))) return null;
  const what = isSystem ? 'a folder of the system' : 'a hidden folder';
  return `${path} is not opened: it is in ${what}, and the path map of this slot does not name it.`;
}

/** Where a file that is not here is, for a sentence. */
export function elsewhere(slot: Pick<SlotConfig, 'transport'>): string {
  return describeTransport(slot.transport);
}

function partsOf(path: string): string[] {
  return path.split('/').filter((part) => part !== '' && part !== '.');
}
