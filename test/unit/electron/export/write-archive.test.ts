import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { writeArchive, type ArchiveEntry } from '../../../../electron/export/write-archive';

it('ends, and closes the source, where it is cancelled while an entry is opened', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'archive-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const cancel = new AbortController();
  const source = new Readable({ read: () => undefined });
  async function* entries(): AsyncGenerator<ArchiveEntry> {
    yield {
      name: 'a',
      size: null,
      modifiedAt: 0,
      open: async () => {
        cancel.abort();
        return source;
      },
    };
  }
  const listener = { onEntry: () => undefined, onBytes: () => undefined, onLeftOut: () => undefined };
  const written = await writeArchive(join(folder, 'a.zip'), entries(), listener, cancel.signal);
  expect(written).toMatchObject({ error: { code: 'write-cancelled' } });
  expect(source.destroyed).toBe(true);
  expect(readdirSync(folder)).toEqual([]);
});
