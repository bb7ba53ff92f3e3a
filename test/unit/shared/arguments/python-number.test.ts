import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPythonInteger, isPythonNumber } from '../../../../shared/arguments/python-number';

const ask = `
import json, sys
def takes(convert, word):
    try:
        convert(word)
        return True
    except ValueError:
        return False
json.dump([[takes(int, word), takes(float, word)] for word in json.load(sys.stdin)], sys.stdout)
`;

describe('numbers as Python reads them', () => {
  it('are those that real int() and float() take', () => {
    const part = fc.constantFrom(
      '0',
      '1',
      '9',
      '_',
      '.',
      'e',
      'E',
      '+',
      '-',
      'x',
      ' ',
      '\t',
      '\n',
      '\u00a0',
      '\ufeff',
      '\u001c',
      '\u0085',
      'nan',
      'inf',
      'Infinity',
      '٣',
      '\u2028',
      'ⅷ',
      '²',
    );
    const texts = [
      '',
      '0x10',
      '1e3',
      '1_000',
      '1__0',
      '_1',
      '1_',
      '1_.0',
      '1._0',
      '.5',
      '5.',
      '.',
      '1e5_0',
      '-nan',
      ...fc
        .sample(fc.array(part, { maxLength: 5 }), { seed: 4, numRuns: 8000 })
        .map((parts) => parts.join('')),
    ];
    const answer = execFileSync('python3', ['-c', ask], { input: JSON.stringify(texts), encoding: 'utf8' });
    const python = JSON.parse(answer) as [boolean, boolean][];
    const wrong = texts.filter(
      (text, at) => isPythonInteger(text) !== python[at]![0] || isPythonNumber(text) !== python[at]![1],
    );
    expect(wrong).toEqual([]);
    expect(python.filter(([, number]) => number).length).toBeGreaterThan(200);
  });
});
