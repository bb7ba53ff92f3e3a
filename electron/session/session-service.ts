import type { RunId, SlotId } from '../../shared/domain/ids';
import type { Session, SessionMessage } from '../../shared/domain/session';
import type { SessionPatch } from '../../shared/ipc/state';
import { LiveSession, type SessionGain } from './live-session';
import { readSessionChange, type SessionInput } from './session-reducer';

/** What the store has to write of a run's session. */
export interface UnsavedSession extends SessionGain {
  readonly run: RunId;
}

interface Entry {
  readonly session: LiveSession;
  readonly slot: SlotId;
  open: boolean;
  /** Relayed messages may still come for it, also when the slot has a newer session. */
  isFed: boolean;
  /** Nothing of it may be saved yet, as it is not known what the store keeps of it. */
  isWithheld: boolean;
}

/**
 * The sessions of the runs: one open per slot at most. A closed one stays readable until the slot's next one opens, and
 * as long as it is fed, withheld or watched; older ones are the store's.
 */
export class SessionService {
  readonly #runs = new Map<RunId, Entry>();
  readonly #slots = new Map<SlotId, Entry>();
  /** Ended sessions that made room before their last changes were taken for saving. */
  #parting: LiveSession[] = [];
  #watched: RunId | null = null;

  /** Opens the session of a run that begins; `isFed` where messages are relayed to it. The slot's one before it goes. */
  open(run: RunId, slot: SlotId, isFed = false): void {
    const before = this.#slots.get(slot);
    this.#slots.set(
      slot,
      this.#add({ session: new LiveSession(run), slot, open: true, isFed, isWithheld: false }),
    );
    if (before === undefined) return;
    before.open = false;
    this.#partIfPast(before);
  }

  /**
   * Takes up the session of a run that an earlier panel started, open or closed. Until `restore` says what is stored of
   * it, nothing of it is saved.
   */
  takeUp(
    run: RunId,
    slot: SlotId,
    { open, isFed }: { readonly open: boolean; readonly isFed: boolean },
  ): void {
    const entry = this.#add({ session: new LiveSession(run), slot, open, isFed, isWithheld: true });
    if (open && !this.#slots.has(slot)) this.#slots.set(slot, entry);
  }

  /** Takes a published message of a slot. Gives back the run whose session is open there, or null. */
  record(slot: SlotId, message: SessionInput, receivedAt: number): RunId | null {
    const entry = this.#slots.get(slot);
    if (entry === undefined || !entry.open) return null;
    apply(entry.session, message, receivedAt);
    return entry.session.run;
  }

  /**
   * Takes a message that the run's supervisor relayed, also after the session was closed: it is the run's for certain.
   * `relayEnd` is where its record ends in the relay's file.
   */
  recordRelayed(run: RunId, message: SessionInput, receivedAt: number, relayEnd: number): void {
    const session = this.#runs.get(run)?.session;
    if (session === undefined) return;
    apply(session, message, receivedAt);
    session.reached(relayEnd);
  }

  /** Adds a line of the panel's own, such as `Status is now "running".`, also to a session that is closed. */
  note(run: RunId, text: string, at: number, from: SessionMessage['from'] = 'panel'): void {
    this.#runs.get(run)?.session.note({ time: at, text, from });
  }

  /** Ends a session: messages that come later are not the run's any more. */
  close(run: RunId): void {
    this.#change(run, { open: false });
  }

  /** No relayed message of the run comes any more. */
  release(run: RunId): void {
    this.#change(run, { isFed: false });
  }

  /** Fills in what is stored of a run that was taken up; null where that is nothing. */
  restore(run: RunId, stored: Session | null): void {
    const entry = this.#runs.get(run);
    if (entry === undefined) throw new Error(`the session of run ${run} was not opened`);
    if (stored !== null) entry.session.restore(stored);
    this.#change(run, { isWithheld: false });
  }

  /** The store holds nothing of before: all of the run's session is to be saved again. */
  saveAnew(run: RunId): void {
    this.#runs.get(run)?.session.saveAnew();
  }

  /** The session of a run as it stands; null where it is not held here. */
  read(run: RunId): Session | null {
    return this.#runs.get(run)?.session.read() ?? null;
  }

  /** What the run's script said last in its session; null where it said nothing, or is not held here. */
  said(run: RunId): string | null {
    return this.#runs.get(run)?.session.said ?? null;
  }

  /** Chooses the run whose changes `takePatch` tells, from now on. */
  watch(run: RunId | null): void {
    const before = this.#watched === null ? undefined : this.#runs.get(this.#watched);
    before?.session.watch(false);
    this.#watched = run;
    if (run !== null) this.#runs.get(run)?.session.watch(true);
    if (before !== undefined) this.#partIfPast(before);
  }

  /** Whether the watched session has gained anything since, or more than one patch carries. */
  hasPatch(): boolean {
    return this.#watched !== null && (this.#runs.get(this.#watched)?.session.hasWatched() ?? false);
  }

  /** What the watched session gained since this was last asked, a bounded part at a time; null if nothing. */
  takePatch(): SessionPatch | null {
    if (this.#watched === null) return null;
    const gain = this.#runs.get(this.#watched)?.session.takeWatched() ?? null;
    return gain === null ? null : { run: this.#watched, ...gain };
  }

  /** What all sessions gained since this was last asked, for the store. */
  takeUnsaved(): UnsavedSession[] {
    const known = [...this.#runs.values()].filter((entry) => !entry.isWithheld);
    const sessions = [...this.#parting, ...known.map((entry) => entry.session)];
    this.#parting = [];
    return sessions.flatMap((session) => {
      const gain = session.takeUnsaved();
      return gain === null ? [] : [{ run: session.run, ...gain }];
    });
  }

  #add(entry: Entry): Entry {
    const { run } = entry.session;
    if (this.#runs.has(run)) throw new Error(`the session of run ${run} is open already`);
    entry.session.watch(run === this.#watched);
    this.#runs.set(run, entry);
    return entry;
  }

  #change(run: RunId, change: Partial<Pick<Entry, 'open' | 'isFed' | 'isWithheld'>>): void {
    const entry = this.#runs.get(run);
    if (entry !== undefined) this.#partIfPast(Object.assign(entry, change));
  }

  /** Lets a session go that has no part in anything any more: it is the store's alone. */
  #partIfPast(entry: Entry): void {
    const { session, slot, open, isFed, isWithheld } = entry;
    if (open || isFed || isWithheld || this.#slots.get(slot) === entry || session.run === this.#watched)
      return;
    if (this.#runs.delete(session.run)) this.#parting.push(session);
  }
}

function apply(session: LiveSession, message: SessionInput, receivedAt: number): void {
  const change = readSessionChange(message, receivedAt);
  if (change.kind === 'data') session.set(change.set, receivedAt);
  else if (change.kind === 'message') session.add(change.message);
}
