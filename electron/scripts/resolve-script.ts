import { isAbsolute } from 'node:path/posix';
import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';
import { failure, success, type Result } from '../../shared/result';

/** Whether the operator wrote where the script is, so that it need not be looked up. */
export function isPath(wanted: string): boolean {
  return isAbsolute(wanted.trim());
}

/**
 * The script that the operator means: a full path as it is, or a name (with or without folders) that exactly one
 * script of the slot's catalogue has.
 */
export function resolveScript(wanted: string, catalogue: readonly ScriptEntry[]): Result<string> {
  const script = wanted.trim();
  if (script === '') return failure('script-missing', 'Choose a script, or type the path of one.');
  if (isAbsolute(script)) return success(script);
  const named = catalogue.filter((entry) => entry.path.endsWith(`/${script}`));
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
