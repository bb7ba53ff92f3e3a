import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { argumentKey } from '../../../../../shared/arguments/argument-values';
import { buildArguments } from '../../../../../shared/arguments/build-arguments';
import { fixtures, readFixture } from './support';

/** What the script gets of these words, as Python writes it, by `dest`. */
function run(words: readonly string[]): Record<string, string> {
  const script = join(fixtures, 'converted_defaults.py');
  return JSON.parse(execFileSync('python3', [script, ...words], { encoding: 'utf8' })) as Record<
    string,
    string
  >;
}

/** What an operator might type who sees the default. */
const typed: Record<string, string[]> = {
  '--mask': ['10'],
  '--mask-text': ['10'],
  '--doubled': ['1', '2'],
  '--untyped': ['10'],
  '--untyped-list': ['1', '2'],
  '--flag': ['False'],
  '--not-flag': ['False'],
  '--bands': ['0'],
  '--bands-text': ['0'],
  '--texts': ['0', '1'],
  '--ints': ['0', '1'],
  '--floats': ['1', '0.5'],
  '--int': ['3'],
  '--rate': ['3'],
  '--names': ['a', 'b'],
  '--path': ['/data/x'],
  '--path-text': ['/data'],
  '--paths': ['/data'],
  '--split': ['0,1'],
};

describe('a default that is typed', () => {
  const { form } = readFixture('converted_defaults');
  const all = form?.arguments ?? [];

  it('is tried for every argument of the script', () => {
    expect(all.map(({ name }) => name)).toEqual(Object.keys(typed));
  });

  it.each(all)('$name gives the script what was typed, left out or not', (argument) => {
    const words = typed[argument.name]!;
    const built = buildArguments(form!, { [argumentKey('', argument)]: { kind: 'words', uses: [words] } });
    expect(built.faults).toEqual([]);
    const wanted = run([argument.name, ...words])[argument.dest]!;
    const given = run(built.words)[argument.dest]!;
    // A tuple in place of a list, and 3 in place of 3.0, are equal to Python.
    expect(equalInPython(given)).toBe(equalInPython(wanted));
  });

  it.each(['--mask-text', '--ints', '--int', '--rate', '--names', '--path', '--paths'])(
    '%s need not be on the command line',
    (name) => {
      const argument = all.find((each) => each.name === name)!;
      const words = typed[name]!;
      const values = { [argumentKey('', argument)]: { kind: 'words' as const, uses: [words] } };
      expect(buildArguments(form!, values).words).toEqual([]);
    },
  );
});

function equalInPython(value: string): string {
  return value.replace(/^\((.*)\)$/, '[$1]').replace(/\b(\d+)\.0\b/g, '$1');
}
