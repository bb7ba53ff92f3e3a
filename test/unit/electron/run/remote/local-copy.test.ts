import { createHash, randomBytes } from 'node:crypto';
import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalCopy } from '../../../../../electron/run/remote/local-copy';

function message(payload: Buffer): Buffer {
  const header = Buffer.alloc(14);
  header.writeDoubleLE(1_700_000_000.5, 0);
  header.writeUInt16LE(40_000, 8);
  header.writeUInt32LE(payload.length, 10);
  return Buffer.concat([header, payload]);
}

describe('LocalCopy', () => {
  let folder: string;
  let copy: LocalCopy;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smurf-copy-'));
    copy = new LocalCopy(folder);
  });
  afterEach(async () => {
    await copy.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('begins with nothing', async () => {
    expect(await copy.settle()).toEqual({ log: 0, index: 0, messages: 0 });
    const empty = createHash('sha256').digest('hex');
    expect(await copy.digest('log')).toEqual({ bytes: 0, sha256: empty });
  });

  it('appends, and digests what it holds', async () => {
    const bytes = randomBytes(3_000_000);
    await copy.append('log', bytes.subarray(0, 1_000_001));
    await copy.append('log', bytes.subarray(1_000_001));
    expect((await readFile(join(folder, 'output.log'))).equals(bytes)).toBe(true);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(await copy.digest('log')).toEqual({ bytes: bytes.length, sha256 });
  });

  it('cuts off torn records, and leaves the log as it is', async () => {
    await writeFile(join(folder, 'output.log'), 'bytes that no record covers');
    await writeFile(join(folder, 'output.idx'), Buffer.alloc(24 * 3 + 23));
    expect(await copy.settle()).toEqual({ log: 27, index: 72, messages: 0 });
    expect((await readFile(join(folder, 'output.idx'))).length).toBe(72);
  });

  it.each([0, 1, 13, 14, 15, 50, 113])('cuts a torn message off, %d bytes of it', async (torn) => {
    const whole = Buffer.concat([
      message(Buffer.alloc(0)),
      message(randomBytes(1_200_000)),
      message(randomBytes(7)),
    ]);
    const path = join(folder, 'messages.rec');
    await writeFile(path, Buffer.concat([whole, message(randomBytes(100)).subarray(0, torn)]));
    expect((await copy.settle()).messages).toBe(whole.length);
    expect((await readFile(path)).equals(whole)).toBe(true);
    // And again, from where it knows them to be whole.
    const next = message(randomBytes(20));
    await copy.append('messages', next);
    await appendFile(path, next.subarray(0, 20));
    expect((await copy.settle()).messages).toBe(whole.length + next.length);
  });

  it('is put in the place of another', async () => {
    await copy.append('log', Buffer.from('old'));
    await copy.append('messages', message(Buffer.from('old')));
    const anew = new LocalCopy(folder, '.new');
    await anew.append('log', Buffer.from('new'));
    await anew.takePlace();
    expect(await readFile(join(folder, 'output.log'), 'utf8')).toBe('new');
    await expect(readFile(join(folder, 'messages.rec'))).rejects.toThrow('ENOENT');
  });

  it('is moved aside whole', async () => {
    await copy.append('log', Buffer.from('received'));
    await copy.moveAside('.received-1');
    expect(await copy.settle()).toEqual({ log: 0, index: 0, messages: 0 });
    expect(await readFile(join(folder, 'output.log.received-1'), 'utf8')).toBe('received');
  });
});
