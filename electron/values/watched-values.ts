import type { RunId, SlotId } from '../../shared/domain/ids';
import { isActive, type Run } from '../../shared/domain/run';
import type { Session } from '../../shared/domain/session';
import { valueAt, watchedKey, type WatchedValue } from '../../shared/domain/watched-value';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json';
import { comesAfter } from '../state/run-change';

/** A value that was received; undefined where session data was set anew without it. `at` is Unix milliseconds. */
export interface ValueUpdate {
  readonly value: Json | undefined;
  readonly at: number;
}

type Listener = (update: ValueUpdate) => void;
type SessionValue = Extract<WatchedValue, { source: 'session' }>;

interface SessionWatch {
  readonly watched: SessionValue;
  latest: ValueUpdate | null;
  readonly listeners: Set<Listener>;
}

/** What values are read from beside the messages that come. */
export interface WatchedValuesOptions {
  readonly latestRegister: (slot: SlotId, path: string) => ValueUpdate | null;
  /** The session of a run, where it is held in memory. */
  readonly session: (run: RunId) => Session | null;
}

/** An active run, and since when the panel has known of it: milliseconds of a clock that only goes forward. */
export interface ActiveRun {
  readonly run: RunId;
  readonly since: number;
}

/**
 * Tells whoever follows a value of what is received for it. A message costs one look-up in what its slot has watched;
 * on a slot without any, nothing.
 */
export class WatchedValues {
  readonly #options: WatchedValuesOptions;
  readonly #registers = new Map<SlotId, Map<string, Set<Listener>>>();
  readonly #sessions = new Map<SlotId, Map<string, SessionWatch>>();
  /** The newest run of each slot. */
  readonly #runs = new Map<SlotId, Run>();
  readonly #active = new Map<SlotId, ActiveRun>();
  readonly #hadRun = new Set<SlotId>();

  constructor(options: WatchedValuesOptions) {
    this.#options = options;
  }

  /** Hears of a value from now on. Returns how to stop. */
  watch(watched: WatchedValue, listener: Listener): () => void {
    return watched.source === 'register'
      ? this.#watchRegister(watched.slot, watched.path, listener)
      : this.#watchSession(watched, listener);
  }

  /** The newest value; null where none has come. Of session data only what is watched is known. */
  latest(watched: WatchedValue): ValueUpdate | null {
    if (watched.source === 'register') return this.#options.latestRegister(watched.slot, watched.path);
    return this.#sessions.get(watched.slot)?.get(watchedKey(watched))?.latest ?? null;
  }

  /** The run that is active on a slot. */
  activeRun(slot: SlotId): ActiveRun | null {
    return this.#active.get(slot) ?? null;
  }

  /** Whether a run was active on a slot since the panel is there. What ran before that is not known here. */
  hasHadRun(slot: SlotId): boolean {
    return this.#hadRun.has(slot);
  }

  /** A register was received. */
  takeRegister(slot: SlotId, path: string, value: Json, at: number): void {
    const listeners = this.#registers.get(slot)?.get(path);
    if (listeners === undefined) return;
    const update = { value, at };
    for (const listener of listeners) listener(update);
  }

  /** Session data of a run was received, and is merged key by key. What an earlier run had to say comes late. */
  takeSessionData(slot: SlotId, run: RunId, set: JsonObject, at: number): void {
    const watches = this.#sessions.get(slot);
    if (watches === undefined || this.#runs.get(slot)?.id !== run) return;
    for (const watch of watches.values()) {
      const [key] = watch.watched.path;
      if (typeof key !== 'string' || !Object.hasOwn(set, key)) continue;
      watch.latest = { value: valueAt(set, watch.watched.path), at };
      for (const listener of watch.listeners) listener(watch.latest);
    }
  }

  /** A run has changed. A new one begins a session with nothing in it. `since` is when, as `ActiveRun` tells it. */
  takeRun(run: Run, since: number): void {
    const { slot } = run;
    const before = this.#runs.get(slot);
    const isSame = before?.id === run.id;
    if (before !== undefined && !isSame && !comesAfter(run, before)) return;
    this.#runs.set(slot, run);
    if (!isSame) for (const watch of this.#sessions.get(slot)?.values() ?? []) watch.latest = null;
    if (!isActive(run)) this.#active.delete(slot);
    else if (this.#active.get(slot)?.run !== run.id) this.#active.set(slot, { run: run.id, since });
    if (isActive(run)) this.#hadRun.add(slot);
  }

  #watchRegister(slot: SlotId, path: string, listener: Listener): () => void {
    const paths = this.#registers.get(slot) ?? new Map<string, Set<Listener>>();
    this.#registers.set(slot, paths);
    const listeners = paths.get(path) ?? new Set();
    paths.set(path, listeners);
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) paths.delete(path);
      if (paths.size === 0) this.#registers.delete(slot);
    };
  }

  #watchSession(watched: SessionValue, listener: Listener): () => void {
    const { slot } = watched;
    const key = watchedKey(watched);
    const watches = this.#sessions.get(slot) ?? new Map<string, SessionWatch>();
    this.#sessions.set(slot, watches);
    const watch = watches.get(key) ?? { watched, latest: this.#readSession(watched), listeners: new Set() };
    watches.set(key, watch);
    watch.listeners.add(listener);
    return () => {
      watch.listeners.delete(listener);
      if (watch.listeners.size === 0) watches.delete(key);
      if (watches.size === 0) this.#sessions.delete(slot);
    };
  }

  #readSession({ slot, path }: SessionValue): ValueUpdate | null {
    const run = this.#runs.get(slot);
    const session = run === undefined ? null : this.#options.session(run.id);
    const [key] = path;
    if (session === null || typeof key !== 'string' || !Object.hasOwn(session.data, key)) return null;
    const data: Json = session.data;
    return isJsonObject(data) ? { value: valueAt(data, path), at: session.changedAt[key] ?? 0 } : null;
  }
}
