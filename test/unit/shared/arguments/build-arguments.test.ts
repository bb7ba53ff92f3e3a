import { describe, expect, it } from 'vitest';
import type { ArgumentValues } from '../../../../shared/arguments/argument-values';
import { buildArguments, composeArguments } from '../../../../shared/arguments/build-arguments';
import { readArguments } from '../../../../shared/arguments/read-arguments';
import { argument, formOf, takes, uses, words } from './forms';

const form = formOf([
  argument('path'),
  argument('--bands -b', {
    action: takes({ value: { type: 'integer' }, choices: ['0', '1', '2'], count: 'some' }),
    default: words('0', '1'),
  }),
  argument('--bias', { action: takes({ value: { type: 'number' } }), default: words('18.0') }),
  argument('--note'),
  argument('-v --verbose', { action: { kind: 'count' } }),
  argument('--no-plot', { action: { kind: 'switch' } }),
  argument('--keep', { action: { kind: 'on-off', off: '--no-keep' }, default: words('True') }),
  argument('--mask', { action: takes({ repeats: true }) }),
]);

const built = (values: ArgumentValues): readonly string[] =>
  buildArguments(form, { '/path': uses(['/data']), ...values }).words;
const faults = (values: ArgumentValues): string[] =>
  buildArguments(form, { '/path': uses(['/data']), ...values }).faults.map(
    ({ name, kind, message }) => `${name} ${kind}: ${message}`,
  );

describe('the words of a form', () => {
  it('hold only what differs from the defaults', () => {
    expect(built({})).toEqual(['/data']);
    expect(built({ '/--bias': uses(['18.0']), '/--keep': { kind: 'on-off', on: true } })).toEqual(['/data']);
    expect(built({ '/--bias': uses(['18']), '/--keep': { kind: 'on-off', on: false } })).toEqual([
      '/data',
      '--bias',
      '18',
      '--no-keep',
    ]);
  });

  it('join a value that begins with a dash to its option, and repeat, count and switch', () => {
    expect(
      built({
        '/--note': uses(['-x y']),
        '/--verbose': { kind: 'count', times: 3 },
        '/--no-plot': { kind: 'switch', given: true },
        '/--mask': uses(['4'], ['-5'], ['a b']),
      }),
    ).toEqual(['/data', '--note=-x y', '-vvv', '--no-plot', '--mask', '4', '--mask=-5', '--mask', 'a b']);
  });

  it('put -- before a place that looks like an option', () => {
    expect(buildArguments(form, { '/path': uses(['-data']), '/--note': uses(['n']) }).words).toEqual([
      '--note',
      'n',
      '--',
      '-data',
    ]);
  });
});

describe('the faults of a form', () => {
  it('name the field and the word', () => {
    expect(faults({ '/--bands': uses(['0', '9']) })).toEqual(['--bands bad: “9” is not one of 0, 1, 2.']);
    expect(faults({ '/--bands': uses(['0x1']) })).toEqual(['--bands bad: “0x1” is not a whole number.']);
    expect(faults({ '/--bias': uses(['soon']) })).toEqual(['--bias bad: “soon” is not a number.']);
    expect(faults({ '/--note': uses(['a\0b']) })).toEqual([
      '--note bad: A word cannot hold a NUL character.',
    ]);
    expect(faults({ '/--mask': uses(['4'], []) })).toEqual(['--mask bad: Needs one value, has 0.']);
    expect(faults({ '/--bands': uses(['00', '1_0']) })).toEqual([
      '--bands bad: “1_0” is not one of 0, 1, 2.',
    ]);
  });

  it('name what is missing, of groups and commands too', () => {
    expect(buildArguments(form, {}).faults).toEqual([
      { key: '/path', name: 'path', kind: 'missing', message: 'Has to be given.' },
    ]);
    const group = formOf([argument('--on', { exclusive: 0 }), argument('--off', { exclusive: 0 })], {
      exclusive: [{ required: true }],
      commands: { name: 'command', required: true, after: 0, choices: [] },
    });
    expect(buildArguments(group, {}).faults.map(({ message }) => message)).toEqual([
      'One of --on, --off has to be given.',
      'Has to be chosen.',
    ]);
    expect(
      buildArguments(group, { '/--on': uses(['1']), '/--off': uses(['2']) })
        .faults.filter(({ kind }) => kind === 'bad')
        .map(({ name }) => name),
    ).toEqual(['--on', '--off']);
  });

  it('say where a command line cannot tell what is meant', () => {
    const lists = formOf([argument('--note', { action: takes({ count: 'any' }) })]);
    expect(buildArguments(lists, { '/--note': uses(['a', '-b']) }).faults).toEqual([
      {
        key: '/--note',
        name: '--note',
        kind: 'bad',
        message: 'A command line takes “-b” for an option here. Give it alone, or without the dash.',
      },
    ]);
    expect(buildArguments(lists, { '/--note': uses(['-b']) })).toEqual({ words: ['--note=-b'], faults: [] });
  });

  it('leave out entries of fields that a changed script has no more, or of another kind', () => {
    expect(built({ '/--gone': uses(['1']), '/--bias': { kind: 'switch', given: true } })).toEqual(['/data']);
  });
});

describe('words that are typed beside the form', () => {
  const missing = (typed: string[], values: ArgumentValues = {}): string[] =>
    composeArguments(form, values, typed).faults.map(({ name }) => name);

  it('come last, as typed, and give what the fields lack', () => {
    expect(composeArguments(form, { '/--note': uses(['n']) }, ['/data', '--bands', '9'])).toEqual({
      words: ['--note', 'n', '/data', '--bands', '9'],
      faults: [],
    });
    expect(missing(['--note', 'n'])).toEqual(['path']);
  });

  it('hold nothing up where they hold what the form does not know', () => {
    expect(missing(['--unread', 'x'])).toEqual([]);
    expect(missing(['--unread'], { '/--bias': uses(['x']) })).toEqual(['--bias']);
  });
});

describe('a command line read into a form', () => {
  it('takes abbreviations, joined words and what repeats', () => {
    expect(
      readArguments(form, [
        '--ban',
        '0',
        '1',
        '--bias=-1',
        '-vv',
        '--no-plot',
        '--mask=a',
        '--mask',
        'b',
        '--',
        '-p',
      ]),
    ).toEqual({
      values: {
        '/--bands': uses(['0', '1']),
        '/--bias': uses(['-1']),
        '/--verbose': { kind: 'count', times: 2 },
        '/--no-plot': { kind: 'switch', given: true },
        '/--mask': uses(['a'], ['b']),
        '/path': uses(['-p']),
      },
      rest: [],
    });
  });

  it('leaves what it does not know, with the words that follow it, for the raw box', () => {
    expect(readArguments(form, ['/data', '--unknown', '1', '2', '--note', 'n'])).toEqual({
      values: { '/path': uses(['/data']), '/--note': uses(['n']) },
      rest: ['--unknown', '1', '2'],
    });
  });

  it('leaves all as typed where unknown words stand before a command', () => {
    const commands = formOf([argument('--slot')], {
      commands: {
        name: 'command',
        required: true,
        after: 0,
        choices: [{ name: 'tune', aliases: ['t'], help: null, form: formOf([argument('--drive')]) }],
      },
    });
    const typed = ['--unread', 't', '--drive', '1'];
    expect(readArguments(commands, ['--slot', '2', 't', '--drive', '1'])).toEqual({
      values: { '/--slot': uses(['2']), '>': { kind: 'command', name: 't' }, '>tune/--drive': uses(['1']) },
      rest: [],
    });
    expect(readArguments(commands, typed)).toEqual({ values: {}, rest: typed });
  });

  it('takes names that JavaScript has for its own', () => {
    const odd = formOf([argument('__proto__'), argument('--constructor')]);
    const { values, rest } = readArguments(odd, ['a', '--constructor', 'b']);
    expect([rest, buildArguments(odd, values).words]).toEqual([[], ['a', '--constructor', 'b']]);
  });
});
