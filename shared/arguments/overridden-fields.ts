import { parseWords } from './argparse-words';
import type { Argument, ArgumentForm } from './argument-form';
import { argumentKey, chosenLevels, type ArgumentValues } from './argument-values';
import { writeArguments } from './build-arguments';
import { markOf, optionsOf } from './word-marks';

/**
 * The keys of the fields whose entry counts for nothing, because words that are typed after those of the form give the
 * same option another value and argparse takes the last one.
 */
export function overriddenFields(
  form: ArgumentForm,
  values: ArgumentValues,
  typed: readonly string[],
): ReadonlySet<string> {
  const overridden = new Set<string>();
  if (typed.length === 0) return overridden;
  const { words } = writeArguments(form, values);
  const alone = parseWords(form, words).values;
  const whole = parseWords(form, [...words, ...typed]).values;
  for (const { path, form: level } of chosenLevels(form, values)) {
    const options = optionsOf(level);
    const named = new Set(
      typed.map((word) => {
        const mark = markOf(options, word);
        return mark.mark === 'option' ? mark.argument : null;
      }),
    );
    for (const argument of level.arguments) {
      const key = argumentKey(path, argument);
      if (values[key] === undefined || whole[key] === undefined) continue;
      if (!named.has(argument) || !lastCounts(argument)) continue;
      if (JSON.stringify(whole[key]) !== JSON.stringify(alone[key])) overridden.add(key);
    }
  }
  return overridden;
}

/** Whether an option that is given twice takes the last value, rather than both. */
function lastCounts({ action }: Argument): boolean {
  if (action.kind === 'value') return !action.repeats && action.count !== 'remainder';
  return action.kind === 'on-off';
}
