import {
  addAction,
  addParent,
  ArgumentParserModel,
  type ArgumentContainer,
  type ReadAction,
  type Subparsers,
} from './argparse-model';
import { comesFrom } from './definitions';
import { ArgumentsParsed, type Arguments, type Machine, type Site } from './machine';
import { itemsOf, truthOf } from './python-compare';
import { textOf } from './python-text';
import { isWithin, none, text, type ClassValue, type Value } from './python-value';
import { usageOfPositionals } from './usage';

/** A parser as it is before it is told anything. */
export function makeParser(machine: Machine, site: Site, owner: ClassValue | null): ArgumentParserModel {
  const parser = new ArgumentParserModel(site.module, site.line, machine.region, owner);
  parser.program = machine.program;
  machine.parsers.push(parser);
  return parser;
}

/** `ArgumentParser(…)`, on a parser that was made. */
export function initParser(machine: Machine, parser: ArgumentParserModel, args: Arguments, site: Site): void {
  const names = ['prog', 'usage', 'description', 'epilog', 'parents', 'formatter_class', 'prefix_chars'];
  const given = (name: string): Value =>
    args.positional[names.indexOf(name)] ?? args.keywords.get(name) ?? none;
  for (const unknown of args.unknown) {
    machine.notes.at(
      site.module,
      site.line,
      `\`${unknown.text}\` is not known before the script runs, so the parser may have more than is read.`,
    );
  }
  const program = given('prog');
  if (program.kind === 'text') parser.program = program.value;
  parser.description = given('description');
  parser.argumentDefault = given('argument_default');
  parser.resolvesConflicts = textOf(given('conflict_handler')) === 'resolve';
  parser.keepsLines = keepsLines(given('formatter_class'));
  const prefixes = given('prefix_chars');
  if (prefixes.kind === 'text') parser.prefixes = prefixes.value;
  const filePrefixes = given('fromfile_prefix_chars');
  if (filePrefixes.kind === 'text') {
    parser.filePrefixes = filePrefixes.value;
    const sign = filePrefixes.value[0] ?? '@';
    machine.notes.at(
      site.module,
      site.line,
      `A word that begins with ${sign} names a file that holds further arguments; that can be typed under Arguments.`,
    );
  }
  if (!args.keywords.has('add_help') || truthOf(given('add_help')) !== false) addHelp(parser, site);
  takeParents(machine, parser, given('parents'), site);
}

function keepsLines(formatter: Value): ArgumentParserModel['keepsLines'] {
  if (comesFrom(formatter, 'argparse.RawTextHelpFormatter')) return 'all';
  return comesFrom(formatter, 'argparse.RawDescriptionHelpFormatter') ? 'description' : 'nothing';
}

function addHelp(parser: ArgumentParserModel, site: Site): void {
  const sign = parser.prefixes.includes('-') ? '-' : (parser.prefixes[0] ?? '-');
  addAction(parser, {
    kind: 'help',
    dest: 'help',
    flags: [`${sign}h`, `${sign}${sign}help`],
    nargs: none,
    type: none,
    choices: none,
    defaultValue: none,
    required: false,
    help: none,
    metavar: none,
    constant: none,
    module: site.module,
    line: site.line,
    region: null,
    subparsers: null,
  });
}

function takeParents(machine: Machine, parser: ArgumentParserModel, parents: Value, site: Site): void {
  if (parents.kind === 'none') return;
  const items = itemsOf(parents);
  if (items === null) {
    machine.notes.at(
      site.module,
      site.line,
      `The parents of this parser are not known before the script runs: their arguments are not in this form.`,
    );
  }
  for (const parent of items ?? []) {
    const model =
      parent.kind === 'parser'
        ? parent.container.parser
        : parent.kind === 'unknown'
          ? parent.parser?.parser
          : undefined;
    if (model !== undefined) {
      const taken = addParent(parser, model);
      if (taken.length > 0)
        machine.notes.at(
          site.module,
          site.line,
          `${taken.join(', ')} of a parent is there already: Python refuses that.`,
        );
    }
    if (parent.kind !== 'parser') {
      const whose =
        parent.kind === 'unknown' && parent.origin !== null
          ? ` of ${parent.origin}, which is not in the script's folder,`
          : '';
      const what = parent.kind === 'unknown' ? `\`${parent.text}\`` : 'A parent';
      machine.notes.at(
        site.module,
        site.line,
        `${what}${whose} is a parent of this parser: the arguments that it has are not in this form.`,
      );
    }
  }
}

/** `add_argument_group` and `add_mutually_exclusive_group`. */
export function addGroup(container: ArgumentContainer, isExclusive: boolean, args: Arguments): Value {
  const { parser } = container;
  const given = args.keywords.get('argument_default');
  const base = {
    parser,
    argumentDefault: given ?? container.argumentDefault,
    resolvesConflicts: conflictsOf(args, container),
  };
  if (isExclusive) {
    const exclusive = {
      required: truthOf(args.keywords.get('required') ?? args.positional[0] ?? none) === true,
    };
    parser.exclusives.push(exclusive);
    return { kind: 'parser', container: { ...base, title: container.title, exclusive } };
  }
  const title = args.positional[0] ?? args.keywords.get('title') ?? none;
  const shown = title.kind === 'unknown' ? title.text : title.kind === 'none' ? null : textOf(title);
  return { kind: 'parser', container: { ...base, title: shown, exclusive: container.exclusive } };
}

function conflictsOf(args: Arguments, container: ArgumentContainer): boolean {
  const given = args.keywords.get('conflict_handler');
  return given === undefined ? container.resolvesConflicts : textOf(given) === 'resolve';
}

/** `add_subparsers`. */
export function addSubparsers(
  machine: Machine,
  container: ArgumentContainer,
  args: Arguments,
  site: Site,
): Value {
  const { parser } = container;
  const given = (name: string): Value => args.keywords.get(name) ?? none;
  const word = (name: string): string | null => {
    const value = given(name);
    return value.kind === 'text' && value.value !== '==SUPPRESS==' ? value.value : null;
  };
  if (parser.hasCommands) {
    machine.notes.at(
      site.module,
      site.line,
      'This parser has commands already: Python refuses a second set of them.',
    );
    return machine.unknown(site);
  }
  const required = truthOf(given('required'));
  if (required === null) {
    machine.notes.at(
      site.module,
      site.line,
      'Whether a command must be given is not known before the script runs.',
    );
  }
  const usage = usageOfPositionals(parser);
  const subparsers: Subparsers = {
    parser,
    dest: word('dest'),
    title: word('title'),
    metavar: word('metavar'),
    required: required === true,
    programPrefix: word('prog') ?? [parser.program, ...usage].join(' '),
    parserClass: args.keywords.get('parser_class') ?? parser.owner,
    commands: [],
    module: site.module,
    line: site.line,
  };
  const action: ReadAction = {
    kind: 'parsers',
    dest: subparsers.dest ?? '',
    flags: [],
    nargs: text('A...'),
    type: none,
    choices: none,
    defaultValue: none,
    required: required === true,
    help: given('help'),
    metavar: given('metavar'),
    constant: none,
    module: site.module,
    line: site.line,
    region: isWithin(parser.region, machine.region) ? null : machine.region,
    subparsers,
  };
  const { exclusive, argumentDefault, resolvesConflicts } = container;
  const title = subparsers.title ?? container.title;
  addAction({ parser, title, exclusive, argumentDefault, resolvesConflicts }, action);
  return { kind: 'subparsers', subparsers };
}

/** `add_parser` of `add_subparsers`. */
export function addCommand(machine: Machine, subparsers: Subparsers, args: Arguments, site: Site): Value {
  const keywords = new Map(args.keywords);
  const name = args.positional[0] ?? keywords.get('name') ?? none;
  const aliases = itemsOf(keywords.get('aliases') ?? { kind: 'tuple', items: [] });
  const help = keywords.get('help') ?? none;
  for (const own of ['aliases', 'help', 'name', 'deprecated']) keywords.delete(own);
  if (name.kind === 'text' && !keywords.has('prog'))
    keywords.set('prog', text(`${subparsers.programPrefix} ${name.value}`));
  const made = machine.call(
    subparsers.parserClass ?? { kind: 'native', name: 'argparse.ArgumentParser' },
    { positional: [], keywords, unknown: args.unknown },
    site,
  );
  if (name.kind !== 'text') {
    machine.notes.at(
      site.module,
      site.line,
      `\`${site.text}\`: the name of this command is not known before the script runs, so it is not in this form.`,
    );
    return made;
  }
  if (aliases === null || !aliases.every((alias) => alias.kind === 'text')) {
    machine.notes.at(
      site.module,
      site.line,
      `The other names of the command ${name.value} are not known before the script runs.`,
    );
  }
  if (made.kind !== 'parser') {
    machine.notes.at(site.module, site.line, `The arguments of the command ${name.value} could not be read.`);
    return made;
  }
  if (machine.region !== null && !isWithin(subparsers.parser.region, machine.region)) {
    machine.notes.at(
      site.module,
      site.line,
      `The command ${name.value} is there only under a condition: \`${machine.region.condition}\`.`,
    );
  }
  subparsers.commands.push({
    name: name.value,
    aliases: (aliases ?? []).flatMap((alias) => (alias.kind === 'text' ? [alias.value] : [])),
    help,
    parser: made.container.parser,
  });
  return made;
}

/** `parse_args` and its like: the script has said what it takes. */
export function parse(
  machine: Machine,
  parser: ArgumentParserModel,
  isPartial: boolean,
  args: Arguments,
  site: Site,
): Value {
  const words = args.positional[0] ?? args.keywords.get('args') ?? none;
  // Words of the script's own, as in a test or a notebook, are not the command line.
  if (itemsOf(words) !== null) return machine.unknown(site);
  const from = words.kind === 'unknown' ? /^sys\.argv\[(\d+):\]$/.exec(words.text)?.[1] : undefined;
  if (from !== undefined && Number(from) > 1) {
    machine.notes.at(
      site.module,
      site.line,
      Number(from) === 2
        ? 'The script reads its first word itself; this form is for those that follow.'
        : `The script reads its first ${Number(from) - 1} words itself; this form is for those that follow.`,
    );
  }
  machine.parses.push({ parser, isPartial, hasWords: words.kind === 'unknown' && from === undefined });
  if (!isPartial && machine.region === null) throw new ArgumentsParsed();
  if (!isPartial) return machine.unknown(site);
  return { kind: 'tuple', items: [machine.unknown(site), machine.unknown(site)] };
}
