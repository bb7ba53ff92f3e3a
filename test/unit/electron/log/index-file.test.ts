import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadIndex } from '../../../../electron/log/index-file';
import type { LogFollower } from '../../../../electron/log/log-follower';
import { LogWriter, record } from '../../../fixtures/log-writer';
import { chunksArbitrary, makeFolder, makeFollower } from './support';

async function finishedLog(): Promise<{ folder: string; follower: LogFollower; saved: string }> {
  const folder = makeFolder();
  const writer = new LogWriter(folder);
  writer.write('one\n'.repeat(1000), 1);
  writer.write('two', 2);
  writer.close();
  const follower = makeFollower(folder);
  await follower.finish();
  return { folder, follower, saved: join(folder, 'lines.idx') };
}

describe('lines.idx', () => {
  it('gives back the index that was scanned', async () => {
    await fc.assert(
      fc.asyncProperty(chunksArbitrary, fc.boolean(), async (chunks, unrecorded) => {
        const folder = makeFolder();
        const writer = new LogWriter(folder);
        for (const chunk of chunks) writer.writeChunk(chunk);
        if (unrecorded) writer.writeLog('without a record');
        const bytes = writer.bytes;
        writer.close();
        const follower = makeFollower(folder);
        await follower.finish();
        const loaded = await loadIndex(folder);
        // An empty log is not worth a file.
        const expected = bytes === 0 ? null : { state: follower.index.state(), records: follower.records };
        expect(loaded && { state: loaded.index.state(), records: loaded.records }).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('is nothing where there is no file', async () => {
    expect(await loadIndex(makeFolder())).toBeNull();
  });

  it('is not used when the log has grown, gone, or got a record since', async () => {
    const { folder } = await finishedLog();
    expect(await loadIndex(folder)).not.toBeNull();
    const records = readFileSync(join(folder, 'output.idx'));
    appendFileSync(join(folder, 'output.idx'), record(4003, 1_000_000_000_000, 1, 1));
    expect(await loadIndex(folder)).toBeNull();
    writeFileSync(join(folder, 'output.idx'), records);
    expect(await loadIndex(folder)).not.toBeNull();
    appendFileSync(join(folder, 'output.log'), 'x');
    expect(await loadIndex(folder)).toBeNull();
    rmSync(join(folder, 'output.log'));
    expect(await loadIndex(folder)).toBeNull();
  });

  it('is not used when any byte of it is wrong or missing', async () => {
    const { folder, saved } = await finishedLog();
    const good = readFileSync(saved);
    for (let position = 0; position < good.length; position += 1) {
      // Four bytes of the header are unused.
      if (position >= 68 && position < 72) continue;
      const bad = Buffer.from(good);
      bad[position] = (bad[position] ?? 0) ^ 0x10;
      writeFileSync(saved, bad);
      expect(await loadIndex(folder), `byte ${position}`).toBeNull();
    }
    for (const length of [0, 7, 71, good.length - 1]) {
      writeFileSync(saved, good.subarray(0, length));
      expect(await loadIndex(folder), `${length} bytes`).toBeNull();
    }
    writeFileSync(saved, Buffer.concat([good, Buffer.alloc(16)]));
    expect(await loadIndex(folder)).toBeNull();
    writeFileSync(saved, good);
    expect(await loadIndex(folder)).not.toBeNull();
  });
});
