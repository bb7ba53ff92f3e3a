import { tuneSquidsTask } from '../../shared/config/crates-file';
import { joinCommandLine } from '../run/command-line';
import { documentSchema, type CrateEntry, type SlotEntry } from './config-document';
import { emptyPlaceTexts, kindOf, messagesOf, placeTexts, type PlaceDraft } from './place-draft';

/*
 * The settings form's own picture of `crates.yaml`: every value as typed text, empty where the file says nothing and
 * the default holds. Each crate and slot remembers its position in the file, so that only what changed is written.
 */

/** A row of two texts, with a key for React that survives edits. */
export interface PairDraft {
  readonly key: string;
  readonly left: string;
  readonly right: string;
}

export interface TaskDraft {
  readonly key: string;
  readonly name: string;
  readonly script: string;
  /** A command line. */
  readonly args: string;
}

export interface SlotDraft extends PlaceDraft {
  readonly key: string;
  /** Position in the file; null for a slot that is not there yet. */
  readonly origin: number | null;
  readonly number: string;
  readonly publisherId: string;
  readonly aliases: readonly string[];
  readonly udpHost: string;
  readonly python: string;
  readonly cwd: string;
  readonly env: readonly PairDraft[];
  readonly scripts: readonly string[];
  readonly tasks: readonly TaskDraft[];
  readonly paths: readonly PairDraft[];
  readonly interrupt: string;
  readonly terminate: string;
}

export interface CrateDraft {
  readonly key: string;
  readonly origin: number | null;
  readonly name: string;
  /** False for a crate that is itself the one unit; its only slot draft then holds the crate's own fields. */
  readonly hasSlots: boolean;
  readonly slots: readonly SlotDraft[];
}

export interface ConfigDraft {
  /** What the place is called; empty for no name. */
  readonly site: string;
  readonly host: string;
  readonly port: string;
  readonly keptMessages: string;
  readonly keptDays: string;
  readonly keptRuns: string;
  readonly keptGigabytes: string;
  /** Whether runs with a note or a pin go too. */
  readonly includeMarked: boolean;
  /** Where newer versions of the panel are looked for; empty for nowhere. */
  readonly updateFeed: string;
  readonly crates: readonly CrateDraft[];
}

/** What holds where the file says nothing; the form shows it as a placeholder. */
export const draftDefaults = {
  host: '127.0.0.1',
  port: '8200',
  keptMessages: '5000000',
  udpHost: '127.0.0.1',
  python: 'python3',
  interrupt: '5',
  terminate: '5',
  tuneSquids: tuneSquidsTask.script,
} as const;

let keys = 0;

/** A key for React, unique in this window. */
export function nextKey(): string {
  keys += 1;
  return `draft-${keys}`;
}

/** The draft of a parsed file; null where the document has not the shape of a crates file. */
export function draftOf(document: unknown): ConfigDraft | null {
  const parsed = documentSchema.safeParse(document);
  if (!parsed.success) return null;
  const { site, listener, retention, updates, crates } = parsed.data;
  return {
    site: site ?? '',
    host: listener?.host ?? '',
    port: textOf(listener?.port),
    keptMessages: textOf(retention?.messages),
    keptDays: textOf(retention?.runs?.days),
    keptRuns: textOf(retention?.runs?.count),
    keptGigabytes: textOf(retention?.runs?.gigabytes),
    includeMarked: retention?.runs?.['include-marked'] === true,
    updateFeed: updates?.feed ?? '',
    crates: crates.map(crateDraftOf),
  };
}

function crateDraftOf(crate: CrateEntry, origin: number): CrateDraft {
  const slots = crate.slots;
  return {
    key: nextKey(),
    origin,
    name: textOf(crate.name),
    hasSlots: slots !== undefined,
    slots:
      slots === undefined ? [slotDraftOf(crate, 0)] : slots.map((slot, index) => slotDraftOf(slot, index)),
  };
}

function slotDraftOf(slot: SlotEntry, origin: number | null): SlotDraft {
  const { transport, abort } = slot;
  return {
    key: nextKey(),
    origin,
    number: textOf(slot.slot),
    publisherId: textOf(slot['publisher-id']),
    aliases: slot.aliases ?? [],
    udpHost: slot['udp-host'] ?? '',
    ...placeDraftOf(slot),
    python: transport?.python ?? '',
    cwd: transport?.cwd ?? '',
    env: Object.entries(transport?.env ?? {}).map(([left, right]) => ({
      key: nextKey(),
      left,
      right: textOf(right),
    })),
    scripts: slot.scripts ?? [],
    tasks: (slot.tasks ?? []).map((task) => ({
      key: nextKey(),
      name: task.name,
      script: task.script,
      args: joinCommandLine((task.args ?? []).map(String)),
    })),
    paths: (slot.paths ?? []).map(({ from, to }) => ({ key: nextKey(), left: from, right: to })),
    interrupt: textOf(abort?.interrupt),
    terminate: textOf(abort?.terminate),
  };
}

function placeDraftOf({ transport, relay }: SlotEntry): PlaceDraft {
  const forward = typeof relay === 'object' && relay !== null ? relay.forward : undefined;
  const texts = { ...emptyPlaceTexts };
  for (const name of placeTexts) texts[name] = transport?.[name] ?? '';
  return {
    ...texts,
    kind: kindOf(transport?.kind),
    messages: messagesOf(relay),
    forwardHost: forward?.host ?? '',
    forwardPort: textOf(forward?.port),
  };
}

function textOf(value: string | number | boolean | null | undefined): string {
  return value === undefined || value === null ? '' : String(value);
}

/** A slot that is not in the file yet. */
export function newSlotDraft(crate: CrateDraft | null): SlotDraft {
  const numbers = crate?.slots.map((slot) => Number(slot.number)).filter(Number.isInteger) ?? [];
  const number = numbers.length === 0 ? 2 : Math.max(...numbers) + 1;
  const publisherId = crate === null || crate.name === '' ? '' : `${crate.name}slot${number}`;
  return { ...slotDraftOf({}, null), number: String(number), publisherId };
}

/** A crate that is not in the file yet, with its first slot. */
export function newCrateDraft(existing: readonly CrateDraft[]): CrateDraft {
  const names = new Set(existing.map((crate) => crate.name));
  let count = existing.length + 1;
  while (names.has(`crate${count}`)) count += 1;
  const empty: CrateDraft = {
    key: nextKey(),
    origin: null,
    name: `crate${count}`,
    hasSlots: true,
    slots: [],
  };
  return { ...empty, slots: [newSlotDraft(empty)] };
}
