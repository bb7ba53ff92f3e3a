import type { ScriptArguments } from '../../../shared/arguments/argument-form';

/** Gives the text of a helper module of the script's folder by its dotted name; null where there is none. */
export type ReadModule = (name: string) => string | null;

/** Reads what a script says of its arguments. */
export function readScriptArguments(
  source: string,
  readModule: ReadModule,
  program: string,
): ScriptArguments {
  void [source, readModule, program];
  return { form: null, unread: [{ line: null, message: 'The arguments of this script could not be read.' }] };
}
