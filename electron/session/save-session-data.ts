import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { errorText } from '../../shared/error-text';
import type { Session } from '../../shared/domain/session';
import { stringifyPythonJson } from '../../shared/python-json';
import { failure, success, type Failure, type Result } from '../../shared/result';

/**
 * Writes a session's data as JSON that Python's `json` reads, NaN and ±Infinity bare, a key a line. The file is
 * replaced as a whole or not at all. One key is made text at a time, so that main answers in between.
 */
export async function saveSessionData(
  path: string,
  data: Session['data'],
): Promise<Result<null, Failure<'session-unsaved'>>> {
  const temporary = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`,
  );
  try {
    try {
      await write(temporary, data);
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
    return success(null);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    return failure(
      'session-unsaved',
      `${path} could not be written: ${errorText(error)}. Nothing was changed.`,
    );
  }
}

async function write(path: string, data: Session['data']): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  try {
    let before = '{\n';
    for (const key of Object.keys(data)) {
      await file.write(`${before}${stringifyPythonJson(key)}: ${stringifyPythonJson(data[key] ?? null)}`);
      before = ',\n';
    }
    await file.write(before === '{\n' ? '{}\n' : '\n}\n');
    await file.sync();
  } finally {
    await file.close();
  }
}
