import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesPerCheckpoint, LineIndex, linesPerCheckpoint } from '../../../../electron/log/line-index';
import type { WrittenChunk } from '../../../fixtures/log-writer';
import { chunksArbitrary } from './support';

function indexOf(chunks: readonly WrittenChunk[]): LineIndex {
  const index = new LineIndex();
  for (const { bytes, stream } of chunks) index.append(bytes, stream);
  return index;
}

/** The start of each line, by looking at every byte. */
function naiveStarts(chunks: readonly WrittenChunk[]): number[] {
  const starts: number[] = [];
  let offset = 0;
  let before: { byte: number; stream: number } | null = null;
  for (const { bytes, stream } of chunks) {
    for (const byte of bytes) {
      if (before === null || before.byte === 0x0a || before.stream !== stream) starts.push(offset);
      before = { byte, stream };
      offset += 1;
    }
  }
  return starts;
}

describe('LineIndex', () => {
  it('has no lines without bytes', () => {
    const index = new LineIndex();
    index.append(new Uint8Array(0), 1);
    expect([index.lines, index.bytes, index.checkpoints]).toEqual([0, 0, 0]);
  });

  it.each([
    { chunks: [['a\n', 1]], lines: 1 },
    { chunks: [['a', 1]], lines: 1 },
    { chunks: [['a\nb', 1]], lines: 2 },
    { chunks: [['\n\n', 1]], lines: 2 },
    { chunks: [['a\rb\n', 1]], lines: 1 },
    {
      chunks: [
        ['a', 1],
        ['b', 1],
      ],
      lines: 1,
    },
    {
      chunks: [
        ['a', 1],
        ['b', 2],
      ],
      lines: 2,
    },
    {
      chunks: [
        ['a\n', 1],
        ['b\n', 2],
      ],
      lines: 2,
    },
    {
      chunks: [
        ['a', 1],
        ['', 2],
        ['b', 1],
      ],
      lines: 1,
    },
    {
      chunks: [
        ['a', 1],
        ['b', 2],
        ['c\n', 1],
      ],
      lines: 3,
    },
  ] as const)('counts $lines lines in $chunks', ({ chunks, lines }) => {
    const index = new LineIndex();
    for (const [text, stream] of chunks) index.append(Buffer.from(text), stream);
    expect(index.lines).toBe(lines);
  });

  it('has each line near a checkpoint', () => {
    fc.assert(
      fc.property(chunksArbitrary, (chunks) => {
        const index = indexOf(chunks);
        const starts = naiveStarts(chunks);
        expect(index.lines).toBe(starts.length);
        for (const [line, start] of starts.entries()) {
          const { checkpointLine, offset } = index.locate(line);
          if (checkpointLine > line || line - checkpointLine >= linesPerCheckpoint + 1)
            throw new Error(`line ${line}`);
          if (offset > start || start - offset > bytesPerCheckpoint)
            throw new Error(`offset of line ${line}`);
          if (checkpointLine === line && offset !== start) throw new Error(`start of line ${line}`);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has a checkpoint per 64 KiB, the first of a line at its start', () => {
    fc.assert(
      fc.property(chunksArbitrary, (chunks) => {
        const index = indexOf(chunks);
        const starts = naiveStarts(chunks);
        let before = -1;
        for (let checkpoint = 0; checkpoint < index.checkpoints; checkpoint += 1) {
          const line = index.lineAt(checkpoint);
          const offset = index.offsetAt(checkpoint);
          const end = checkpoint + 1 < index.checkpoints ? index.offsetAt(checkpoint + 1) : index.bytes;
          expect(end - offset).toBeGreaterThan(0);
          expect(end - offset).toBeLessThanOrEqual(bytesPerCheckpoint);
          const start = starts[line] ?? Number.NaN;
          const lineEnd = starts[line + 1] ?? index.bytes;
          expect(line === before ? offset > start && offset < lineEnd : offset === start).toBe(true);
          before = line;
        }
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on how the bytes were cut', () => {
    fc.assert(
      fc.property(chunksArbitrary, fc.integer({ min: 1, max: 70_000 }), (chunks, size) => {
        const index = new LineIndex();
        for (const { bytes, stream } of chunks) {
          for (let at = 0; at < bytes.length; at += size) index.append(bytes.subarray(at, at + size), stream);
        }
        expect(index.state()).toEqual(indexOf(chunks).state());
      }),
      { numRuns: 50 },
    );
  });

  it('goes on where a restored one stood', () => {
    fc.assert(
      fc.property(chunksArbitrary, chunksArbitrary, (chunks, later) => {
        const index = LineIndex.restore(indexOf(chunks).state());
        for (const { bytes, stream } of later) index.append(bytes, stream);
        expect(index.state()).toEqual(indexOf([...chunks, ...later]).state());
      }),
      { numRuns: 50 },
    );
  });

  it('keeps a log of a million lines in some hundred kilobytes', () => {
    const index = new LineIndex();
    const lines = Buffer.from(`${'x'.repeat(49)}\n`.repeat(10_000));
    for (let piece = 0; piece < 100; piece += 1) index.append(lines, 1);
    expect(index.lines).toBe(1_000_000);
    expect(index.checkpoints * 16).toBeLessThan(300_000);
  });

  it('refuses a checkpoint that there is not', () => {
    expect(() => new LineIndex().lineAt(0)).toThrow(RangeError);
  });
});
