import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ArgumentForm } from '../../../../shared/arguments/argument-form';
import { buildArguments } from '../../../../shared/arguments/build-arguments';
import { readArguments } from '../../../../shared/arguments/read-arguments';
import { askArgparse, awkwardWord, filledForms } from './forms';

const seed = Number(process.env['FORM_SEED'] ?? 4);
const count = Number(process.env['FORM_COUNT'] ?? 3000);

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
    for (const { form, values, built, answer } of sound) {
      const said = 'error' in answer ? answer.error : answer.values;
      const wanted = 'error' in answer ? 'no error' : pick(answer.expected, answer.values);
      expect(said, JSON.stringify({ words: built.words, values, form })).toEqual(wanted);
    }
  });

  it('are refused by argparse too where the form says that something is missing', () => {
    // Without a positional argument the next one's word takes its place, so that argparse may notice nothing.
    const missing = judged.filter(
      ({ built: { faults } }) =>
        faults.length > 0 && faults.every((fault) => fault.kind === 'missing' && fault.name.startsWith('-')),
    );
    expect(missing.length).toBeGreaterThan(count / 100);
    for (const { form, values, built, answer } of missing) {
      expect(answer, JSON.stringify({ words: built.words, faults: built.faults, values, form })).toHaveProperty('error');
    }
  });
});

/** The namespace of a command that was not chosen is not there; all that was expected has to be. */
function pick(expected: Record<string, string>, values: Record<string, string>): Record<string, string> {
  return { ...values, ...expected };
}

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
    let accepted = 0;
    for (const [index, { form, words }] of typed.entries()) {
      const was = before[index]!;
      if ('error' in was) continue;
      accepted += 1;
      const { values, rest } = readArguments(form, words);
      expect(after[index], JSON.stringify({ words, rest, values, form })).toEqual(was);
    }
    expect(accepted).toBeGreaterThan(count / 50);
  });
});

function spellings(form: ArgumentForm): string[] {
  const own = form.arguments.flatMap((argument) => argument.flags);
  const below = form.commands?.choices.flatMap((choice) => [choice.name, ...spellings(choice.form)]) ?? [];
  return [...own, ...below, '--al', '--alpha=3', '-a5', '-ab', 'zz'];
}
