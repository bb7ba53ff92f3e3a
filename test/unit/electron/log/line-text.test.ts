import { describe, expect, it } from 'vitest';
import { lineText, wholeLineLimit } from '../../../../electron/log/line-text';

function textOf(line: string | Buffer): { text: string; omitted: number } {
  const bytes = Buffer.from(line);
  return lineText(bytes.subarray(0, wholeLineLimit), bytes.subarray(-wholeLineLimit), bytes.length);
}

describe('lineText', () => {
  it.each([
    ['', ''],
    ['\n', ''],
    ['\r\n', ''],
    ['a\n', 'a'],
    ['a\r\n', 'a'],
    ['a\r', 'a\r'],
    ['a\r\r\n', 'a\r'],
    ['50%\r100%\n', '50%\r100%'],
    ['\ufeffa\n', '\ufeffa'],
    ['€ 𝄞\n', '€ 𝄞'],
  ])('%j shows %j', (line, text) => {
    expect(textOf(line)).toEqual({ text, omitted: 0 });
  });

  it('shows invalid bytes as U+FFFD', () => {
    expect(textOf(Buffer.from([0x61, 0xff, 0xe2, 0x82, 0x0a]))).toEqual({
      text: 'a\ufffd\ufffd',
      omitted: 0,
    });
  });

  it.each(['', '\n', '\r\n'])('shows 8 KiB whole when ended by %j', (terminator) => {
    expect(textOf('x'.repeat(8192) + terminator)).toEqual({ text: 'x'.repeat(8192), omitted: 0 });
    expect(textOf('x'.repeat(8193) + terminator)).toEqual({ text: 'x'.repeat(8192), omitted: 1 });
  });

  it('keeps the head of a long line, cut between code points', () => {
    expect(textOf(`${'€'.repeat(5000)}\n`)).toEqual({ text: '€'.repeat(2730), omitted: 15_000 - 8190 });
    expect(textOf(`x${'𝄞'.repeat(5000)}\n`)).toEqual({
      text: `x${'𝄞'.repeat(2047)}`,
      omitted: 20_001 - 8189,
    });
    const invalid = Buffer.alloc(9000, 0x80);
    expect(textOf(invalid)).toEqual({ text: '\ufffd'.repeat(8192), omitted: 808 });
  });

  it('shows a long line that was overwritten as a terminal would, worked out wholly up to 64 KiB', () => {
    expect(textOf(`${'x'.repeat(9000)}\rab\n`)).toEqual({ text: `ab${'x'.repeat(8190)}`, omitted: 808 });
    expect(textOf(`a\r${'x'.repeat(9000)}\n`)).toEqual({ text: 'x'.repeat(8192), omitted: 808 });
    const bar = (step: number): string => `${String(step).padStart(4)} ${'#'.repeat(90)}\r`;
    const states = Array.from({ length: 600 }, (_, step) => bar(step)).join('');
    expect(textOf(`${states}done\n`)).toEqual({ text: `done ${'#'.repeat(90)}`, omitted: 0 });
  });

  it('shows of a longer one what the newest carriage return began', () => {
    const bar = `${'#'.repeat(99)}\r`.repeat(1000);
    const { text, omitted } = textOf(`${bar}done\n`);
    expect(text.endsWith(`${'#'.repeat(99)}\rdone`)).toBe(true);
    expect(text.startsWith('#'.repeat(99))).toBe(true);
    expect(text.length + omitted).toBe(100_004);
    expect(text.length).toBeGreaterThan(8192 - 100);
    expect(textOf(`${'y'.repeat(60_000)}\r${'x'.repeat(9000)}\n`)).toEqual({
      text: 'x'.repeat(8192),
      omitted: 69_001 - 8192,
    });
  });

  it('keeps the head where nothing was overwritten', () => {
    expect(textOf(`${'x'.repeat(9000)}\r\r\n`)).toEqual({ text: 'x'.repeat(8192), omitted: 809 });
    expect(textOf(`${'y'.repeat(10)}\r${'x'.repeat(90_000)}\n`).text.startsWith('yyyyyyyyyy\rxx')).toBe(true);
  });
});
