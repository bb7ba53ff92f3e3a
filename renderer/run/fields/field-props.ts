import type { Argument } from '../../../shared/arguments/argument-form';
import type { ArgumentEntry } from '../../../shared/arguments/argument-values';

/** What every field of the argument form is given. */
export interface ArgumentFieldProps {
  readonly argument: Argument;
  /** The key of its entry. */
  readonly fieldKey: string;
  readonly entry: ArgumentEntry | undefined;
  /** What is wrong with the entry; null where nothing is. */
  readonly fault: string | null;
  /** Whether the entry counts for nothing, because the words that are typed give the same option. */
  readonly isOverridden: boolean;
  /** Tells what was entered; null for nothing. */
  readonly onEntry: (key: string, entry: ArgumentEntry | null) => void;
}

/** What a control inside a field is given, so that it is named and described. */
export interface ControlProps extends ArgumentFieldProps {
  readonly id: string;
  readonly describedBy: string | undefined;
  /** What the argument is for; a control that `describesItself` shows it, and the fault. */
  readonly help: string;
}

/** Whether an argument's control shows its help and fault itself: Mantine's inputs take no description from outside. */
export function describesItself({ action, default: preset }: Argument): boolean {
  if (action.kind === 'count') return true;
  if (action.kind === 'on-off') return defaultOn({ default: preset }) === null;
  return action.kind === 'value' && (action.count === 'one' || action.count === 'optional');
}

/** Whether a default of True or False stands, so that a switch can show it; null where it is neither. */
export function defaultOn({ default: preset }: Pick<Argument, 'default'>): boolean | null {
  if (preset?.kind !== 'words' || preset.words.length !== 1) return null;
  return preset.words[0] === 'True' ? true : preset.words[0] === 'False' ? false : null;
}

/** The words of an entry, by use; empty where there is none. */
export function usesOf(entry: ArgumentEntry | undefined): readonly (readonly string[])[] {
  return entry?.kind === 'words' ? entry.uses : [];
}
