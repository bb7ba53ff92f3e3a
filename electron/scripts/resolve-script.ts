import { isAbsolute } from 'node:path/posix';
import { isWindowsPath, withSlashes } from '../../shared/domain/script-path';
import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';
import { failure, success, type Result } from '../../shared/result';

/**
 * The full path that the operator wrote; null for a name, which has to be looked up. `onWindows`: whether the script is
 * on a machine with Windows.
 */
export function writtenPath(wanted: string, onWindows: boolean): string | null {
  const script = wanted.trim();
  if (isAbsolute(script)) return script;
  return onWindows && isWindowsPath(script) ? withSlashes(script) : null;
}

/**
 * The script that the operator means: a full path as it is, or a name (with or without folders) that exactly one
 * script of the slot's catalogue has.
 */
export function resolveScript(
  wanted: string,
  catalogue: readonly ScriptEntry[],
  onWindows: boolean,
): Result<string> {
  const script = wanted.trim();
  if (script === '') return failure('script-missing', 'Choose a script, or type the path of one.');
  const path = writtenPath(script, onWindows);
  if (path !== null) return success(path);
  const named = catalogue.filter((entry) => entry.path === script || entry.path.endsWith(`/${script}`));
  const [only] = named;
  if (only === undefined) {
    return failure(
      'script-missing',
      `No script named "${script}" is in this slot's folders. Choose one of the list, or type its full path.`,
    );
  }
  if (named.length > 1) {
    const paths = named.map((entry) => entry.path).join(', ');
    return failure(
      'script-ambiguous',
      `Several scripts are named "${script}": ${paths}. Type the full path of one.`,
    );
  }
  return success(only.path);
}
