import { delimiter, posix } from 'node:path';
import type { TransportConfig } from '../../shared/config/crates';
import { isWindowsPath } from '../../shared/domain/script-path';

/** Folders that are looked through at most: each costs a question per module to the machine of the scripts. */
const mostFolders = 4;

/**
 * The folders of `PYTHONPATH` as a slot's scripts get it, where Python looks for modules that are not beside a script.
 * `inherited` is what scripts on this machine get besides the slot's own variables; what a container or another machine
 * sets by itself is not known here.
 */
export function moduleFolders(transport: TransportConfig, inherited: NodeJS.ProcessEnv): string[] {
  const isLocal = transport.kind === 'local';
  const value = transport.env['PYTHONPATH'] ?? (isLocal ? inherited['PYTHONPATH'] : undefined) ?? '';
  const isWhole = (folder: string): boolean =>
    posix.isAbsolute(folder) || (isLocal && delimiter === ';' && isWindowsPath(folder));
  const folders = value
    .split(isLocal ? delimiter : ':')
    .filter((folder) => folder !== '')
    .map((folder) =>
      isWhole(folder) || transport.cwd === null ? folder : posix.join(transport.cwd, folder),
    );
  return [...new Set(folders.filter(isWhole))].slice(0, mostFolders);
}
