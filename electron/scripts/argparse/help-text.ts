import type { ReadAction } from './argparse-model';
import { dedented } from './native-scalars';
import { itemsOf } from './python-compare';
import { percentFormat } from './python-format';
import { textOf } from './python-text';
import { none, type Value } from './python-value';

const suppressed = '==SUPPRESS==';

/** The help of an argument with `%(default)s` and its like filled in; null where there is none, or it is hidden. */
export function filledHelp(action: ReadAction, program: string): string | null {
  if (action.help.kind !== 'text' || action.help.value === suppressed) return null;
  const template = action.help.value;
  // Without a percent sign, and where Python would stumble over one, the text is shown as it is.
  return template.includes('%')
    ? (percentFormat(template, none, (name) => partOf(action, program, name)) ?? template)
    : template;
}

function partOf(action: ReadAction, program: string, name: string): Value | string | null {
  switch (name) {
    case 'prog':
      return program;
    case 'default':
      return shown(action.defaultValue);
    case 'dest':
      return action.dest;
    case 'metavar':
      return shown(action.metavar);
    case 'nargs':
      return shown(action.nargs);
    case 'const':
      return shown(action.constant);
    case 'required':
      return action.required ? 'True' : 'False';
    case 'type':
      return typeName(action.type) ?? 'None';
    case 'choices': {
      if (action.choices.kind === 'none') return 'None';
      const choices = itemsOf(action.choices)?.map(textOf) ?? [null];
      return choices.every((choice) => choice !== null) ? choices.join(', ') : shown(action.choices);
    }
    default:
      return null;
  }
}

function shown(value: Value): Value | string | null {
  if (value.kind === 'text' && value.value === suppressed) return null;
  if (value.kind === 'unknown') return value.text;
  // Functions and classes are shown by their names.
  return textOf(value) === null ? typeName(value) : value;
}

/** The name of a conversion, as argparse says it; null where there is none. */
export function typeName(type: Value): string | null {
  switch (type.kind) {
    case 'none':
      return null;
    case 'native':
      return type.name.slice(type.name.lastIndexOf('.') + 1);
    case 'function':
      return type.name === '<lambda>' ? type.text : type.name;
    case 'method':
      return type.function.name;
    case 'class':
      return type.name;
    case 'converter':
      return type.text;
    case 'native-method':
      return type.name;
    case 'unknown':
      return /^[\w.]+$/.test(type.text) ? type.text.slice(type.text.lastIndexOf('.') + 1) : type.text;
    default:
      return textOf(type);
  }
}

/** A text as argparse shows it: on one line, or with its own lines where the script wants that. */
export function shownText(value: string, keepsLines: boolean): string | null {
  const tidy = keepsLines ? dedented(value).trim() : value.replaceAll(/\s+/g, ' ').trim();
  return tidy === '' ? null : tidy;
}
