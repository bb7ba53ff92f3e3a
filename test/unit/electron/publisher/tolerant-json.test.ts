import { deepStrictEqual } from 'node:assert/strict';
import fc from 'fast-check';
import JSON5 from 'json5';
import { describe, expect, test } from 'vitest';
import { maximumDepth, parseTolerantJson } from '../../../../electron/publisher/tolerant-json';
import type { Json } from '../../../../shared/json';
import { stringifyPythonJson } from '../../../../shared/python-json';

/** Any value a publisher can send. -0 is left out: JSON text made from it is 0. */
const anyNumber = fc.double().map((number) => (Object.is(number, -0) ? 0 : number));
const { json: anyJson } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    anyNumber,
    fc.string({ unit: 'binary' }),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.constantFrom('NaN', 'a NaN "in" text', '-Infinity', '\\'),
    fc.array(tie('json')),
    fc.dictionary(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'NaN', 'constructor')),
      tie('json'),
    ),
  ),
}));

describe('parseTolerantJson', () => {
  test('reads the numbers that Python writes and JSON lacks', () => {
    expect(
      parseTolerantJson('[NaN, Infinity, -Infinity, -1.5e3, "NaN", "-Infinity", {"NaN": null}]'),
    ).toEqual([
      Number.NaN,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      -1500,
      'NaN',
      '-Infinity',
      { NaN: null },
    ]);
    expect(parseTolerantJson(' NaN ')).toBeNaN();
  });

  test.each([
    '',
    '   ',
    '[NaN',
    '[NaN,]',
    '[NaN NaN]',
    '{"a": NaN,}',
    '{a: NaN}',
    "{'a': NaN}",
    '{"a" NaN}',
    '{NaN: 1}',
    '[+Infinity]',
    '[-NaN]',
    '[nan]',
    '[NaNa]',
    '[Infinity1]',
    '[- Infinity]',
    '[NaN] x',
    '[NaN, 01]',
    '[NaN, 1.]',
    '[NaN, .5]',
    '[NaN, 0x10]',
    '[NaN, "a\nb"]',
    '[NaN, "\\x41"]',
    '[NaN, "\\u12g4"]',
    '[NaN, "open',
    '[NaN, "open\\',
    '[NaN /* no comments */]',
    '[NaN, undefined]',
    '[NaN, True]',
    '\ufeff[NaN]',
    '[NaN,\u00a0NaN]',
  ])('refuses %j', (text) => {
    expect(() => parseTolerantJson(text)).toThrow(SyntaxError);
  });

  test('keeps __proto__ as a plain key, whichever way the text is read', () => {
    for (const text of [
      '{"__proto__": {"polluted": 1}, "a": 1}',
      '{"__proto__": {"polluted": NaN}, "a": NaN}',
    ]) {
      const value = parseTolerantJson(text);
      expect(Object.keys(value as object)).toEqual(['__proto__', 'a']);
      expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
      expect((value as { polluted?: unknown }).polluted).toBeUndefined();
    }
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  test.each(['1', 'NaN'])('refuses deep nesting around %s with an error, not a crash', (core) => {
    const nested = (depth: number): string => `${'['.repeat(depth)}${core}${']'.repeat(depth)}`;
    expect(() => parseTolerantJson(nested(maximumDepth))).not.toThrow();
    expect(() => parseTolerantJson(nested(maximumDepth + 1))).toThrow(/nested deeper than 1000 levels/);
    expect(() => parseTolerantJson(nested(32_000))).toThrow(SyntaxError);
    const objects = `${'{"a":'.repeat(10_000)}${core}${'}'.repeat(10_000)}`;
    expect(() => parseTolerantJson(objects)).toThrow(/nested deeper/);
  });

  test('many brackets side by side, or in a text, are not deep', () => {
    const wide = `[${'[],{},'.repeat(5000)}NaN]`;
    expect(parseTolerantJson(wide)).toHaveLength(10_001);
    expect(parseTolerantJson(`["${'[{\\"'.repeat(5000)}", NaN]`)).toHaveLength(2);
  });

  test('gives what JSON.parse gives, with NaN somewhere or not', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const expected: unknown = JSON.parse(text);
        deepStrictEqual(parseTolerantJson(text), expected);
        deepStrictEqual(parseTolerantJson(`[NaN, ${text}]`), [Number.NaN, expected]);
      }),
      { numRuns: 500 },
    );
  });

  test('gives what json5 gives for the numbers that both know', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = stringifyPythonJson(value);
        deepStrictEqual(parseTolerantJson(text), JSON5.parse(text));
      }),
      { numRuns: 500 },
    );
  });

  test('accepts nothing beyond JSON and the three words', () => {
    const pieces = fc.constantFrom(
      'NaN',
      'Infinity',
      '-',
      '[',
      ']',
      '{',
      '}',
      '"',
      'a',
      ':',
      ',',
      '1',
      '.',
      'e',
      '\\',
      ' ',
      'null',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        // Oracle: with each bare word (outside strings) replaced by a number, JSON.parse decides.
        const strict = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?Infinity|NaN/g, (found, at: number) => {
          if (found.startsWith('"')) return found;
          const isolated =
            !/[\w.]/.test(text[at - 1] ?? ' ') && !/[\w.]/.test(text[at + found.length] ?? ' ');
          return isolated ? '0' : '?';
        });
        const accepts = (parse: () => unknown): boolean => {
          try {
            parse();
            return true;
          } catch {
            return false;
          }
        };
        // "-NaN" turns into "-0" for the oracle, which Python never writes.
        fc.pre(!text.includes('-NaN') && !text.includes('--'));
        expect(accepts(() => parseTolerantJson(text))).toBe(accepts(() => JSON.parse(strict)));
      }),
      { numRuns: 5000 },
    );
  });
});
