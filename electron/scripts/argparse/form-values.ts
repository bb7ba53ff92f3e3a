import type {
  ArgumentAction,
  ArgumentCount,
  ArgumentDefault,
  ArgumentType,
} from '../../../shared/arguments/argument-form';
import { assertNever } from '../../../shared/assert-never';
import { allFlags, type ReadAction } from './argparse-model';
import { choicesOf } from './form-choices';
import { typeName } from './help-text';
import type { Machine } from './machine';
import { itemsOf } from './python-compare';
import { reprOf, textOf } from './python-text';
import type { Value } from './python-value';

/** What an argument's field is. */
export function formAction(machine: Machine, action: ReadAction, name: string): ArgumentAction {
  switch (action.kind) {
    case 'store_true':
    case 'store_false':
    case 'store_const':
    case 'append_const':
      return { kind: 'switch' };
    case 'count':
      return { kind: 'count' };
    case 'on-off': {
      const off = allFlags(action).find((flag) => flag.startsWith('--no-'));
      return off === undefined ? { kind: 'switch' } : { kind: 'on-off', off };
    }
    default:
      break;
  }
  if (action.nargs.kind === 'integer' && action.nargs.value === 0n) return { kind: 'switch' };
  return {
    kind: 'value',
    value: typeOf(machine, action, name),
    choices: choicesOf(machine, action, name),
    count: countOf(machine, action, name),
    repeats: action.kind === 'append' || action.kind === 'extend',
  };
}

function countOf(machine: Machine, { nargs, module, line }: ReadAction, name: string): ArgumentCount {
  if (nargs.kind === 'none') return 'one';
  if (nargs.kind === 'integer' && nargs.value > 0n && nargs.value < 100_000n)
    return { exactly: Number(nargs.value) };
  switch (nargs.kind === 'text' ? nargs.value : '') {
    case '?':
      return 'optional';
    case '*':
      return 'any';
    case '+':
    case 'A...':
      return 'some';
    case '...':
      return 'remainder';
    default:
      machine.notes.at(
        module,
        line,
        `How many words ${name} takes is not known before the script runs; the form takes any number.`,
      );
      return 'any';
  }
}

function typeOf(machine: Machine, { type, module, line }: ReadAction, name: string): ArgumentType {
  if (type.kind === 'none') return { type: 'text' };
  if (type.kind === 'native') {
    if (type.name === 'int') return { type: 'integer' };
    if (type.name === 'float') return { type: 'number' };
    if (type.name === 'str') return { type: 'text' };
    if (type.name === 'bool') {
      machine.notes.at(
        module,
        line,
        `${name} has type=bool: Python takes any word that is not empty as true, False and 0 included.`,
      );
    }
  }
  return { type: 'custom', name: typeName(type) ?? 'unknown' };
}

/** The default, as words to type where it is that plain. */
export function defaultOf(action: ReadAction, form: ArgumentAction): ArgumentDefault | null {
  const value = action.defaultValue;
  if (value.kind === 'none' || (value.kind === 'text' && value.value === '==SUPPRESS==')) return null;
  switch (form.kind) {
    case 'switch':
      return isUsual(action, value) ? null : expressionOf(value);
    case 'on-off':
      return value.kind === 'boolean' ? { kind: 'words', words: [textOf(value) ?? ''] } : expressionOf(value);
    case 'count':
      return value.kind === 'integer' ? { kind: 'words', words: [String(value.value)] } : expressionOf(value);
    case 'value': {
      const words = wordsOf(action, form, value);
      return words === null ? expressionOf(value) : { kind: 'words', words };
    }
    default:
      return assertNever(form);
  }
}

/** The words that, typed, give what the default is; null where none are known to. argparse converts only text itself. */
function wordsOf(
  action: ReadAction,
  form: Extract<ArgumentAction, { kind: 'value' }>,
  value: Value,
): string[] | null {
  // An Action of the script's own may make anything of a word.
  if (action.kind === 'own') return null;
  const takesOne = form.count === 'one' || form.count === 'optional';
  const word = wordOf(value);
  if (word !== null) {
    const isSame = takesOne && (value.kind === 'text' || isMadeOfItsWord(action, form.value, value));
    return isSame || form.repeats ? [word] : null;
  }
  if ((takesOne && !form.repeats) || (value.kind !== 'list' && value.kind !== 'tuple')) return null;
  const items = itemsOf(value) ?? [];
  const words = items.map(wordOf);
  if (!words.every((item) => item !== null)) return null;
  return form.repeats || items.every((item) => isMadeOfItsWord(action, form.value, item)) ? words : null;
}

/** Whether an argument's conversion makes this plain value of the word that it is written as. */
function isMadeOfItsWord({ type }: ReadAction, form: ArgumentType, value: Value): boolean {
  switch (form.type) {
    case 'text':
      return value.kind === 'text';
    case 'integer':
      return value.kind === 'integer';
    case 'number':
      return value.kind === 'integer' || value.kind === 'float';
    case 'custom':
      return value.kind === 'path' && type.kind === 'native' && type.name.startsWith('pathlib.');
    default:
      return assertNever(form);
  }
}

/** Whether a switch's default is that of one that is not given. */
function isUsual(action: ReadAction, value: Value): boolean {
  if (value.kind !== 'boolean') return false;
  return action.kind === 'store_true' ? !value.value : action.kind === 'store_false' && value.value;
}

/** A plain value as it would be typed; null for what is none. */
function wordOf(value: Value): string | null {
  return ['text', 'integer', 'float', 'boolean', 'path'].includes(value.kind) ? textOf(value) : null;
}

function expressionOf(value: Value): ArgumentDefault {
  if (value.kind === 'unknown') return { kind: 'expression', text: value.text };
  const shown = value.kind === 'member' || value.kind === 'path' ? textOf(value) : reprOf(value);
  return { kind: 'expression', text: shown ?? typeName(value) ?? 'a value of the script’s own' };
}
