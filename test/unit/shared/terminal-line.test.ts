import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overwriteCarriageReturns, parseSgr } from '../../../shared/terminal-line';
import { plainStyle, type TerminalStyle } from '../../../shared/terminal-style';

/** The characters of a line as they are shown, without styles. */
function shown(text: string): string {
  return parseSgr(overwriteCarriageReturns(text))
    .map((part) => part.text)
    .join('');
}

function styled(text: string): [string, Partial<TerminalStyle>][] {
  return parseSgr(text).map((part) => [part.text, changes(part.style)]);
}

/** What differs from the plain style. */
function changes(style: TerminalStyle): Partial<TerminalStyle> {
  return Object.fromEntries(
    Object.entries(style).filter(([name, value]) => value !== plainStyle[name as keyof TerminalStyle]),
  );
}

describe('overwriteCarriageReturns', () => {
  it.each([
    ['', ''],
    ['plain', 'plain'],
    ['10%\r20%', '20%'],
    ['abcdef\rXY', 'XYcdef'],
    ['abc\r', 'abc'],
    ['abc\r\r\r', 'abc'],
    ['\rabc', 'abc'],
    ['long text\rshort\x1b[K', 'short'],
    ['long text\r\x1b[Kshort', 'short'],
    ['long text\r\x1b[2Kshort', 'short'],
    ['long text\x1b[2K\rok', 'ok'],
    ['long text\x1b[2Kok', '         ok'],
    ['abcdef\rabc\x1b[1K', '    ef'],
    ['abcdef\rabc\x1b[1KX', '   Xef'],
    ['abc\x1b[1K', ''],
    ['abc\x1b[3K\rX', 'Xbc'],
    ['abc\b\bX', 'aXc'],
    ['\b\bX', 'X'],
    ['-\b\\\b|\b/', '/'],
    ['\x1b[31mred\x1b[0m\rXY', 'XYd'],
    ['\x1b[32m####\x1b[0m 50%\r\x1b[32m########\x1b[0m', '########'],
    ['a\tb\rX', 'X       b'],
    ['abcdefghij\r\tX', 'abcdefghXj'],
    ['𝄞𝄞\ra', 'a𝄞'],
    ['e\u0301x\ra', 'ax'],
    ['\u0301\rx', 'x'],
    ['abc\x1b]0;title\x07\rX', 'Xbc'],
    ['abc\x1b[5C\x1b[A\rX', 'Xbc'],
    ['\x00\x07b\r', '␀b'],
    ['\x1b\r[31mX', '[31mX'],
  ])('%j shows %j', (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it('returns what needs nothing as it is', () => {
    const text = 'a\tb \x1b[31mred\x1b[0m \x1b[5C';
    expect(overwriteCarriageReturns(text)).toBe(text);
  });

  it('keeps the style of each character that stays', () => {
    expect(styled(overwriteCarriageReturns('\x1b[31mred red\x1b[0m\r\x1b[1;38;2;1;2;3mab\x1b[0m-'))).toEqual([
      ['ab', { bold: true, color: { kind: 'rgb', red: 1, green: 2, blue: 3 } }],
      ['-', {}],
      [' red', { color: { kind: 'index', index: 1 } }],
    ]);
  });

  it('shows a progress bar of tqdm as its last state', () => {
    const frames = ['  0%|          | 0/10', ' 50%|█████     | 5/10', '100%|██████████| 10/10'];
    expect(shown(frames.map((frame) => `\r${frame}`).join(''))).toBe('100%|██████████| 10/10');
  });
});

describe('parseSgr', () => {
  it.each<[string, [string, Partial<TerminalStyle>][]]>([
    ['', []],
    ['plain', [['plain', {}]]],
    ['\x1b[0m', []],
    [
      '\x1b[1mb\x1b[22mn',
      [
        ['b', { bold: true }],
        ['n', {}],
      ],
    ],
    [
      '\x1b[2;3;4;7ma\x1b[23;24;27mb',
      [
        ['a', { dim: true, italic: true, underline: true, inverse: true }],
        ['b', { dim: true }],
      ],
    ],
    [
      '\x1b[31mr\x1b[mn',
      [
        ['r', { color: { kind: 'index', index: 1 } }],
        ['n', {}],
      ],
    ],
    [
      '\x1b[31;42ma\x1b[39mb\x1b[49mc',
      [
        ['a', { color: { kind: 'index', index: 1 }, background: { kind: 'index', index: 2 } }],
        ['b', { background: { kind: 'index', index: 2 } }],
        ['c', {}],
      ],
    ],
    [
      '\x1b[97;100ma',
      [['a', { color: { kind: 'index', index: 15 }, background: { kind: 'index', index: 8 } }]],
    ],
    ['\x1b[38;5;208ma', [['a', { color: { kind: 'index', index: 208 } }]]],
    ['\x1b[38:5:208ma', [['a', { color: { kind: 'index', index: 208 } }]]],
    [
      '\x1b[48;2;10;20;30;1ma',
      [['a', { background: { kind: 'rgb', red: 10, green: 20, blue: 30 }, bold: true }]],
    ],
    ['\x1b[38:2::10:20:30ma', [['a', { color: { kind: 'rgb', red: 10, green: 20, blue: 30 } }]]],
    ['\x1b[38:2:10:20:30;1ma', [['a', { color: { kind: 'rgb', red: 10, green: 20, blue: 30 }, bold: true }]]],
    ['\x1b[38;5;256;1ma', [['a', { bold: true }]]],
    ['\x1b[38;5ma', [['a', {}]]],
    ['\x1b[38ma', [['a', {}]]],
    ['\x1b[58;5;1;3ma', [['a', { italic: true }]]],
    [
      '\x1b[4:3ma\x1b[4:0mb',
      [
        ['a', { underline: true }],
        ['b', {}],
      ],
    ],
    ['\x1b[21ma', [['a', { underline: true }]]],
    ['\x1b[5;8;9;53ma', [['a', {}]]],
    ['\x1b[>4;1ma\x1b[?1mb\x1b[1 mc', [['abc', {}]]],
    ['a\x1b[31m\x1b[0mb', [['ab', {}]]],
  ])('%j', (text, expected) => {
    expect(styled(text)).toEqual(expected);
  });

  it.each([
    ['a\x1b[2Jb\x1b[10;20Hc\x1b[?25ld', 'abcd'],
    ['a\x1b]0;title\x07b\x1b]8;;http://x\x1b\\c', 'abc'],
    ['a\x1bP1$r0m\x1b\\b\x1b(Bc\x1b7d\x1b=e', 'abcde'],
    ['a\x1b]0;no end', 'a0;no end'],
    ['a\x1b[31', 'a'],
    ['a\x1b[31€b', 'a€b'],
    ['a\x1b', 'a␛'],
    ['a\x1b€', 'a␛€'],
    ['a\x00b\x01c\x7fd', 'a␀b␁c␡d'],
    ['a\x07b\x0ec\x0fd', 'abcd'],
    ['a\x85b\x9bc', 'abc'],
    ['a\rb\nc', 'a␍b␊c'],
    ['\tx', '        x'],
    ['ab\tx', 'ab      x'],
    ['12345678\tx', '12345678        x'],
    ['\x1b[31m12\x1b[0m3\tx', '123     x'],
    ['𝄞\tx', '𝄞       x'],
  ])('%j has the text %j', (text, expected) => {
    expect(
      parseSgr(text)
        .map((part) => part.text)
        .join(''),
    ).toBe(expected);
  });
});

const token = fc.oneof(
  fc.constantFrom(
    '\r',
    '\b',
    '\t',
    '\n',
    '\x1b',
    '\x1b[',
    '\x1b]',
    '\x1b\\',
    '\x07',
    '\x9b',
    'm',
    'K',
    ';',
    ':',
    '€',
    '𝄞',
  ),
  fc.constantFrom(
    '\x1b[K',
    '\x1b[1K',
    '\x1b[2K',
    '\x1b[31m',
    '\x1b[0m',
    '\x1b[1m',
    '\x1b[38;2;255;255;255m',
    '\u0301',
  ),
  fc.string({ maxLength: 5 }),
);
const anyText = fc.array(token, { maxLength: 200 }).map((tokens) => tokens.join(''));

describe('any text', () => {
  it('is shown without control characters, in a size bounded by its own', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const overwritten = overwriteCarriageReturns(text);
        expect(overwritten.length).toBeLessThanOrEqual(60 * text.length);
        const line = parseSgr(overwritten);
        const characters = line.map((part) => part.text).join('');
        // oxlint-disable-next-line no-control-regex -- what must not be there
        expect(characters).not.toMatch(/[\x00-\x1f\x7f-\x9f]/);
        expect(characters.length).toBeLessThanOrEqual(8 * text.length);
        for (const part of line) expect(part.text).not.toBe('');
      }),
      { numRuns: 2000 },
    );
  });

  it('is overwritten once and for all', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = overwriteCarriageReturns(text);
        expect(overwriteCarriageReturns(once)).toBe(once);
      }),
      { numRuns: 1000 },
    );
  });

  it('is overwritten as by a screen of one line', () => {
    const plain = fc.array(fc.constantFrom('a', 'bc', '\r', '\b', '\t', '\x1b[K', '\x1b[1K', '\x1b[2K'), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(plain, (tokens) => {
        // A final `\r` changes nothing, and takes text without the three through the same path.
        expect(shown(`${tokens.join('')}\r`)).toBe(screenOf(tokens));
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    '\r',
    '\x1b',
    '\x1b[',
    '\x1b]',
    '\x1b]0;',
    '\x1b[2Kx',
    '\x1b[1Kx',
    'x\r\x1b[31m',
    '\x1b[38;5;',
    'a\u0301',
    '\b',
    '\x1b ',
  ])('takes a megabyte of %j', (unit) => {
    // Work that grew with the square of the length would run into the limit of the test by far.
    const text = `${unit.repeat(1_000_000 / unit.length)}\r`;
    expect(parseSgr(overwriteCarriageReturns(text)).length).toBeLessThanOrEqual(text.length);
  });
});

/** The same on an array of columns, erased column by column. */
function screenOf(tokens: readonly string[]): string {
  const columns: string[] = [];
  let column = 0;
  const blank = (from: number, to: number): void => {
    for (let at = from; at < Math.min(to, columns.length); at += 1) columns[at] = ' ';
  };
  for (const character of tokens) {
    if (character === '\r') column = 0;
    else if (character === '\b') column = Math.max(0, column - 1);
    else if (character === '\t') column += 8 - (column % 8);
    else if (character === '\x1b[K') blank(column, Infinity);
    else if (character === '\x1b[1K') blank(0, column + 1);
    else if (character === '\x1b[2K') blank(0, Infinity);
    else {
      for (const letter of character) {
        while (columns.length < column) columns.push(' ');
        columns[column] = letter;
        column += 1;
      }
    }
  }
  return columns.join('').trimEnd();
}
