import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Argument, ArgumentForm } from '../../../../shared/arguments/argument-form';
import {
  argumentKey,
  commandKey,
  commandPath,
  type ArgumentEntry,
  type ArgumentValues,
} from '../../../../shared/arguments/argument-values';

type ValueAction = Extract<Argument['action'], { kind: 'value' }>;

/** An action that takes words: one text, unless told otherwise. */
export function takes(change: Partial<Omit<ValueAction, 'kind'>> = {}): ValueAction {
  return { kind: 'value', value: { type: 'text' }, choices: null, count: 'one', repeats: false, ...change };
}

/** An option by its spellings, or a positional argument by its name. */
export function argument(names: string, change: Partial<Argument> = {}): Argument {
  const spellings = names.split(' ');
  const isOption = /^[-+]/.test(names);
  const name = spellings.find((flag) => flag.startsWith('--')) ?? spellings[0] ?? '';
  return {
    dest: name.replace(/^[-+]+/, '').replaceAll('-', '_'),
    flags: isOption ? spellings : [],
    name,
    metavar: null,
    action: takes(),
    required: false,
    default: null,
    help: null,
    group: null,
    exclusive: null,
    line: 1,
    ...change,
  };
}

/** A form of these arguments. */
export function formOf(args: readonly Argument[], change: Partial<ArgumentForm> = {}): ArgumentForm {
  return { arguments: args, exclusive: [], commands: null, description: null, ...change };
}

/** A default of these words. */
export function words(...list: string[]): NonNullable<Argument['default']> {
  return { kind: 'words', words: list };
}

/** What was entered into a field that takes words: the words of each use. */
export function uses(...list: string[][]): ArgumentEntry {
  return { kind: 'words', uses: list };
}

/** What argparse says of a command line. */
export type OracleAnswer =
  | { readonly error: string }
  | { readonly values: Record<string, string>; readonly expected: Record<string, string> };

export interface OracleCase {
  readonly form: ArgumentForm;
  readonly words: readonly string[];
  readonly entries?: ArgumentValues;
}

/** Has real Python parse many command lines at once. */
export function askArgparse(cases: readonly OracleCase[]): OracleAnswer[] {
  const output = execFileSync('python3', [join(import.meta.dirname, 'parse-words.py')], {
    input: JSON.stringify(cases),
    maxBuffer: 500_000_000,
    encoding: 'utf8',
  });
  return JSON.parse(output) as OracleAnswer[];
}

/** Words that an operator may type, the awkward ones among them. */
export const awkwardWord = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('a', 'b c', '0', '7', '-5', '-.5', '1e3', 'tune', 'iv') },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '-',
      '-x',
      '--xx',
      '-1e5',
      '--',
      '--alpha',
      '-a',
      '=',
      '-b4',
      '- y',
      '@f',
      'ä€',
    ),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 6 }) },
);

const integerWord = fc.constantFrom('0', '1', '-5', '12', '-0', '1_000', ' 7', '+3');
const numberWord = fc.constantFrom('0.25', '-1.5', '1e3', '-1e5', 'nan', '-inf', '.5', '5.', '-.5', '1_0.0');

const longNames = ['alpha', 'alp', 'beta', 'no-plot', 'x', 'gamma-delta', 'tune'];
const types = ['text', 'integer', 'number'] as const;

interface Made {
  readonly argument: Argument;
  readonly entry: ArgumentEntry | null;
}

const wordsFor = { text: awkwardWord, integer: integerWord, number: numberWord };

const optionCount = fc.constantFrom<ValueAction['count'][]>(
  'one',
  'one',
  'optional',
  'any',
  'some',
  { exactly: 1 },
  { exactly: 2 },
);
const positionalCount = fc.constantFrom<ValueAction['count'][]>('one', 'one', 'optional', 'any', 'some', {
  exactly: 2,
});

function useOf(count: ValueAction['count'], word: fc.Arbitrary<string>): fc.Arbitrary<string[]> {
  if (typeof count === 'object')
    return fc.array(word, { minLength: count.exactly, maxLength: count.exactly });
  const bounds = {
    one: [1, 1],
    optional: [0, 1],
    any: [0, 3],
    some: [1, 3],
    remainder: [1, 3],
  }[count];
  return fc.array(word, { minLength: bounds[0] ?? 0, maxLength: bounds[1] ?? 3 });
}

function valueArgument(dest: string, flags: string[], isLast: boolean): fc.Arbitrary<Made> {
  const isOption = flags.length > 0;
  const counts = isOption
    ? optionCount
    : isLast
      ? fc.oneof(
          { weight: 8, arbitrary: positionalCount },
          { weight: 1, arbitrary: fc.constant('remainder' as const) },
        )
      : positionalCount;
  return fc
    .record({
      type: fc.constantFrom(...types),
      count: counts,
      repeats: fc.boolean(),
      required: fc.integer({ max: 9, min: 0 }),
    })
    .chain(({ type, count, repeats, required }) => {
      const word = wordsFor[type];
      const repeating = isOption && repeats && count !== 'remainder';
      const canHaveDefault = !repeating && (isOption || count === 'optional' || count === 'any');
      const one = count === 'one' || count === 'optional';
      return fc
        .record({
          preset: fc.option(fc.array(word, one ? { minLength: 1, maxLength: 1 } : { maxLength: 2 })),
          hasChoices: fc.boolean(),
          uses: fc.array(useOf(count, word), repeating ? { maxLength: 3 } : { minLength: 1, maxLength: 1 }),
          isTouched: fc.integer({ min: 0, max: 3 }),
          sameAsDefault: fc.integer({ min: 0, max: 5 }),
        })
        .map(({ preset, hasChoices, uses: entered, isTouched, sameAsDefault }): Made => {
          const given = preset !== null && canHaveDefault ? preset : null;
          const all = [...new Set([...entered.flat(), ...(given ?? []), '3'])];
          const same = sameAsDefault === 0 && given !== null && given.length > 0 ? [[...given]] : entered;
          return {
            argument: argument(isOption ? flags.join(' ') : dest, {
              dest,
              action: takes({
                value: { type },
                count,
                repeats: repeating,
                choices: hasChoices && type === 'integer' && count !== 'any' ? all : null,
              }),
              required: isOption && required === 0,
              default: given === null ? null : words(...given),
            }),
            entry: isTouched === 0 ? null : uses(...same),
          };
        });
    });
}

function flagsOf(index: number): fc.Arbitrary<string[]> {
  const long = longNames[index % longNames.length] ?? 'z';
  const short = 'abpqrst'.charAt(index % 7);
  return fc.constantFrom(
    [`--${long}`],
    [`-${short}`, `--${long}`],
    [`-${short}`],
    [`-${short}`, `-${long}x`],
  );
}

function option(prefix: string, index: number): fc.Arbitrary<Made> {
  const dest = `${prefix}o${index}`;
  return flagsOf(index).chain((flags) =>
    fc.oneof(
      { weight: 4, arbitrary: valueArgument(dest, flags, false) },
      {
        weight: 1,
        arbitrary: fc.boolean().map((given): Made => ({
          argument: argument(flags.join(' '), { dest, action: { kind: 'switch' } }),
          entry: given ? { kind: 'switch', given } : null,
        })),
      },
      {
        weight: 1,
        arbitrary: fc.integer({ min: 0, max: 3 }).map((times): Made => ({
          argument: argument(flags.join(' '), { dest, action: { kind: 'count' } }),
          entry: { kind: 'count', times },
        })),
      },
      {
        weight: 1,
        arbitrary: fc
          .record({ on: fc.boolean(), preset: fc.option(fc.boolean()) })
          .map(({ on, preset }): Made => ({
            argument: argument(`--on${index}`, {
              dest,
              action: { kind: 'on-off', off: `--no-on${index}` },
              default: preset === null ? null : words(preset ? 'True' : 'False'),
            }),
            entry: { kind: 'on-off', on },
          })),
      },
    ),
  );
}

/** A form with what was entered into it. */
export interface FilledForm {
  readonly form: ArgumentForm;
  readonly values: ArgumentValues;
}

function level(prefix: string, path: string, mayHaveCommands: boolean): fc.Arbitrary<FilledForm> {
  return fc
    .record({
      options: fc
        .integer({ min: 0, max: 4 })
        .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => option(prefix, index)))),
      positionals: fc
        .integer({ min: 0, max: 3 })
        .chain((count) =>
          fc.tuple(
            ...Array.from({ length: count }, (_, index) =>
              valueArgument(`${prefix}p${index}`, [], index === count - 1 && !mayHaveCommands),
            ),
          ),
        ),
      grouped: fc.integer({ min: 0, max: 3 }),
      isGroupRequired: fc.boolean(),
      commands: mayHaveCommands
        ? fc.option(
            fc.record({
              tune: level(`${prefix}t`, commandPath(path, 'tune'), false),
              iv: level(`${prefix}i`, commandPath(path, 'iv'), false),
              chosen: fc.constantFrom('tune', 'iv', 'take-iv', null),
              required: fc.boolean(),
            }),
          )
        : fc.constant(null),
    })
    .map(({ options, positionals, grouped, isGroupRequired, commands }): FilledForm => {
      const members = options.slice(0, grouped).length > 1 ? grouped : 0;
      const inGroup = (made: Made, index: number): Argument =>
        index < members
          ? {
              ...made.argument,
              exclusive: 0,
              required: false,
              // argparse takes a value that *is* its default for one that was not given.
              default: null,
            }
          : made.argument;
      const all = [...positionals.map((made) => made.argument), ...options.map(inGroup)];
      const made = [...positionals, ...options];
      const values: Record<string, ArgumentEntry> = {};
      for (const [index, each] of made.entries()) {
        const at = all[index];
        if (each.entry !== null && at !== undefined) values[argumentKey(path, at)] = each.entry;
      }
      if (commands !== null) {
        Object.assign(values, commands.tune.values, commands.iv.values);
        if (commands.chosen !== null) values[commandKey(path)] = { kind: 'command', name: commands.chosen };
      }
      return {
        form: formOf(all, {
          exclusive: members > 0 ? [{ required: isGroupRequired }] : [],
          commands:
            commands === null
              ? null
              : {
                  name: 'command',
                  required: commands.required,
                  after: positionals.length,
                  choices: [
                    { name: 'tune', aliases: [], help: null, form: commands.tune.form },
                    { name: 'iv', aliases: ['take-iv'], help: null, form: commands.iv.form },
                  ],
                },
        }),
        values,
      };
    });
}

/** Forms of all kinds, filled in. */
export const filledForms = level('', '', true);
