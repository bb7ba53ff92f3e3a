import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { copyLimit, copyLines, lineRange, rowRange, saveLines } from '../../../../electron/log/log-export';
import { readLineDetail } from '../../../../electron/log/line-detail';
import { LogReader } from '../../../../electron/log/log-reader';
import { failure, success } from '../../../../shared/result';
import { LogWriter, type WrittenChunk } from '../../../fixtures/log-writer';
import { chunksArbitrary, makeFolder, makeFollower } from './support';

async function openLog(chunks: readonly WrittenChunk[]) {
  const folder = makeFolder();
  const writer = new LogWriter(folder);
  for (const chunk of chunks) writer.writeChunk(chunk);
  writer.close();
  const follower = makeFollower(folder);
  await follower.finish();
  const reader = new LogReader(folder, follower);
  onTestFinished(() => reader.close());
  return { folder, follower, reader };
}

const text = (bytes: string): WrittenChunk => ({ bytes: Buffer.from(bytes), stream: 1, time: 1_000 });

describe('saving lines', () => {
  it('writes a range byte for byte, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(chunksArbitrary, fc.nat(), fc.nat(), async (chunks, one, other) => {
        const { folder, follower, reader } = await openLog(chunks);
        const whole = Buffer.concat(chunks.map(({ bytes }) => Buffer.from(bytes)));
        const path = join(folder, 'saved.log');
        const all = await saveLines(path, reader, lineRange(0, follower.lines - 1), 'raw');
        expect(all).toEqual(success(whole.length));
        expect(readFileSync(path).equals(whole)).toBe(true);
        const lines = Math.max(1, follower.lines);
        const [first, last] = [one % lines, other % lines].toSorted((a, b) => a - b) as [number, number];
        await saveLines(path, reader, lineRange(first, last), 'raw');
        const spans = follower.lines === 0 ? [] : await reader.readSpans(first, last - first + 1);
        const expected = whole.subarray(spans[0]?.start ?? 0, spans.at(-1)?.end ?? 0);
        expect(readFileSync(path).equals(expected)).toBe(true);
        expect(readdirSync(folder)).toHaveLength(whole.length === 0 ? 3 : 4);
        await reader.close();
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('writes what is shown, and only the rows that are asked for', async () => {
    const { folder, reader } = await openLog([
      text('a\n\u001B[31mred\u001B[0m\r\n50%\r100%\n'),
      { ...text('err'), stream: 2 },
    ]);
    const path = join(folder, 'saved.txt');
    await saveLines(path, reader, lineRange(0, 3), 'shown');
    expect(readFileSync(path, 'utf8')).toBe('a\nred\n100%\nerr\n');
    const ask = async (first: number, count: number) => success([0, 1, 3].slice(first, first + count));
    await saveLines(path, reader, rowRange(1, 2, ask), 'shown');
    expect(readFileSync(path, 'utf8')).toBe('red\nerr\n');
    await saveLines(path, reader, rowRange(0, 2, ask), 'raw');
    expect(readFileSync(path, 'utf8')).toBe('a\n\u001B[31mred\u001B[0m\r\nerr');
  });

  it.each([
    ['ended', '\n'],
    ['unfinished', ''],
  ])('writes an %s line of megabytes whole, without its colours, in pieces', async (_, ending) => {
    // Pieces of 1 MiB end within a colour, and within a code point.
    const line = `${'é'.repeat(524_286)}\u001B[31mx${'𝄞'.repeat(300_000)}\u001B[0m end`;
    const { folder, reader } = await openLog([text(`before\n${line}${ending}`)]);
    const path = join(folder, 'saved.txt');
    await saveLines(path, reader, lineRange(0, 1), 'shown');
    const saved = readFileSync(path, 'utf8');
    expect(saved.length).toBe(7 + 524_286 + 1 + 600_000 + 4 + 1);
    expect(saved.replace(/é+/, '…').replace(/(?:𝄞)+/u, '♪')).toBe('before\n…x♪ end\n');
  });

  it('writes of a line that was overwritten for megabytes what stands at its end', async () => {
    const bars = Array.from({ length: 60_000 }, (_, at) => `${at} of 60000 [#########]`);
    const { folder, reader } = await openLog([text(`${bars.join('\r')}\r\ndone\n`)]);
    const path = join(folder, 'saved.txt');
    await saveLines(path, reader, lineRange(0, 1), 'shown');
    expect(readFileSync(path, 'utf8')).toBe('59999 of 60000 [#########]\ndone\n');
  });

  it('leaves an older file as it is, and nothing else, where it fails', async () => {
    const { folder, reader } = await openLog([text('a\n')]);
    const path = join(folder, 'saved.txt');
    writeFileSync(path, 'older');
    const broken = rowRange(0, 5, async () => failure('log-search-ended', 'gone'));
    expect(await saveLines(path, reader, broken, 'raw')).toEqual(failure('log-search-ended', 'gone'));
    expect(readFileSync(path, 'utf8')).toBe('older');
    const short = rowRange(0, 5, async () => success([0]));
    expect(await saveLines(path, reader, short, 'raw')).toMatchObject({
      ok: false,
      error: { code: 'log-rows-changed' },
    });
    expect(readFileSync(path, 'utf8')).toBe('older');
    const elsewhere = join(folder, 'absent', 'x.log');
    const refused = await saveLines(elsewhere, reader, lineRange(0, 0), 'raw');
    expect(refused).toMatchObject({ ok: false, error: { code: 'file-not-written' } });
    expect(JSON.stringify(refused)).toContain(elsewhere);
    const taken = join(folder, 'taken');
    mkdirSync(taken);
    expect(await saveLines(taken, reader, lineRange(0, 0), 'raw')).toMatchObject({ ok: false });
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});

describe('copying lines', () => {
  it('gives the shown text without the last line feed', async () => {
    const { reader } = await openLog([text('one\n\u001B[1mtwo\u001B[0m\nthree\n')]);
    expect(await copyLines(reader, lineRange(0, 1))).toEqual(success('one\ntwo'));
  });

  it('refuses more than can be copied', async () => {
    const { reader } = await openLog([
      text(`${'x'.repeat(copyLimit / 2)}\n`),
      text(`${'y'.repeat(copyLimit / 2)}\n`),
    ]);
    expect(await copyLines(reader, lineRange(0, 0))).toMatchObject({ ok: true });
    expect(await copyLines(reader, lineRange(0, 1))).toMatchObject({
      ok: false,
      error: { code: 'log-copy-too-large' },
    });
  });
});

describe('a line in parts', () => {
  it('is the whole line, code points and all', async () => {
    const line = `x${'€'.repeat(100_000)}\u001B[31m\r100%`;
    const { reader } = await openLog([text(`first\n${line}\r\n`), text('last')]);
    const parts: string[] = [];
    for (let part = 0; ; part += 1) {
      const detail = await readLineDetail(reader, 1, part);
      if (!detail.ok) throw new Error(detail.error.message);
      expect(detail.value).toMatchObject({ line: 1, stream: 1, time: 1_000, part, parts: 5 });
      expect(detail.value.bytes).toBe(Buffer.byteLength(line) + 2);
      parts.push(detail.value.text);
      if (part === detail.value.parts - 1) break;
    }
    expect(parts.join('')).toBe(line);
    expect(await readLineDetail(reader, 2, 7)).toMatchObject({ value: { part: 0, parts: 1, text: 'last' } });
    expect(await readLineDetail(reader, 3, 0)).toMatchObject({ error: { code: 'log-line-unknown' } });
  });
});
