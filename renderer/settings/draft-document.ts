import { assertNever } from '../../shared/assert-never';
import { splitCommandLine } from '../run/command-line';
import type { ConfigDraft, CrateDraft, PairDraft, SlotDraft, TaskDraft } from './config-draft';
import { placeTextsOf } from './place-draft';

/** A part of the file as plain values, ready to be written. */
export type Plain = string | number | boolean | null | readonly Plain[] | { readonly [key: string]: Plain };

/** The file that a draft stands for; what is empty is left out, so that its default holds. */
export function documentOf(draft: ConfigDraft): Plain {
  return compact({
    site: trimmed(draft.site),
    listener: compact({ host: trimmed(draft.host), port: numberOf(draft.port) }),
    retention: compact({ messages: numberOf(draft.keptMessages), runs: compactOrNothing(runsValue(draft)) }),
    updates: compactOrNothing({ feed: trimmed(draft.updateFeed) }),
    crates: draft.crates.map(crateValue),
  });
}

/** Which runs are kept, as the file would hold it; what is empty is undefined. */
export function runsValue(draft: ConfigDraft): Record<string, Plain | undefined> {
  return {
    days: numberOf(draft.keptDays),
    count: numberOf(draft.keptRuns),
    gigabytes: numberOf(draft.keptGigabytes),
    'include-marked': draft.includeMarked || undefined,
  };
}

/** A crate as the file would hold it. */
export function crateValue(crate: CrateDraft): Plain {
  const [only] = crate.slots;
  if (!crate.hasSlots && only !== undefined) return { name: crate.name.trim(), ...slotFields(only) };
  return { name: crate.name.trim(), slots: crate.slots.map(slotValue) };
}

/** A slot as the file would hold it. */
export function slotValue(slot: SlotDraft): Plain {
  return { slot: numberOf(slot.number) ?? null, ...slotFields(slot) };
}

function slotFields(slot: SlotDraft): Record<string, Plain> {
  const transport = transportValue(slot);
  return compact({
    'publisher-id': slot.publisherId.trim(),
    aliases: nonEmpty(slot.aliases),
    'udp-host': trimmed(slot.udpHost),
    transport,
    relay: relayValue(slot),
    scripts: nonEmpty(slot.scripts),
    tasks: nonEmpty(tasksValue(slot.tasks)),
    paths: nonEmpty(pathsValue(slot.paths)),
    abort: compactOrNothing({ interrupt: numberOf(slot.interrupt), terminate: numberOf(slot.terminate) }),
  });
}

/** The transport of a slot; nothing where every part of it is the default. */
export function transportValue(slot: SlotDraft): Record<string, Plain> | undefined {
  const parts = compactOrNothing({
    ...transportTexts(slot),
    env: compactOrNothing(envValue(slot.env)),
  });
  return parts === undefined && slot.kind === 'local' ? undefined : { kind: slot.kind, ...parts };
}

/** The texts of a slot's transport that its kind knows; those left empty are undefined. */
export function transportTexts(slot: SlotDraft): Record<string, string | undefined> {
  return Object.fromEntries(
    [...placeTextsOf[slot.kind], 'python' as const, 'cwd' as const].map((key) => [key, trimmed(slot[key])]),
  );
}

/** The relay of a slot; nothing where the default of its kind of place holds. */
export function relayValue(
  slot: SlotDraft,
): boolean | { readonly forward: Record<string, Plain> } | undefined {
  switch (slot.messages) {
    case 'default':
      return undefined;
    case 'direct':
      return false;
    case 'recorded': {
      const forward = compactOrNothing({ host: trimmed(slot.forwardHost), port: numberOf(slot.forwardPort) });
      return forward === undefined ? true : { forward };
    }
    default:
      return assertNever(slot.messages);
  }
}

/** The variables of a slot. A row without a name is one not finished, and is left out. */
export function envValue(rows: readonly PairDraft[]): Record<string, string> {
  return Object.fromEntries(
    rows.filter((row) => row.left.trim() !== '').map((row) => [row.left.trim(), row.right]),
  );
}

/** The path map of a slot; rows with nothing in them are left out. */
export function pathsValue(rows: readonly PairDraft[]): Plain[] {
  return rows
    .filter((row) => row.left.trim() !== '' || row.right.trim() !== '')
    .map((row) => ({ from: row.left.trim(), to: row.right.trim() }));
}

/** The tasks of a slot; rows with nothing in them are left out. A faulty command line is `taskFaults`' to report. */
export function tasksValue(rows: readonly TaskDraft[]): Plain[] {
  return rows
    .filter((row) => `${row.name}${row.script}${row.args}`.trim() !== '')
    .map((row) => {
      const args = splitCommandLine(row.args);
      return { name: row.name.trim(), script: row.script.trim(), args: args.ok ? args.value : [row.args] };
    });
}

/** Typed text as a number, or as itself where it is none, for the validator to refuse; nothing where it is empty. */
export function numberOf(typed: string): number | string | undefined {
  const value = typed.trim();
  if (value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : value;
}

/** Typed text without the space around it; nothing where it is empty. */
export function trimmed(typed: string): string | undefined {
  const value = typed.trim();
  return value === '' ? undefined : value;
}

function nonEmpty<Item extends Plain>(items: readonly Item[]): readonly Item[] | undefined {
  return items.length === 0 ? undefined : items;
}

function compact(parts: Record<string, Plain | undefined>): Record<string, Plain> {
  const kept: Record<string, Plain> = {};
  for (const [key, value] of Object.entries(parts)) if (value !== undefined) kept[key] = value;
  return kept;
}

function compactOrNothing(parts: Record<string, Plain | undefined>): Record<string, Plain> | undefined {
  const kept = compact(parts);
  return Object.keys(kept).length === 0 ? undefined : kept;
}
