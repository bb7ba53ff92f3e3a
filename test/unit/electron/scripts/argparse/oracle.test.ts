import { describe, expect, it } from 'vitest';
import type { ArgumentForm } from '../../../../../shared/arguments/argument-form';
import { askArgparse, fixtureNames, readFixture } from './support';

/** Modules that are no scripts. */
const modules = new Set(['smurf_common']);
const scripts = fixtureNames.filter((name) => !modules.has(name));

/** Python has no name for a lambda and no other for a method of a class; the form shows what the script says. */
function comparable(form: ArgumentForm): unknown {
  const plain = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(plain);
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value).map(([key, held]) => [key, plain(held)]);
    const made = Object.fromEntries(entries) as Record<string, unknown>;
    const isLambda =
      made['type'] === 'custom' && typeof made['name'] === 'string' && made['name'].startsWith('lambda ');
    return isLambda ? { ...made, name: '<lambda>' } : made;
  };
  return plain(form);
}

describe('a reading equals what argparse itself says', () => {
  it('has at least thirty scripts to tell', () => {
    expect(scripts.length).toBeGreaterThanOrEqual(30);
  });

  it('raises no alarm over what it has read', () => {
    const alarms = scripts.flatMap((name) => readFixture(name).unread.map(({ line }) => `${name} ${line}`));
    // type=bool, and words from files.
    expect(alarms).toEqual(['converted_defaults 21', 'fromfile 4', 'types 32']);
  });

  it.each(scripts)('%s', (name) => {
    const { form } = readFixture(name);
    expect(form).not.toBeNull();
    expect(comparable(form!)).toEqual(askArgparse(name));
  });
});
