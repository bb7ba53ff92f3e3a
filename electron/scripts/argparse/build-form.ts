import type { Argument, ArgumentCommands, ArgumentForm } from '../../../shared/arguments/argument-form';
import { allFlags, type ArgumentParserModel, type ReadAction, type Subparsers } from './argparse-model';
import { defaultOf, formAction } from './form-values';
import { filledHelp, shownText } from './help-text';
import type { Machine } from './machine';
import { itemsOf } from './python-compare';
import { textOf } from './python-text';
import type { Region, Value } from './python-value';

/** Commands within commands that a form has at most. */
const deepestCommands = 8;

/** What a form shows of a parser. Sentences on what it cannot show are noted. */
export function buildForm(machine: Machine, parser: ArgumentParserModel, depth = 0): ArgumentForm {
  const shown = parser.actions.filter((action) => !['help', 'version', 'parsers'].includes(action.kind));
  const groups = parser.exclusives.filter((group) =>
    shown.some((action) => parser.exclusiveOf.get(action) === group),
  );
  const forms = shown.map((action): Argument => {
    const group = parser.exclusiveOf.get(action);
    const exclusive = group === undefined ? -1 : groups.indexOf(group);
    return argumentOf(machine, parser, action, exclusive < 0 ? null : exclusive);
  });
  noteConditions(machine, parser.actions);
  const commands = parser.actions.find((action) => action.kind === 'parsers');
  return {
    arguments: forms,
    exclusive: groups.map(({ required }) => ({ required })),
    commands:
      commands?.subparsers === undefined || commands.subparsers === null
        ? null
        : commandsOf(machine, parser, commands, commands.subparsers, depth),
    description: descriptionOf(parser),
  };
}

function argumentOf(
  machine: Machine,
  parser: ArgumentParserModel,
  action: ReadAction,
  exclusive: number | null,
): Argument {
  const name = nameOf(parser, action);
  const form = formAction(machine, action, name);
  return {
    dest: action.dest,
    flags: action.flags,
    name,
    metavar: metavarOf(action.metavar),
    action: form,
    required: action.required,
    default: defaultOf(action, form),
    help: helpOf(machine, parser, action, name),
    group: parser.titles.get(action) ?? null,
    exclusive,
    line: action.line,
  };
}

function nameOf(parser: ArgumentParserModel, action: ReadAction): string {
  const isPrefix = (letter: string | undefined): boolean =>
    letter !== undefined && parser.prefixes.includes(letter);
  const long = action.flags.find((flag) => isPrefix(flag[0]) && isPrefix(flag[1]));
  return long ?? action.flags[0] ?? metavarOf(action.metavar) ?? action.dest;
}

function metavarOf(metavar: Value): string | null {
  if (metavar.kind === 'none') return null;
  if (metavar.kind === 'text') return metavar.value;
  const words = itemsOf(metavar)?.map(textOf) ?? [null];
  return words.every((word) => word !== null) && words.length > 0 ? words.join(' ') : null;
}

function helpOf(
  machine: Machine,
  parser: ArgumentParserModel,
  action: ReadAction,
  name: string,
): string | null {
  if (action.help.kind === 'unknown') {
    machine.notes.at(
      action.module,
      action.line,
      `The help text of ${name} is not known before the script runs.`,
    );
  }
  const help = filledHelp(action, parser.program);
  return help === null ? null : shownText(help, parser.keepsLines === 'all');
}

function descriptionOf(parser: ArgumentParserModel): string | null {
  const { description } = parser;
  if (description.kind !== 'text') return null;
  const filled = description.value.includes('%(prog)')
    ? description.value.replaceAll('%(prog)s', () => parser.program).replaceAll('%%', '%')
    : description.value;
  return shownText(filled, parser.keepsLines !== 'nothing');
}

function commandsOf(
  machine: Machine,
  parser: ArgumentParserModel,
  action: ReadAction,
  subparsers: Subparsers,
  depth: number,
): ArgumentCommands | null {
  if (depth >= deepestCommands) {
    machine.notes.at(action.module, action.line, 'Commands within commands go deeper than is read.');
    return null;
  }
  const before = parser.actions.slice(0, parser.actions.indexOf(action));
  return {
    name: subparsers.dest ?? subparsers.metavar ?? subparsers.title ?? 'command',
    required: subparsers.required,
    after: before.filter((held) => held.flags.length === 0).length,
    choices: subparsers.commands.map(({ name, aliases, help, parser: own }) => ({
      name,
      aliases: [...aliases],
      help:
        help.kind === 'text' && help.value !== '==SUPPRESS=='
          ? shownText(help.value.replaceAll('%%', '%'), false)
          : null,
      form: buildForm(machine, own, depth + 1),
    })),
  };
}

/** Says which arguments are there only under a condition that is not known here. */
function noteConditions(machine: Machine, actions: readonly ReadAction[]): void {
  const byRegion = new Map<Region, string[]>();
  for (const action of actions) {
    if (action.region === null) continue;
    const names = byRegion.get(action.region) ?? [];
    names.push(allFlags(action)[0] ?? action.dest);
    byRegion.set(action.region, names);
  }
  for (const [{ module, line, condition }, names] of byRegion) {
    const isOne = names.length === 1;
    const listed =
      names.length > 12 ? `${names.slice(0, 12).join(', ')} and ${names.length - 12} more` : names.join(', ');
    machine.notes.at(
      module,
      line,
      `${listed} ${isOne ? 'is' : 'are'} there only under a condition: \`${condition}\`.`,
    );
  }
}
