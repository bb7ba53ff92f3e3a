import { addAction, ArgumentParserModel } from './argparse-model';
import type { Machine } from './machine';

/** The parser of the command line: that which parses it, or else the one that most likely does. Null where none is. */
export function chooseParser(machine: Machine): ArgumentParserModel | null {
  const whole = machine.parses.filter((call) => !call.isPartial);
  const last = whole.at(-1);
  if (last === undefined)
    return largest(machine, distinct(machine.parses.map((call) => call.parser))) ?? unparsed(machine);
  const candidates = distinct(whole.map((call) => call.parser));
  const chosen = candidates.length === 1 ? last.parser : (largest(machine, candidates) ?? last.parser);
  const isRest = whole.some((call) => call.parser === chosen && call.hasWords);
  const earlier = distinct(
    machine.parses.filter((call) => call.isPartial && call.parser !== chosen).map((call) => call.parser),
  );
  return isRest && earlier.length > 0 ? joined(chosen, earlier) : chosen;
}

function distinct(parsers: readonly ArgumentParserModel[]): ArgumentParserModel[] {
  return [...new Set(parsers)];
}

function sizeOf(parser: ArgumentParserModel): number {
  return parser.actions.filter((action) => action.kind !== 'help').length;
}

function largest(machine: Machine, parsers: readonly ArgumentParserModel[]): ArgumentParserModel | null {
  const [first, ...others] = parsers.toSorted((one, other) => sizeOf(other) - sizeOf(one));
  if (first !== undefined && others.length > 0) {
    const lines = others.map((parser) => parser.line).join(', ');
    machine.notes.at(
      first.module,
      first.line,
      `The script has several parsers; the form is that of this line, and those of line ${lines} are left out.`,
    );
  }
  return first ?? null;
}

/** No parser is seen to parse: one that went where it cannot be followed, or that a function makes for others. */
function unparsed(machine: Machine): ArgumentParserModel | null {
  if (machine.escaped.size > 0) return largest(machine, distinct([...machine.escaped]));
  const commands = new Set(
    machine.parsers.flatMap((parser) =>
      parser.actions.flatMap((action) => action.subparsers?.commands.map((command) => command.parser) ?? []),
    ),
  );
  const taken = (parser: ArgumentParserModel): boolean =>
    machine.parsers.some(
      (other) =>
        other !== parser &&
        parser.actions.some((action) => action.kind !== 'help' && other.actions.includes(action)),
    );
  const own = machine.parsers.filter((parser) => !commands.has(parser) && !taken(parser));
  const scripts = own.filter((parser) => parser.module.isScript);
  return largest(machine, scripts.length > 0 ? scripts : own);
}

/** One parser of a first that takes what it knows and a second that takes the rest. */
function joined(second: ArgumentParserModel, firsts: readonly ArgumentParserModel[]): ArgumentParserModel {
  const all = new ArgumentParserModel(second.module, second.line, second.region, second.owner);
  all.program = second.program;
  all.description = second.description;
  all.prefixes = second.prefixes;
  all.keepsLines = second.keepsLines;
  all.exclusives.push(...second.exclusives, ...firsts.flatMap((parser) => parser.exclusives));
  for (const parser of [second, ...firsts]) {
    for (const action of parser.actions) {
      addAction(
        {
          parser: all,
          title: parser.titles.get(action) ?? null,
          exclusive: parser.exclusiveOf.get(action) ?? null,
          argumentDefault: parser.argumentDefault,
          resolvesConflicts: false,
        },
        action,
      );
    }
  }
  return all;
}
