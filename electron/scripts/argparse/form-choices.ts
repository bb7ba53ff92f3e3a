import type { ReadAction } from './argparse-model';
import { comesFrom } from './definitions';
import { ScriptEnd, type Machine, type Site } from './machine';
import { areEqual, itemsOf } from './python-compare';
import { textOf } from './python-text';
import { text, type Value } from './python-value';

/** The words that are allowed, as they are typed; null for any, or where they cannot be told (which is noted). */
export function choicesOf(machine: Machine, action: ReadAction, name: string): string[] | null {
  const { choices, type, module, line } = action;
  if (choices.kind === 'none') return null;
  const note = (message: string): void => machine.notes.at(module, line, message);
  const items = itemsOf(choices);
  if (items === null) {
    const shown =
      choices.kind === 'unknown' ? choices.text : (textOf(choices) ?? 'a collection that the script changes');
    note(
      choices.kind === 'range'
        ? `${name} takes a word of ${shown}, which are too many to list.`
        : `The choices of ${name} are not known before the script runs: \`${shown}\`.`,
    );
    return null;
  }
  const site: Site = { module, line, text: name };
  const words = items.map((item) => choiceWord(machine, item, type, site));
  if (!words.every((word) => word !== null)) {
    note(`The words that choose among the choices of ${name} cannot be told before the script runs.`);
    return null;
  }
  const isNumber = type.kind === 'native' && (type.name === 'int' || type.name === 'float');
  const isText = type.kind === 'none' || (type.kind === 'native' && type.name === 'str');
  const cannotMatch = (item: Value): boolean =>
    isNumber ? item.kind === 'text' : isText && (item.kind === 'integer' || item.kind === 'float');
  if (items.length > 0 && items.every(cannotMatch)) {
    note(
      `argparse refuses every word for ${name}: its choices are ${isNumber ? 'texts, its words numbers' : 'numbers, its words texts'}.`,
    );
  }
  return words;
}

/** The word that gives a choice: for what is no plain value, the one that the script's own conversion makes it of. */
function choiceWord(machine: Machine, item: Value, type: Value, site: Site): string | null {
  if (item.kind === 'text' || item.kind === 'integer' || item.kind === 'float') return textOf(item);
  if (item.kind === 'path' || item.kind === 'none' || item.kind === 'boolean') return textOf(item);
  if (item.kind !== 'member') return null;
  const value = textOf(item.value);
  // A member that is a text as well is equal to the word.
  if (type.kind === 'none' && (comesFrom(item.owner, 'str') || comesFrom(item.owner, 'enum.StrEnum')))
    return value;
  const candidates = [item.value.kind === 'text' ? value : null, item.name, textOf(item), value];
  return candidates.find((word) => word !== null && isMadeOf(machine, item, type, word, site)) ?? null;
}

function isMadeOf(machine: Machine, item: Value, type: Value, word: string, site: Site): boolean {
  if (type.kind !== 'class' && type.kind !== 'function' && type.kind !== 'method') return false;
  try {
    const made = machine.call(type, { positional: [text(word)], keywords: new Map(), unknown: [] }, site);
    return areEqual(made, item) === true;
  } catch (error) {
    if (!(error instanceof ScriptEnd)) throw error;
    return false;
  }
}
