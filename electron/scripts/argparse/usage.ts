import type { ArgumentParserModel, ReadAction } from './argparse-model';
import { itemsOf } from './python-compare';
import { textOf } from './python-text';

/** The positional arguments as argparse's usage shows them, which is what `prog` of a command begins with. */
export function usageOfPositionals(parser: ArgumentParserModel): string[] {
  return parser.actions.filter((action) => action.flags.length === 0).map(usageOf);
}

function usageOf(action: ReadAction): string {
  const names = metavars(action);
  const [name = action.dest, other = name] = names;
  const { nargs } = action;
  if (nargs.kind === 'integer') {
    return Array.from({ length: Math.min(Number(nargs.value), 20) }, (_, index) => names[index] ?? name).join(
      ' ',
    );
  }
  switch (nargs.kind === 'text' ? nargs.value : '') {
    case '?':
      return `[${name}]`;
    case '*':
      return names.length === 2 ? `[${name} [${other} ...]]` : `[${name} ...]`;
    case '+':
      return `${name} [${other} ...]`;
    case '...':
      return '...';
    default:
      return name;
  }
}

function metavars(action: ReadAction): string[] {
  if (action.metavar.kind === 'text') return [action.metavar.value];
  const several = action.metavar.kind === 'none' ? null : itemsOf(action.metavar);
  if (several !== null) return several.map((item) => textOf(item) ?? '');
  const choices = action.choices.kind === 'none' ? null : itemsOf(action.choices);
  return choices === null ? [action.dest] : [`{${choices.map((choice) => textOf(choice) ?? '').join(',')}}`];
}
