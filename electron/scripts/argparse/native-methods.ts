import { addArgument } from './add-argument';
import { addCommand, addGroup, addSubparsers, initParser, parse } from './argparse-calls';
import { setDefaults, type ArgumentContainer, ArgumentParserModel } from './argparse-model';
import { aboutToChange } from './assign-member';
import { escapeSentence, parsersIn } from './call-unknown';
import { ScriptEnd, type Arguments, type Machine, type Site } from './machine';
import { joinedPath } from './operators';
import { itemsOf, keyOf } from './python-compare';
import { textMethod } from './text-methods';
import {
  none,
  text,
  type DictValue,
  type ListValue,
  type SetValue,
  type UnknownValue,
  type Value,
} from './python-value';

/** Calls a method of one of Python's own objects. */
export function callNativeMethod(
  machine: Machine,
  name: string,
  self: Value,
  args: Arguments,
  site: Site,
): Value {
  return known(machine, name, self, args, site) ?? machine.unknown(site);
}

function known(machine: Machine, name: string, self: Value, args: Arguments, site: Site): Value | null {
  switch (self.kind) {
    case 'text':
      return textMethod(machine, name, self.value, args);
    case 'list':
    case 'set':
      return listMethod(machine, name, self, args);
    case 'dict':
      return dictMethod(machine, name, self, args);
    case 'path': {
      const parts = args.positional.map((part) =>
        part.kind === 'text' || part.kind === 'path' ? part.value : null,
      );
      if (!parts.every((part) => part !== null)) return null;
      return {
        kind: 'path',
        value: parts.reduce<string>((path, part) => joinedPath(path, part), self.value),
      };
    }
    case 'parser':
      return parserMethod(machine, name, self.container, args, site);
    case 'subparsers':
      return name === 'add_parser' ? addCommand(machine, self.subparsers, args, site) : null;
    case 'unknown':
      return unknownMethod(machine, name, self, args, site);
    case 'instance':
      // `super().__init__` of an Action class: what it is given is what the argument has.
      if (name === '__init__') keepActionFields(machine, self.attributes, args);
      return none;
    default:
      return null;
  }
}

function keepActionFields(
  machine: Machine,
  attributes: Map<string, Value>,
  { positional, keywords }: Arguments,
): void {
  const names = [
    'option_strings',
    'dest',
    'nargs',
    'const',
    'default',
    'type',
    'choices',
    'required',
    'help',
    'metavar',
  ];
  for (const [index, name] of names.entries()) {
    const value = positional[index] ?? keywords.get(name);
    if (value !== undefined) machine.bind(attributes, name, value);
  }
}

function parserMethod(
  machine: Machine,
  name: string,
  container: ArgumentContainer,
  args: Arguments,
  site: Site,
): Value | null {
  switch (name) {
    case '__init__':
      initParser(machine, container.parser, args, site);
      return none;
    case 'add_argument':
      return addArgument(machine, container, args, site);
    case 'add_argument_group':
    case 'add_mutually_exclusive_group':
      return addGroup(container, name === 'add_mutually_exclusive_group', args);
    case 'add_subparsers':
      return addSubparsers(machine, container, args, site);
    case 'set_defaults':
      setDefaults(container.parser, args.keywords);
      return none;
    case 'get_default': {
      const [dest] = args.positional;
      const action = container.parser.actions.find(
        (held) => dest?.kind === 'text' && held.dest === dest.value,
      );
      return action?.defaultValue ?? null;
    }
    case 'parse_args':
    case 'parse_intermixed_args':
    case 'parse_known_args':
    case 'parse_known_intermixed_args':
      return parse(machine, container.parser, name.includes('known'), args, site);
    case 'error':
    case 'exit':
      throw new ScriptEnd();
    case '_add_action':
      machine.notes.at(
        site.module,
        site.line,
        `\`${site.text}\` adds an argument in a way that cannot be read.`,
      );
      return null;
    default:
      return none;
  }
}

/** A method of argparse on a value that is not known: it must be a parser that is made where it cannot be seen. */
function unknownMethod(
  machine: Machine,
  name: string,
  self: UnknownValue,
  args: Arguments,
  site: Site,
): Value | null {
  const given = parsersIn(args);
  if (name.startsWith('parse_')) {
    for (const parser of given) {
      machine.notes.at(site.module, site.line, escapeSentence(self, site));
      return parse(
        machine,
        parser,
        name.includes('known'),
        { positional: [], keywords: new Map(), unknown: [] },
        site,
      );
    }
    if (!machine.unknownParses.includes(self)) machine.unknownParses.push(self);
    return self.parser === null
      ? null
      : parse(machine, self.parser.parser, name.includes('known'), args, site);
  }
  if (!name.startsWith('add_') && name !== 'set_defaults') return null;
  const isArgument = name !== 'add_argument' || args.positional.some((flag) => flag.kind === 'text');
  if (!isArgument) return null;
  if (self.parser === null) {
    const parser = new ArgumentParserModel(self.module, self.line, machine.region, null);
    parser.program = machine.program;
    self.parser = parser;
    machine.parsers.push(parser);
    const whose =
      self.origin === null
        ? 'where it cannot be seen'
        : `by ${self.origin}, which is not in the script's folder`;
    machine.notes.at(
      self.module,
      self.line,
      `The parser \`${self.text}\` is made ${whose}: arguments that it has from there are not in this form.`,
    );
  }
  return parserMethod(machine, name, self.parser, args, site);
}

/** Methods that change a list or set. */
const listChanges: ReadonlySet<string> = new Set(
  'append add extend update insert remove pop clear sort reverse discard'.split(' '),
);

function listMethod(
  machine: Machine,
  name: string,
  self: ListValue | SetValue,
  args: Arguments,
): Value | null {
  const [first, second] = args.positional;
  if (listChanges.has(name)) aboutToChange(machine, self);
  switch (name) {
    case 'append':
    case 'add':
      if (first !== undefined) self.items.push(first);
      return none;
    case 'extend':
    case 'update': {
      const items = first === undefined ? null : itemsOf(first);
      if (items === null) self.isCertain = false;
      else self.items.push(...items);
      return none;
    }
    case 'insert':
      if (first?.kind === 'integer' && second !== undefined)
        self.items.splice(Number(first.value), 0, second);
      else self.isCertain = false;
      return none;
    case 'clear':
      self.items = [];
      return none;
    case 'reverse':
      self.items.reverse();
      return none;
    case 'copy':
      return { ...self, items: [...self.items], region: machine.region };
    case 'index':
    case 'count':
      return null;
    default:
      if (listChanges.has(name)) self.isCertain = false;
      return null;
  }
}

function dictMethod(machine: Machine, name: string, self: DictValue, args: Arguments): Value | null {
  const [first, second] = args.positional;
  const key = first === undefined ? null : keyOf(first);
  const list = (items: Value[]): Value => ({
    kind: 'list',
    items,
    region: machine.region,
    isCertain: self.isCertain,
  });
  switch (name) {
    case 'keys':
      return list([...self.entries.values()].map(([held]) => held));
    case 'values':
      return list([...self.entries.values()].map(([, value]) => value));
    case 'items':
      return list([...self.entries.values()].map((pair) => ({ kind: 'tuple', items: [...pair] })));
    case 'get':
      return key === null || !self.isCertain ? null : (self.entries.get(key)?.[1] ?? second ?? none);
    case 'copy':
      return { ...self, entries: new Map(self.entries), region: machine.region };
    case 'update': {
      aboutToChange(machine, self);
      if (first !== undefined && (first.kind !== 'dict' || !first.isCertain)) self.isCertain = false;
      if (first?.kind === 'dict') for (const [place, pair] of first.entries) self.entries.set(place, pair);
      for (const [word, value] of args.keywords) self.entries.set(`text ${word}`, [text(word), value]);
      return none;
    }
    case 'pop': {
      aboutToChange(machine, self);
      const held = key === null || !self.isCertain ? undefined : self.entries.get(key)?.[1];
      if (key === null) self.isCertain = false;
      else self.entries.delete(key);
      return held ?? (self.isCertain ? second : undefined) ?? null;
    }
    case 'setdefault': {
      aboutToChange(machine, self);
      if (key === null || first === undefined) {
        self.isCertain = false;
        return null;
      }
      if (!self.entries.has(key)) self.entries.set(key, [first, second ?? none]);
      return self.entries.get(key)?.[1] ?? null;
    }
    default:
      if (name === 'clear' || name === 'popitem') self.isCertain = false;
      return null;
  }
}
