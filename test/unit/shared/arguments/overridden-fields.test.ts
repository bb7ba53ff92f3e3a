import { describe, expect, it } from 'vitest';
import type { ArgumentValues } from '../../../../shared/arguments/argument-values';
import { overriddenFields } from '../../../../shared/arguments/overridden-fields';
import { argument, formOf, takes, uses, words } from './forms';

const form = formOf([
  argument('--duration -d', { default: words('30') }),
  argument('--bands', { action: takes({ count: 'some' }) }),
  argument('--mask', { action: takes({ repeats: true }) }),
  argument('--verbose -v', { action: { kind: 'count' } }),
  argument('--keep', { action: { kind: 'on-off', off: '--no-keep' } }),
]);
const commands = formOf([argument('--site')], {
  commands: {
    name: 'command',
    required: true,
    after: 0,
    choices: [{ name: 'iv', aliases: [], help: null, form }],
  },
});
const filled: ArgumentValues = {
  '/--duration': uses(['1']),
  '/--bands': uses(['1', '2']),
  '/--mask': uses(['a']),
  '/--verbose': { kind: 'count', times: 1 },
  '/--keep': { kind: 'on-off', on: true },
};

describe('fields that typed words override', () => {
  const overridden = (typed: string, values: ArgumentValues = filled): string[] => [
    ...overriddenFields(form, values, typed === '' ? [] : typed.split(' ')),
  ];

  it.each([
    ['', []],
    ['--duration 4', ['/--duration']],
    ['--dur=4', ['/--duration']],
    ['-d4 --no-keep', ['/--duration', '/--keep']],
    ['--bands 3', ['/--bands']],
    ['--duration 1', []],
    ['--other 4', []],
    ['-- --duration 4', []],
  ])('%s', (typed, keys) => {
    expect(overridden(typed)).toEqual(keys);
  });

  it('are not those of options that add up, or of words that merely follow', () => {
    expect(overridden('--mask b -v')).toEqual([]);
    expect(overridden('3 4', { '/--bands': uses(['1', '2']) })).toEqual([]);
  });

  it('are those that hold the default too, but none that nobody touched', () => {
    expect(overridden('--duration 4', { '/--duration': uses(['30']) })).toEqual(['/--duration']);
    expect(overridden('--duration 4', {})).toEqual([]);
  });

  it('are found among those of the command that is chosen', () => {
    const values: ArgumentValues = {
      '>': { kind: 'command', name: 'iv' },
      '>iv/--duration': uses(['1']),
      '/--site': uses(['here']),
    };
    expect([...overriddenFields(commands, values, ['--duration', '4', '--site', 'there'])]).toEqual([
      '>iv/--duration',
    ]);
  });
});
