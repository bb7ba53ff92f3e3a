import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArgumentForm, ScriptArguments } from '../../../../../shared/arguments/argument-form';
import type { ModuleText } from '../../../../../electron/scripts/argparse/source-module';
import { readScriptArguments } from '../../../../../electron/scripts/argparse/read-script-arguments';

export const fixtures = join(import.meta.dirname, '../../../../fixtures/scripts/arguments');

/** The names of the fixtures, without `.py`. */
export const fixtureNames = readdirSync(fixtures)
  .filter((file) => file.endsWith('.py'))
  .map((file) => file.slice(0, -3))
  .toSorted();

export function fixtureText(name: string): string {
  return readFileSync(join(fixtures, `${name}.py`), 'utf8');
}

/** Helper modules of the fixtures' folder. */
export function moduleText(name: string): ModuleText | null {
  return fixtureNames.includes(name) ? { text: fixtureText(name), isPackage: false } : null;
}

export function readFixture(name: string): ScriptArguments {
  return readScriptArguments(fixtureText(name), moduleText, `${name}.py`);
}

/** What argparse itself says of a fixture. */
export function askArgparse(name: string): ArgumentForm {
  const oracle = join(import.meta.dirname, '../argparse-oracle.py');
  const out = execFileSync('python3', ['-X', 'utf8', oracle, join(fixtures, `${name}.py`)], {
    encoding: 'utf8',
    // What a script prints while it is asked is of no interest; of a failure it is in the error.
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  return JSON.parse(out) as ArgumentForm;
}

/** Reads a script that is written out in a test. */
export function read(source: string, modules: Record<string, string> = {}): ScriptArguments {
  return readScriptArguments(
    source,
    (name) => {
      const text = modules[name];
      return text === undefined ? null : { text, isPackage: `${name}.__init__` in modules };
    },
    'script.py',
  );
}
