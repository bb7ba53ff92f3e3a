import type { SlotId } from '../../shared/domain/ids';
import { mostPins, pinHistory, type Pin, type PinSeries } from '../../shared/domain/pin';
import { numberOf, watchedKey, watchedPathText, type WatchedValue } from '../../shared/domain/watched-value';
import { failure, success, type Result } from '../../shared/result';
import type { PinPointRecord, PinRecord } from '../store/value-records';
import { PointRing } from './point-ring';
import { previewText } from './value-text';
import type { ValuesStore } from './values-store';
import type { ValueUpdate, WatchedValues } from './watched-values';

/** Milliseconds that one point of the history in the database stands for. */
const storedWidth = 2000;

/** What the pins need from the panel. */
export interface PinsOptions {
  readonly store: ValuesStore;
  readonly watched: WatchedValues;
  /** Unix milliseconds now. */
  readonly now: () => number;
}

/** A point of the history that is not in the database yet. */
interface OpenPoint {
  readonly at: number;
  least: number;
  greatest: number;
}

interface PinEntry {
  record: PinRecord;
  ring: PointRing;
  unsaved: OpenPoint[];
  stop: () => void;
}

/** Values whose last hour is kept for charts: in memory to a tenth of a second, in the database to two seconds. */
export class Pins {
  readonly #options: PinsOptions;
  readonly #entries = new Map<number, PinEntry>();
  readonly #beingPinned = new Map<string, Promise<Result<Pin>>>();
  #isOpen = false;
  /** The database holds no pin any more. */
  #isLost = false;

  constructor(options: PinsOptions) {
    this.#options = options;
  }

  /** Takes up the pins that were kept. Without a database it can be tried again. */
  async open(): Promise<void> {
    if (this.#isOpen) return;
    const { store, now } = this.#options;
    const read = await store.ask('readPins', null);
    if (!read.ok) return;
    this.#isOpen = true;
    for (const record of read.value) {
      if (this.#entries.has(record.id)) continue;
      const from = now() - pinHistory;
      const points = await store.ask('readPinPoints', { pin: record.id, from });
      this.#add(record, points.ok ? PointRing.from(pointsOf(points.value), now()) : new PointRing());
    }
  }

  /** The pins of a slot, or with null all of them, in the order in which they were pinned. */
  list(slot: SlotId | null): Pin[] {
    return [...this.#entries.values()]
      .filter(({ record }) => slot === null || record.watched.slot === slot)
      .map((entry) => this.#show(entry));
  }

  /** Pins a value. One that is pinned already is given back; two at once for the same value are one. */
  async pin(watched: WatchedValue): Promise<Result<Pin>> {
    const key = watchedKey(watched);
    const known = [...this.#entries.values()].find((entry) => watchedKey(entry.record.watched) === key);
    if (known !== undefined) return success(this.#show(known));
    const running = this.#beingPinned.get(key) ?? this.#pinNew(watched);
    this.#beingPinned.set(key, running);
    return running.finally(() => this.#beingPinned.delete(key));
  }

  /** Takes a pin away with its history. */
  async unpin(id: number): Promise<Result<null>> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return unknownPin();
    const removed = await this.#options.store.ask('removePin', { pin: id });
    if (!removed.ok) return removed;
    entry.stop();
    this.#entries.delete(id);
    return success(null);
  }

  /** Draws a pin in the chart of another one, or with its own id in a chart of its own. */
  async group(id: number, chart: number): Promise<Result<null>> {
    const entry = this.#entries.get(id);
    const isChart = id === chart || [...this.#entries.values()].some(({ record }) => record.chart === chart);
    if (entry === undefined || !isChart) return unknownPin();
    // Those that were drawn with it stay together: they take the name of one of them.
    const left = [...this.#entries.values()].filter(
      ({ record }) => record.chart === entry.record.chart && record.id !== id,
    );
    const isNamesake = entry.record.chart === id;
    const [heir] = left;
    const moves = isNamesake && heir !== undefined ? left.map((each) => [each, heir.record.id] as const) : [];
    for (const [moved, to] of [...moves, [entry, chart] as const]) {
      const grouped = await this.#options.store.ask('groupPin', { pin: moved.record.id, chart: to });
      if (!grouped.ok) return grouped;
      moved.record = { ...moved.record, chart: to };
    }
    return success(null);
  }

  /** The newest `span` milliseconds of some pins, with at most `points` times each. Pins that are gone are left out. */
  series(ids: readonly number[], span: number, points: number): { now: number; series: PinSeries[] } {
    const now = this.#options.now();
    const series = ids.flatMap((id) => {
      const ring = this.#entries.get(id)?.ring;
      return ring === undefined ? [] : [{ pin: id, ...ring.read(now - span, now, points) }];
    });
    return { now, series };
  }

  /** The database holds nothing of before: the next saving keeps all pins, with their history. */
  keepAnew(): void {
    this.#isLost = true;
    const now = this.#options.now();
    for (const entry of this.#entries.values()) {
      const { at, least, greatest } = entry.ring.read(now - pinHistory, now, pinHistory / storedWidth);
      entry.unsaved = Array.from(at, (each, index) => ({
        at: spanOf(each),
        least: least[index] ?? Number.NaN,
        greatest: greatest[index] ?? Number.NaN,
      }));
    }
  }

  /** Saves the history that is not in the database yet. What cannot be saved now waits, as long as it is of use. */
  async save(): Promise<void> {
    const kept = await this.#keepLost();
    if (!kept.ok) return;
    const forgetBefore = this.#options.now() - pinHistory;
    const taken = [...this.#entries.values()].map((entry) => ({ entry, points: entry.unsaved }));
    const points = taken.flatMap((each): PinPointRecord[] =>
      each.points.map((point) => ({ pin: each.entry.record.id, ...point })),
    );
    if (points.length === 0) return;
    for (const { entry } of taken) entry.unsaved = [];
    const saved = await this.#options.store.ask('savePinPoints', { points, forgetBefore });
    if (saved.ok) return;
    for (const { entry, points: waiting } of taken) {
      entry.unsaved = [...waiting.filter(({ at }) => at >= forgetBefore), ...entry.unsaved];
    }
  }

  close(): void {
    for (const entry of this.#entries.values()) entry.stop();
  }

  async #pinNew(watched: WatchedValue): Promise<Result<Pin>> {
    const { store, watched: values, now } = this.#options;
    if (this.#entries.size >= mostPins) {
      return failure('too-many-pins', `${mostPins} values are pinned, which is the most. Unpin one first.`);
    }
    const value = values.latest(watched)?.value;
    if (value !== undefined && numberOf(value) === null) {
      const what = watchedPathText(watched);
      return failure('value-not-a-number', `${what} cannot be charted: its value is not a number.`);
    }
    // The ids of those that were lost are theirs.
    const kept = await this.#keepLost();
    if (!kept.ok) return kept;
    const pinnedAt = now();
    const added = await store.ask('addPin', { watched, pinnedAt });
    if (!added.ok) return added;
    const id = added.value;
    const entry = this.#add({ id, watched, chart: id, pinnedAt }, new PointRing());
    const latest = values.latest(watched);
    if (latest !== null) this.#take(entry, latest);
    return success(this.#show(entry));
  }

  async #keepLost(): Promise<Result<null>> {
    if (!this.#isLost) return success(null);
    this.#isLost = false;
    const pins = [...this.#entries.values()].map(({ record }) => record);
    const kept = await this.#options.store.ask('keepPins', { pins });
    if (!kept.ok) this.#isLost = true;
    return kept;
  }

  #add(record: PinRecord, ring: PointRing): PinEntry {
    const { watched } = this.#options;
    const entry: PinEntry = { record, ring, unsaved: [], stop: () => undefined };
    entry.stop = watched.watch(record.watched, (update) => this.#take(entry, update));
    this.#entries.set(record.id, entry);
    return entry;
  }

  #show({ record }: PinEntry): Pin {
    const latest = this.#options.watched.latest(record.watched);
    const value = latest?.value;
    return {
      ...record,
      latest: value === undefined ? null : previewText(value, 40),
      latestAt: latest?.at ?? null,
    };
  }

  #take(entry: PinEntry, update: ValueUpdate): void {
    const value = numberOf(update.value) ?? Number.NaN;
    entry.ring.add(update.at, value, this.#options.now());
    const at = spanOf(update.at);
    const point = entry.unsaved.at(-1);
    if (point === undefined || point.at !== at) entry.unsaved.push({ at, least: value, greatest: value });
    else if (!Number.isNaN(value)) {
      point.least = Number.isNaN(point.least) ? value : Math.min(point.least, value);
      point.greatest = Number.isNaN(point.greatest) ? value : Math.max(point.greatest, value);
    }
  }
}

/** When the point of the stored history begins that a time falls into. */
function spanOf(at: number): number {
  return Math.floor(at / storedWidth) * storedWidth;
}

function pointsOf(records: readonly PinPointRecord[]) {
  return {
    at: Float64Array.from(records, ({ at }) => at),
    least: Float64Array.from(records, ({ least }) => least),
    greatest: Float64Array.from(records, ({ greatest }) => greatest),
  };
}

function unknownPin() {
  return failure('pin-unknown', 'This value is not pinned any more.');
}
