import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinCommandLine, quoteWord, splitCommandLine } from '../../../../renderer/run/command-line';

/** The words that a real POSIX shell makes of a line without expansions in it. */
function shellWords(line: string): string[] {
  const out = execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' });
  return out.split('\0').slice(0, -1);
}

describe('splitting a command line', () => {
  it.each([
    '--band 4 --step 0.025',
    '  a\t b   ',
    "'two words' x",
    '"two words" x',
    String.raw`two\ words x`,
    String.raw`"a\"b" 'a\b'`,
    String.raw`"a\\b" a\\b 'a\\b'`,
    String.raw`'a\\b'"x\\y"`,
    String.raw`"a\$b \x"`,
    `pre'mid'"post"`,
    `'' "" a''b`,
    `'it'\\''s'`,
    'a\\\nb "c\\\nd"',
    `"a\nb"`,
    '--name=été "µV"',
  ])('makes the words of %j that the shell makes', (line) => {
    expect(splitCommandLine(line)).toEqual({ ok: true, value: shellWords(line) });
  });

  it.each([
    ['', []],
    ['   ', []],
    ['$HOME ${X} $(id)', ['$HOME', '${X}', '$(id)']],
    ['*.py [0-9]?', ['*.py', '[0-9]?']],
    ['a # b', ['a', '#', 'b']],
    ['a > b | c; d &', ['a', '>', 'b', '|', 'c;', 'd', '&']],
    [`$'a\\n'`, ['$a\\n']],
  ])('expands nothing in %j', (line, words) => {
    expect(splitCommandLine(line)).toEqual({ ok: true, value: words });
  });

  it.each([
    [`--note "two words`, 'unclosed-quote', 'double quote before “two words”'],
    [`it's`, 'unclosed-quote', 'single quote before “s”'],
    ['"a\\', 'unclosed-quote', 'double quote'],
    ['a \\', 'trailing-backslash', 'backslash'],
  ])('refuses %j', (line, code, said) => {
    const split = splitCommandLine(line);
    expect(split).toMatchObject({ ok: false, error: { code } });
    expect(split.ok ? '' : split.error.message).toContain(said);
  });
});

describe('writing a command line', () => {
  it('leaves plain words as they are and quotes the others', () => {
    expect(joinCommandLine(['take_iv.py', '--bands', '0', 'two words', '', "it's", '$HOME'])).toBe(
      `take_iv.py --bands 0 'two words' '' 'it'\\''s' '$HOME'`,
    );
    expect(quoteWord('--step=0.025,1:2')).toBe('--step=0.025,1:2');
  });

  it('is read back unchanged, whatever the words', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (words) => {
        expect(splitCommandLine(joinCommandLine(words))).toEqual({ ok: true, value: words });
      }),
    );
  });
});
