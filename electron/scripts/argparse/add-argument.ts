import {
  addAction,
  allFlags,
  destOf,
  type ActionKind,
  type ArgumentContainer,
  type ReadAction,
} from './argparse-model';
import { mostArguments } from './limits';
import { TooMuch, type Arguments, type Machine, type Site } from './machine';
import { numberOf, truthOf } from './python-compare';
import { boolean, isWithin, none, text, type Value } from './python-value';

const kinds: ReadonlySet<string> = new Set(
  'store store_const store_true store_false append append_const extend count help version'.split(' '),
);

function isKind(name: string): name is ActionKind {
  return kinds.has(name);
}

/** `add_argument`. */
export function addArgument(
  machine: Machine,
  container: ArgumentContainer,
  args: Arguments,
  site: Site,
): Value {
  const note = (message: string): void => machine.notes.at(site.module, site.line, message);
  const { parser } = container;
  if (parser.actions.length >= mostArguments) throw new TooMuch();
  const flags = args.positional.map((flag) => (flag.kind === 'text' ? flag.value : null));
  const known = flags.filter((flag) => flag !== null);
  const hasUnknownFlags = known.length < flags.length;
  const isNameless = known.length === 0 && !args.keywords.has('dest');
  if (known.length === 0 && (hasUnknownFlags || args.unknown.length > 0 || isNameless)) {
    const why =
      machine.region !== null && machine.region.condition.startsWith('for ')
        ? ` (${machine.region.condition})`
        : '';
    note(
      `\`${site.text}\`: the name of this argument is not known before the script runs${why}, so it is not in this form.`,
    );
    return machine.unknown(site);
  }
  const label = known[0] ?? '';
  if (hasUnknownFlags) note(`${label} has further spellings that are not known before the script runs.`);
  for (const unknown of args.unknown) {
    note(
      `\`${unknown.text}\` is not known before the script runs, so ${label} may have more to it than the form shows.`,
    );
  }
  const action = actionOf(machine, container, known, args, site);
  if (action === null) return machine.unknown(site);
  const earlier = allFlags(action)
    .map((flag) => parser.byFlag.get(flag))
    .find((held) => held !== undefined);
  const taken = addAction(container, action);
  if (taken.length > 0 && earlier !== undefined) {
    const isAlternative = action.region !== null || earlier.region !== null;
    note(
      isAlternative
        ? `${taken.join(', ')} is defined in line ${earlier.line} as well, under another condition; the form shows that one.`
        : `${taken.join(', ')} is defined in line ${earlier.line} already: Python refuses that.`,
    );
  }
  return { kind: 'action', action };
}

function actionOf(
  machine: Machine,
  container: ArgumentContainer,
  spellings: readonly string[],
  args: Arguments,
  site: Site,
): ReadAction | null {
  const { parser } = container;
  const note = (message: string): void => machine.notes.at(site.module, site.line, message);
  let fields: ReadonlyMap<string, Value> = new Map();
  const given = (name: string): Value => fields.get(name) ?? args.keywords.get(name) ?? none;
  const isOption =
    spellings.length > 0 && (spellings.length > 1 || parser.prefixes.includes(spellings[0]?.[0] ?? ' '));
  const label = spellings[0] ?? given('dest').kind;
  const kind = kindOf(given('action'));
  if (kind === null) {
    note(
      `The action of ${label} is not known before the script runs; the form takes it as one that takes a word.`,
    );
  }
  const wanted = given('dest');
  const dest =
    wanted.kind === 'text'
      ? wanted.value
      : isOption
        ? destOf(spellings, parser.prefixes)
        : (spellings[0] ?? '');
  if (dest === '') {
    note(`\`${site.text}\`: argparse cannot make a name of ${label}, so it is not in this form.`);
    return null;
  }
  const ownClass = given('action');
  if (kind === 'own' && ownClass.kind === 'class') {
    fields = fieldsOfOwn(machine, ownClass, spellings, dest, args, site);
  }
  const required = truthOf(given('required'));
  if (required === null) note(`Whether ${label} must be given is not known before the script runs.`);
  const nargs = given('nargs');
  const isEmptyAllowed = nargs.kind === 'text' && ['?', '*', '...'].includes(nargs.value);
  const region = isWithin(parser.region, machine.region) ? null : machine.region;
  return {
    kind: kind ?? 'own',
    dest,
    flags: isOption ? [...spellings] : [],
    nargs,
    type: given('type'),
    choices: given('choices'),
    defaultValue: defaultOf(
      container,
      dest,
      kind,
      given('default'),
      args.keywords.has('default') || fields.has('default'),
    ),
    // What may not be there cannot be insisted on.
    required: region === null && (isOption ? required === true : !isEmptyAllowed && numberOf(nargs) !== 0),
    help: given('help'),
    metavar: given('metavar'),
    constant: given('const'),
    module: site.module,
    line: site.line,
    region,
    subparsers: null,
  };
}

function kindOf(action: Value): ActionKind | null {
  if (action.kind === 'none') return 'store';
  if (action.kind === 'text') return isKind(action.value) ? action.value : null;
  if (action.kind === 'native' && action.name === 'argparse.BooleanOptionalAction') return 'on-off';
  return action.kind === 'class' ? 'own' : null;
}

function defaultOf(
  container: ArgumentContainer,
  dest: string,
  kind: ActionKind | null,
  given: Value,
  isGiven: boolean,
): Value {
  if (isGiven) return given;
  const set = container.parser.defaults.get(dest);
  if (set !== undefined) return set;
  if (container.argumentDefault.kind !== 'none') return container.argumentDefault;
  if (kind === 'store_true') return boolean(false);
  return kind === 'store_false' ? boolean(true) : none;
}

/** What an Action class of the script's gives itself, in its `__init__`. */
function fieldsOfOwn(
  machine: Machine,
  owner: Extract<Value, { kind: 'class' }>,
  spellings: readonly string[],
  dest: string,
  args: Arguments,
  site: Site,
): ReadonlyMap<string, Value> {
  const keywords = new Map(args.keywords);
  keywords.delete('action');
  keywords.set('dest', text(dest));
  const items = spellings.map((spelling) => text(spelling));
  keywords.set('option_strings', { kind: 'list', items, region: machine.region, isCertain: true });
  const made = machine.call(owner, { positional: [], keywords, unknown: args.unknown }, site);
  const fields = made.kind === 'instance' ? made.attributes : new Map<string, Value>();
  return new Map([...fields].filter(([, value]) => value.kind !== 'unknown'));
}
