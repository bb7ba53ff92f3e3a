import { cratesFileSchema } from '../../shared/config/crates-file';
import { splitCommandLine } from '../run/command-line';
import type { ConfigDraft } from './config-draft';
import { documentOf } from './draft-document';

/** What is wrong with a draft, by the place in the file: `crates.0.slots.1.publisher-id`. */
export type ConfigFaults = ReadonlyMap<string, string>;

/** Checks a draft as main will check the file. */
export function faultsOf(draft: ConfigDraft): ConfigFaults {
  const faults = new Map<string, string>();
  const parsed = cratesFileSchema.safeParse(documentOf(draft));
  for (const issue of parsed.success ? [] : parsed.error.issues) {
    const place = issue.path.join('.');
    if (!faults.has(place)) faults.set(place, issue.message);
  }
  for (const [crateIndex, crate] of draft.crates.entries()) {
    for (const [slotIndex, slot] of crate.slots.entries()) {
      const place = slotPlace(crateIndex, crate.hasSlots ? slotIndex : null);
      for (const [taskIndex, task] of slot.tasks.entries()) {
        const args = splitCommandLine(task.args);
        if (!args.ok) faults.set(`${place}.tasks.${taskIndex}.args`, args.error.message);
      }
    }
  }
  return faults;
}

/** The place of a slot's fields in the file; with null those of a crate without slots. */
export function slotPlace(crate: number, slot: number | null): string {
  return slot === null ? `crates.${crate}` : `crates.${crate}.slots.${slot}`;
}

/** The first fault at a place or below it; null where there is none. */
export function faultUnder(faults: ConfigFaults, place: string): string | null {
  for (const [at, message] of faults) if (at === place || at.startsWith(`${place}.`)) return message;
  return null;
}
