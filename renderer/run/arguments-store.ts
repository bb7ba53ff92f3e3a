import { create } from 'zustand';
import type { ScriptArguments } from '../../shared/arguments/argument-form';
import type { SlotId } from '../../shared/domain/ids';
import { errorText } from '../../shared/error-text';
import { failure } from '../../shared/result';
import { call } from '../bridge';

/** What is known of a script's arguments. */
export interface ArgumentsReading {
  /** As read last; null before the first answer. It stays while the script is read again, and when that fails. */
  readonly arguments: ScriptArguments | null;
  readonly isReading: boolean;
  /** Why the last reading failed, as a sentence. */
  readonly fault: string | null;
}

/** Of a script that nobody asked about. */
export const unreadArguments: ArgumentsReading = { arguments: null, isReading: false, fault: null };

/** Readings by slot and script. */
export const useArgumentsStore = create<{ readonly readings: Readonly<Record<string, ArgumentsReading>> }>(
  () => ({ readings: {} }),
);

/** How many readings are kept; those asked for longest ago go first. */
const keptReadings = 100;

const asked = new Map<string, number>();
let questions = 0;

/** Reads a script's arguments, again if need be. What was read before stays until the answer is there. */
export async function readScriptArguments(slot: SlotId, script: string): Promise<void> {
  const key = readingKey(slot, script);
  questions += 1;
  const question = questions;
  asked.set(key, question);
  change(key, (reading) => ({ ...reading, isReading: true }));
  const reply = await call('scripts.arguments', { slot, script }).catch((error: unknown) =>
    failure('unexpected', errorText(error)),
  );
  // A later question was asked meanwhile: its answer counts.
  if (asked.get(key) !== question) return;
  asked.delete(key);
  change(key, (reading) =>
    reply.ok
      ? { arguments: sameOrNew(reading.arguments, reply.value), isReading: false, fault: null }
      : { ...reading, isReading: false, fault: reply.error.message },
  );
}

/** What is known of a script's arguments now. */
export function argumentsReading(slot: SlotId, script: string): ArgumentsReading {
  return useArgumentsStore.getState().readings[readingKey(slot, script)] ?? unreadArguments;
}

/** The same, for a view. */
export function useArgumentsReading(slot: SlotId, script: string): ArgumentsReading {
  return useArgumentsStore((store) => store.readings[readingKey(slot, script)] ?? unreadArguments);
}

function readingKey(slot: SlotId, script: string): string {
  return `${slot}\n${script.trim()}`;
}

function change(key: string, next: (reading: ArgumentsReading) => ArgumentsReading): void {
  useArgumentsStore.setState(({ readings }) => {
    const { [key]: reading = unreadArguments, ...others } = readings;
    const kept = Object.entries(others).slice(-keptReadings + 1);
    return { readings: { ...Object.fromEntries(kept), [key]: next(reading) } };
  });
}

/** Keeps the object where nothing changed, so that a long form is not drawn anew. */
function sameOrNew(before: ScriptArguments | null, now: ScriptArguments): ScriptArguments {
  return before !== null && JSON.stringify(before) === JSON.stringify(now) ? before : now;
}
