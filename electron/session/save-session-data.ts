import type { Session } from '../../shared/domain/session';
import { stringifyPythonJson } from '../../shared/python-json';
import type { Result } from '../../shared/result';
import { writeAtomically } from '../files/write-atomically';

/**
 * Writes a session's data as JSON that Python's `json` reads, NaN and ±Infinity bare, a key a line. The file is
 * replaced as a whole or not at all. One key is made text at a time, so that main answers in between.
 */
export function saveSessionData(path: string, data: Session['data']): Promise<Result<number>> {
  return writeAtomically(path, linesOf(data));
}

function* linesOf(data: Session['data']): Generator<string> {
  let before = '{\n';
  for (const key of Object.keys(data)) {
    yield `${before}${stringifyPythonJson(key)}: ${stringifyPythonJson(data[key] ?? null)}`;
    before = ',\n';
  }
  yield before === '{\n' ? '{}\n' : '\n}\n';
}
