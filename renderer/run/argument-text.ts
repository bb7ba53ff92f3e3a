import type { Argument } from '../../shared/arguments/argument-form';
import { joinCommandLine } from './command-line';

/** What an argument is when nothing is entered, as its field shows it; empty where the script does not say. */
function defaultText({ default: preset }: Argument): string {
  if (preset === null) return '';
  return preset.kind === 'words' ? joinCommandLine(preset.words) : preset.text;
}

/** What a field without a default says of what belongs in it. */
export function placeholderOf(argument: Argument): string {
  const preset = defaultText(argument);
  if (preset !== '') return preset;
  const { action, metavar } = argument;
  if (action.kind !== 'value') return '';
  return metavar ?? '';
}

/** What its words have to be, in a word or two; empty for any text. */
export function typeText({ action }: Argument): string {
  if (action.kind === 'count') return 'times';
  if (action.kind !== 'value') return '';
  const type = action.value.type === 'custom' ? action.value.name : action.value.type;
  const one = type === 'text' ? '' : type;
  if (typeof action.count === 'object')
    return `${action.count.exactly} ${one === '' ? 'values' : plural(one)}`;
  if (action.count === 'any' || action.count === 'some' || action.count === 'remainder')
    return one === '' ? 'list' : plural(one);
  return one;
}

function plural(type: string): string {
  return type === 'integer' || type === 'number' ? `${type}s` : `${type} list`;
}

/** What an argument is for, as the script says, and what leaving it empty means. */
export function helpText(argument: Argument): string {
  const preset = argument.default?.kind === 'expression' ? `Default: ${argument.default.text}.` : '';
  const check =
    argument.action.kind === 'value' && argument.action.value.type === 'custom'
      ? 'Checked by the script itself.'
      : '';
  return [argument.help ?? '', preset, check].filter((text) => text !== '').join(' ');
}
