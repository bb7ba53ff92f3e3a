import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArgumentForm } from '../../../../shared/arguments/argument-form';
import { buildArguments, writeArguments } from '../../../../shared/arguments/build-arguments';
import { readArguments } from '../../../../shared/arguments/read-arguments';
import { askArgparse, awkwardWord, filledForms } from './forms';

const seed = Number(process.env['FORM_SEED'] ?? 4);
const count = Number(process.env['FORM_COUNT'] ?? 1500);

/** Python's argparse is the judge: what the form writes it reads as it was entered. */
describe('the words of a form, as real argparse reads them', () => {
  const cases = fc.sample(filledForms, { seed, numRuns: count }).map(({ form, values }) => ({
    form,
    values,
    built: buildArguments(form, values),
  }));
  const answers = askArgparse(
    cases.map(({ form, values, built }) => ({ form, words: built.words, entries: values })),
  );
  const judged = cases.map((each, index) => ({ ...each, answer: answers[index]! }));

  it('are what was entered wherever the form names no fault', () => {
    const sound = judged.filter(({ built }) => built.faults.length === 0);
    expect(sound.length).toBeGreaterThan(count / 20);
    const wrong = sound.filter(
      ({ answer }) =>
        'error' in answer ||
        Object.entries(answer.expected).some(([dest, value]) => answer.values[dest] !== value),
    );
    expect(wrong).toEqual([]);
  });

  it('are refused by argparse too where the form says that something is missing', () => {
    // Without a positional argument the next one's word takes its place, so that argparse may notice nothing.
    const missing = judged.filter(
      ({ form, values, built: { faults } }) =>
        faults.length > 0 &&
        writeArguments(form, values).clash === null &&
        faults.every((fault) => fault.kind === 'missing' && fault.name.startsWith('-')),
    );
    expect(missing.length).toBeGreaterThan(count / 100);
    expect(missing.filter(({ answer }) => !('error' in answer))).toEqual([]);
  });
});

describe('a typed command line, read into the form', () => {
  const typed = fc.sample(
    filledForms.chain(({ form, values }) =>
      fc
        .array(fc.oneof(awkwardWord, fc.constantFrom(...spellings(form))), { maxLength: 7 })
        .map((extra) => ({ form, words: [...buildArguments(form, values).words.slice(0, 6), ...extra] })),
    ),
    { seed, numRuns: count },
  );
  const before = askArgparse(typed);
  const after = askArgparse(
    typed.map(({ form, words }) => {
      const { values, rest } = readArguments(form, words);
      return { form, words: [...buildArguments(form, values).words, ...rest] };
    }),
  );

  it('means to argparse what it meant before', () => {
    const accepted = typed
      .map((each, index) => ({ ...each, was: before[index]!, now: after[index]! }))
      .filter(({ was }) => !('error' in was));
    expect(accepted.length).toBeGreaterThan(count / 50);
    const wrong = accepted.filter(({ was, now }) => {
      // A word given twice, first with a value and then without, counts for a group only in its first use.
      const isQuirk = 'error' in now && /^one of the arguments .* is required$/.test(now.error);
      return !isQuirk && JSON.stringify(now) !== JSON.stringify(was);
    });
    expect(wrong).toEqual([]);
  });
});

function spellings(form: ArgumentForm): string[] {
  const own = form.arguments.flatMap((argument) => argument.flags);
  const below = form.commands?.choices.flatMap((choice) => [choice.name, ...spellings(choice.form)]) ?? [];
  return [...own, ...below, '--al', '--alpha=3', '-a5', '-ab', 'zz'];
}
