import { mkdtempSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { onTestFinished } from 'vitest';
import { LogFollower } from '../../../../electron/log/log-follower';
import { longLineEnds } from '../../../../electron/log/line-text';
import type { LogLine } from '../../../../shared/ipc/calls/log-calls';
import { overwriteCarriageReturns } from '../../../../shared/terminal-line';
import type { WrittenChunk } from '../../../fixtures/log-writer';

/** An empty folder that goes when the test ends. */
export function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'run-log-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A follower that fails the test on any error, and is closed when the test ends. */
export function makeFollower(folder: string): LogFollower {
  const follower = new LogFollower({
    folder,
    onGrowth: () => undefined,
    onError: ({ message }) => {
      throw new Error(message);
    },
  });
  onTestFinished(() => follower.close());
  return follower;
}

/** The files in a folder that this process holds open, deleted ones included. */
export function openFiles(folder: string): string[] {
  const targets: string[] = [];
  for (const descriptor of readdirSync('/proc/self/fd')) {
    try {
      targets.push(readlinkSync(`/proc/self/fd/${descriptor}`));
    } catch {
      // The descriptor that listed the folder is gone by now.
      continue;
    }
  }
  return targets.filter((target) => target.startsWith(folder));
}

/** The lines of a log by splitting all of it at once: what the index and the reader have to agree with. */
export function naiveLines(chunks: readonly WrittenChunk[]): LogLine[] {
  const lines: LogLine[] = [];
  let open: { bytes: number[]; stream: 1 | 2; time: number | null } | null = null;
  const close = (): void => {
    if (open === null) return;
    lines.push({
      index: lines.length,
      stream: open.stream,
      time: open.time,
      ...naiveText(Buffer.from(open.bytes)),
    });
    open = null;
  };
  for (const { bytes, stream: written, time } of chunks) {
    const stream = time === null ? 1 : written;
    for (const byte of bytes) {
      if (open !== null && (open as { stream: 1 | 2 }).stream !== stream) close();
      open ??= { bytes: [], stream, time };
      open.bytes.push(byte);
      if (byte === 0x0a) close();
    }
  }
  close();
  return lines;
}

function naiveText(bytes: Buffer): { text: string; omitted: number } {
  const terminated = bytes.at(-1) === 0x0a;
  const terminator = terminated ? (bytes.at(-2) === 0x0d ? 2 : 1) : 0;
  const content = bytes.subarray(0, bytes.length - terminator);
  const limit = 8192;
  if (content.length <= limit) return { text: content.toString('utf8'), omitted: 0 };
  if (content.length <= longLineEnds) {
    const shown = overwriteCarriageReturns(content.toString('utf8').replace(/\r+$/, ''));
    if (content.toString('latin1').replace(/\r+$/, '').includes('\r')) {
      const text = shown.slice(0, limit);
      return { text, omitted: Buffer.byteLength(shown) - Buffer.byteLength(text) };
    }
  }
  // What the newest carriage return of the last 64 KiB began; as much of what came before it as fits.
  const last = content.subarray(-longLineEnds).toString('latin1').replace(/\r+$/, '');
  const first = last.indexOf('\r', Math.max(0, last.length - limit));
  const from = first === -1 ? last.lastIndexOf('\r') : first;
  if (from !== -1) {
    const rest = content.subarray(Math.max(0, content.length - longLineEnds) + from + 1);
    return headOf(rest, content.length);
  }
  return headOf(content, content.length);
}

function headOf(content: Buffer, length: number): { text: string; omitted: number } {
  const limit = 8192;
  if (content.length <= limit) return { text: content.toString('utf8'), omitted: length - content.length };
  for (let cut = limit; cut > limit - 4; cut -= 1) {
    const text = new TextDecoder('utf8', { ignoreBOM: true, fatal: false }).decode(content.subarray(0, cut));
    const whole = new TextDecoder('utf8', { ignoreBOM: true, fatal: false }).decode(
      content.subarray(0, cut),
      {
        stream: true,
      },
    );
    // Equal where the cut leaves no unfinished code point behind.
    if (text === whole) return { text, omitted: length - cut };
  }
  throw new Error('no boundary within four bytes');
}

const pieces = ['\n', '\r', '\r\n', 'a', 'word ', 'é', '€', '𝄞', '\x1b[31m'].map((text) => Buffer.from(text));

/** Small bytes of all kinds, code points split between chunks and invalid ones included. */
const fragment = fc
  .array(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...pieces) }, fc.uint8Array({ maxLength: 3 })), {
    maxLength: 30,
  })
  .map((parts) => Buffer.concat(parts));

/** Long stretches, so that checkpoints fall at lines, inside lines and between them. */
const stretch = fc
  .record({
    length: fc.integer({ min: 1, max: 150_000 }),
    filler: fc.constantFrom('x', '€', 'ab\r'),
    ends: fc.boolean(),
  })
  .map(({ length, filler, ends }) => {
    const bytes = Buffer.alloc(length, filler);
    return ends ? Buffer.concat([bytes, Buffer.from('\n')]) : bytes;
  });

const manyLines = fc
  .record({ count: fc.integer({ min: 1, max: 300 }), width: fc.integer({ min: 0, max: 200 }) })
  .map(({ count, width }) => Buffer.from(`${'y'.repeat(width)}\n`.repeat(count)));

/** Output of a script as it reaches the files. */
export const chunksArbitrary: fc.Arbitrary<WrittenChunk[]> = fc
  .array(
    fc.record({
      bytes: fc.oneof({ weight: 5, arbitrary: fragment }, { weight: 3, arbitrary: stretch }, manyLines),
      stream: fc.constantFrom<1 | 2>(1, 1, 2),
      time: fc.integer({ min: 1_000_000_000_000, max: 2_000_000_000_000 }),
    }),
    { maxLength: 40, size: 'max' },
  )
  .map((chunks) => Object.defineProperty(chunks, fc.toStringMethod, { value: () => describeChunks(chunks) }));

/** What a failed property shows of its chunks, which may be long. */
function describeChunks(chunks: readonly WrittenChunk[]): string {
  return chunks
    .map(({ bytes, stream }) => {
      const buffer = Buffer.from(bytes);
      return `${stream}: ${buffer.length} bytes ${JSON.stringify(buffer.toString('latin1', 0, 20))}${buffer.at(-1) === 0x0a ? ' ended' : ''}`;
    })
    .join('\n');
}
