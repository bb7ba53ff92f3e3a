import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatJsonText } from '../../../../renderer/messages/json-text';

/** The text without white space outside strings. */
function bare(text: string): string {
  return (text.match(/"(?:[^"\\]|\\[^])*"|\S/g) ?? []).join('');
}

describe('JSON text made readable', () => {
  it('puts one entry on a line, and short lists on one', () => {
    const text = `{"id": "crate1slot3", "type": "session_data", "payload": {"noise": [41.2, NaN, -Infinity], "note": "a, b: [c]"}}`;
    expect(formatJsonText(text)).toBe(
      [
        '{',
        '  "id": "crate1slot3",',
        '  "type": "session_data",',
        '  "payload": {"noise": [41.2, NaN, -Infinity], "note": "a, b: [c]"}',
        '}',
      ].join('\n'),
    );
  });

  it('fills lines with long lists of values', () => {
    const text = formatJsonText(`[${Array.from({ length: 300 }, (_, index) => index).join(',')}]`);
    const lines = text.split('\n');
    expect(lines.length).toBeLessThan(20);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(101);
    expect(lines[1]).toMatch(/^ {2}0, 1, 2, /);
  });

  it('keeps text whose brackets do not match as it is', () => {
    for (const text of ['{"a": [1}', '[1, 2', ']', '{"a": "unfinished'])
      expect(formatJsonText(text)).toBe(text);
  });

  it('keeps digits, doubled keys and escapes', () => {
    const text = '{"a":1.0,"a":1e400,"b":"\\u00e9\\"x"}';
    expect(bare(formatJsonText(text))).toBe(text);
  });

  it('changes nothing but white space, whatever the value', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const text = JSON.stringify(value);
        const formatted = formatJsonText(text);
        expect(bare(formatted)).toBe(bare(text));
        expect(JSON.parse(formatted)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('stands text nested as deeply as a datagram can hold', () => {
    const text = '['.repeat(32_000) + ']'.repeat(32_000);
    expect(bare(formatJsonText(text))).toBe(text);
  });
});
