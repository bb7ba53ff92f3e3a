import { deepStrictEqual } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTolerantJson } from '../../../electron/publisher/tolerant-json';
import type { Json } from '../../../shared/json';
import { stringifyPythonJson } from '../../../shared/python-json';

const { json: anyJson } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.double().map((number) => (Object.is(number, -0) ? 0 : number)),
    fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY),
    fc.string({ unit: 'binary' }),
    fc.array(tie('json')),
    fc.dictionary(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('__proto__', 'toJSON')),
      tie('json'),
    ),
  ),
}));

describe('stringifyPythonJson', () => {
  test('writes the three words bare, and nothing else differently from JSON', () => {
    const value = {
      a: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null],
      b: 'null',
      c: -1.5,
    };
    expect(stringifyPythonJson(value)).toBe('{"a":[NaN,Infinity,-Infinity,null],"b":"null","c":-1.5}');
    expect(stringifyPythonJson(Number.NaN)).toBe('NaN');
  });

  test('what is written is read back as it was', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const text = stringifyPythonJson(value);
        const readBack = parseTolerantJson(text);
        expect(stringifyPythonJson(readBack)).toBe(text);
        deepStrictEqual(readBack, withPrototypes(value));
      }),
      { numRuns: 1000 },
    );
  });

  test("Python's own json reads it", () => {
    const values = fc.sample(anyJson, { numRuns: 200, seed: 8200 });
    const program = [
      'import json, sys',
      'for line in sys.stdin.buffer.read().decode("utf-8").split("\\n"):',
      '    sys.stdout.write(json.dumps(json.loads(line)) + "\\n")',
    ].join('\n');
    const input = values.map((value) => stringifyPythonJson(value)).join('\n');
    const output = execFileSync('python3', ['-c', program], { input, encoding: 'utf8', maxBuffer: 1e8 });
    const readBack = output
      .trimEnd()
      .split('\n')
      .map((line) => stringifyPythonJson(parseTolerantJson(line)));
    expect(readBack).toEqual(input.split('\n'));
  });
});

/** fast-check makes dictionaries without a prototype; parsed objects have the ordinary one. */
function withPrototypes(value: Json): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => withPrototypes(entry));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withPrototypes(entry)]));
}
