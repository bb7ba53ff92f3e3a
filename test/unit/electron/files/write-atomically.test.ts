import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writeAtomically } from '../../../../electron/files/write-atomically';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smurf-panel-write-'));
  path = join(folder, 'file.txt');
  writeFileSync(path, 'older');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function* parts(...texts: readonly (string | Buffer)[]): AsyncGenerator<string | Buffer> {
  yield* texts;
}

describe('writing a file as a whole', () => {
  it('replaces what was there, and tells the size in bytes', async () => {
    expect(await writeAtomically(path, parts('ä', '', Buffer.from('b\n')))).toEqual({ ok: true, value: 4 });
    expect(readFileSync(path, 'utf8')).toBe('äb\n');
    expect(await writeAtomically(path, [])).toEqual({ ok: true, value: 0 });
    expect(readdirSync(folder)).toEqual(['file.txt']);
  });

  it('takes a name as long as the system does', async () => {
    const long = join(folder, `${'x'.repeat(250)}.txt`);
    expect(await writeAtomically(long, ['a'])).toEqual({ ok: true, value: 1 });
  });

  it('leaves what was there, and nothing else, where it fails or is cancelled', async () => {
    async function* breaking(): AsyncGenerator<string> {
      yield 'new';
      throw new Error('connection lost');
    }
    expect(await writeAtomically(path, breaking())).toEqual({
      ok: false,
      error: {
        code: 'file-not-written',
        message: `${path} could not be written: connection lost. Nothing was changed there.`,
      },
    });
    const stop = new AbortController();
    async function* cancelled(): AsyncGenerator<string> {
      yield 'new';
      stop.abort();
      yield 'more';
    }
    expect(await writeAtomically(path, cancelled(), stop.signal)).toMatchObject({
      error: { code: 'write-cancelled' },
    });
    expect(readFileSync(path, 'utf8')).toBe('older');
    mkdirSync(join(folder, 'taken', 'inside'), { recursive: true });
    for (const other of [join(folder, 'taken'), join(folder, 'absent', 'a')])
      expect(await writeAtomically(other, ['a'])).toMatchObject({ error: { code: 'file-not-written' } });
    expect(readdirSync(folder).toSorted()).toEqual(['file.txt', 'taken']);
  });
});
