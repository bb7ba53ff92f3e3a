import type { SlotConfig } from '../../shared/config/crates';
import type { Run } from '../../shared/domain/run';
import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';
import type { PanelState } from '../../shared/ipc/state';

/** Something that can be done or gone to from the palette. */
export interface Command {
  /** Unique, and the same each time the palette opens. */
  readonly id: string;
  /** Heading under which it stands. */
  readonly group: string;
  readonly title: string;
  /** Said beside the title, and found by it too; empty for none. */
  readonly detail: string;
  /** The keys that do the same. */
  readonly keys?: readonly string[];
  /** Why it cannot be done now, in a sentence; null where it can. */
  readonly refusal: string | null;
  readonly act: () => void;
}

/** What the window shows and knows at the moment, from which sources make their commands. */
export interface CommandContext {
  readonly panel: PanelState;
  /** The slot that is shown or was last; null without crates. */
  readonly slot: SlotConfig | null;
  /** The scripts of that slot. */
  readonly scripts: readonly ScriptEntry[];
  /** The newest runs of all slots, newest first. */
  readonly recentRuns: readonly Run[];
  readonly setColourScheme: (scheme: 'light' | 'dark' | 'auto') => void;
  /** Unix milliseconds at which the palette was opened. */
  readonly now: number;
}

/** Why what changes something cannot be done while the controls are locked; null while they are not. */
export function lockRefusal({ lock }: Pick<PanelState, 'lock'>): string | null {
  return lock === null ? null : 'The controls are locked.';
}

/** Makes commands of one kind. Add a source to `commandSources` in `commands.ts`. */
export type CommandSource = (context: CommandContext) => readonly Command[];
