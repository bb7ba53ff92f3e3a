import type { ArgumentParserModel } from './argparse-model';
import type { Arguments, Machine, Site } from './machine';
import type { UnknownValue, Value } from './python-value';

/** Calls code that cannot be followed: what it gets of parsers may have more arguments than are read. */
export function callUnknown(machine: Machine, callee: UnknownValue, args: Arguments, site: Site): Value {
  const isHarmless = callee.origin?.split('.')[0] === 'argcomplete';
  const given = isHarmless ? [] : parsersIn(args);
  for (const parser of given) machine.escaped.add(parser);
  if (given.length > 0) machine.notes.at(site.module, site.line, escapeSentence(callee, site));
  return machine.unknown(site, callee.origin);
}

/** The parsers among what a call passes, in lists of it too. */
export function parsersIn(args: Arguments): ArgumentParserModel[] {
  const found = new Set<ArgumentParserModel>();
  const look = (value: Value, depth: number): void => {
    if (value.kind === 'parser') found.add(value.container.parser);
    if (value.kind === 'subparsers') found.add(value.subparsers.parser);
    if (depth > 0 && (value.kind === 'list' || value.kind === 'tuple'))
      value.items.forEach((item) => look(item, depth - 1));
  };
  for (const value of [...args.positional, ...args.keywords.values()]) look(value, 1);
  return [...found];
}

/** Says that arguments may be added where they cannot be seen. */
export function escapeSentence(callee: UnknownValue, site: Site): string {
  const whose =
    callee.origin === null
      ? 'code that cannot be followed'
      : `code of ${callee.origin}, which is not in the script's folder`;
  return `\`${site.text}\` is ${whose}: arguments that it adds are not in this form.`;
}
