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
  /** Tells what was entered; null for nothing. */
  readonly onEntry: (key: string, entry: ArgumentEntry | null) => void;
}

/** What a control inside a field is given, so that it is named and described. */
export interface ControlProps extends ArgumentFieldProps {
  readonly id: string;
  readonly describedBy: string | undefined;
}

/** The words of an entry, by use; empty where there is none. */
export function usesOf(entry: ArgumentEntry | undefined): readonly (readonly string[])[] {
  return entry?.kind === 'words' ? entry.uses : [];
}
