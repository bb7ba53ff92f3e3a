import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scriptArgumentsSchema } from '../../../../../shared/arguments/argument-form';
import { readScriptArguments } from '../../../../../electron/scripts/argparse/read-script-arguments';
import { fixtureNames, fixtureText, moduleText, read } from './support';

/** Reads anything: it must answer in the contract's shape, which the schema checks. */
function expectAnswer(source: string): void {
  const result = readScriptArguments(source, moduleText, 'script.py');
  expect(scriptArgumentsSchema.parse(result)).toEqual(result);
  expect(result.form !== null || result.unread.length > 0).toBe(true);
}

const tokens = fc.constantFrom(
  ...'parser p = ( ) [ ] { } : , . + - * ** / // % == < if else for in while def class return lambda import from as not and or is try except finally with yield await global nonlocal del raise break continue pass True False None 1 0.5 "a" \'--b\' f"{x}" range(4) argparse.ArgumentParser() add_argument(\'--x\') .add_argument( .parse_args() \n \n    \t # \\'.split(
    ' ',
  ),
  '\n',
  '\n    ',
  'import argparse\nparser = argparse.ArgumentParser()\n',
);

describe('no text makes the reader fail', () => {
  it.each(fixtureNames)('cut anywhere: %s', (name) => {
    const text = fixtureText(name);
    const cuts = Array.from({ length: 60 }, (_, index) => Math.floor((text.length * index) / 60));
    for (const cut of cuts) expectAnswer(text.slice(0, cut));
    for (const cut of cuts.filter((_, index) => index % 6 === 0)) expectAnswer(text.slice(cut));
  });

  it('random texts, bytes and heaps of Python words', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), expectAnswer), { numRuns: 300 });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) =>
        expectAnswer(new TextDecoder('latin1').decode(bytes)),
      ),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.array(tokens, { maxLength: 60 }), (words) => expectAnswer(words.join(' '))),
      { numRuns: 600 },
    );
  });

  it('fixtures with letters changed', () => {
    const changes = fc.array(
      fc.tuple(fc.nat(), fc.constantFrom('(', ')', "'", '"', ':', '\n', ' ', '{', ',', '*', '\0')),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.constantFrom(...fixtureNames), changes, (name, list) => {
        let text = fixtureText(name);
        for (const [position, letter] of list) {
          const at = position % (text.length + 1);
          text = text.slice(0, at) + letter + text.slice(at + 1);
        }
        expectAnswer(text);
      }),
      { numRuns: 300 },
    );
  });

  it.each([
    ['recursion', 'def f(x):\n    return f(x) + f(x)\nf(1)\n'],
    ['endless loop', 'while True:\n    x = 1\n'],
    [
      'nested loops',
      'for a in range(1000):\n  for b in range(1000):\n    for c in range(1000):\n      x = a\n',
    ],
    ['huge power', 'x = 9 ** 9 ** 9 ** 9\ny = "a" * 10 ** 12\nz = [0] * 10 ** 12\nw = 1 << 10 ** 9\n'],
    ['growing text', 'x = "ab"\nfor i in range(1000):\n    x = x + x\n'],
    ['growing list', 'x = [1]\nfor i in range(1000):\n    x += x\n'],
    ['list in itself', 'x = []\nx.append(x)\nprint(str(x))\ny = {}\ny["a"] = y\nprint(f"{y}")\nx == [x]\n'],
    ['class of itself', 'class A(A): pass\nA().x\nclass B: pass\nclass C(B, B): pass\nC().y\n'],
    ['brackets', '('.repeat(100_000)],
    ['brackets in a call', `f${'('.repeat(20_000)}${')'.repeat(20_000)}`],
    ['blocks', Array.from({ length: 2000 }, (_, index) => `${' '.repeat(index)}if x:`).join('\n')],
    ['a long sum', `x = ${Array.from({ length: 20_000 }, () => '1').join(' + ')}\n`],
    [
      'many arguments',
      'import argparse\np = argparse.ArgumentParser()\nfor i in range(1000):\n  for j in range(9):\n    p.add_argument(f"--a{i}-{j}")\np.parse_args()\n',
    ],
    [
      'parser of itself',
      'import argparse\np = argparse.ArgumentParser()\nq = argparse.ArgumentParser(parents=[p, p])\ns = q.add_subparsers()\ns.add_parser("a", parents=[q])\nq.parse_args()\n',
    ],
    [
      'module of itself',
      'import smurf_common\nfrom . import x\nfrom .. import y\nimport __main__\nfrom __main__ import *\n',
    ],
  ])('%s', (_, source) => {
    expectAnswer(source);
  });

  it('refuses what is too large, and says so', () => {
    expect(read('#'.repeat(1024 * 1024 + 1))).toEqual({
      form: null,
      unread: [
        {
          line: null,
          message:
            'The script is larger than 1 MB, so its arguments were not read. Type them under Arguments.',
        },
      ],
    });
  });
});
