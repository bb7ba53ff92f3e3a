import type { AlarmStatus } from '../../shared/domain/alarm';
import type { RunId } from '../../shared/domain/ids';
import type { Session } from '../../shared/domain/session';
import { isJsonObject } from '../../shared/json';
import type { PanelEvents, TakenMessage } from '../state/panel-events';
import { Alarms } from './alarms';
import { Pins } from './pins';
import { Registers } from './registers';
import type { ValuesStore } from './values-store';
import { WatchedValues } from './watched-values';

/** How often rules are looked at, and how often what has changed is saved, milliseconds. */
const tickEvery = 1000;
const saveEvery = 5000;

/** What the values need from the panel. */
export interface ValueServiceOptions {
  readonly store: ValuesStore;
  readonly events: PanelEvents;
  /** Unix milliseconds now. */
  readonly now: () => number;
  /** Milliseconds that only go forward, from any beginning. */
  readonly elapsed: () => number;
  /** The session of a run, where it is held in memory. */
  readonly session: (run: RunId) => Session | null;
  readonly onAlarms: (status: AlarmStatus) => void;
  readonly onFault: (error: unknown) => void;
}

/** Registers, pinned values and alarms, fed by the messages that the panel takes. */
export class ValueService {
  readonly registers: Registers;
  readonly pins: Pins;
  readonly alarms: Alarms;
  readonly #options: ValueServiceOptions;
  readonly #watched: WatchedValues;
  readonly #stops: (() => void)[];
  #timers: NodeJS.Timeout[] = [];
  #saving: Promise<void> | null = null;

  constructor(options: ValueServiceOptions) {
    const { store, events, now, elapsed, session } = options;
    this.#options = options;
    this.registers = new Registers(store, now);
    this.#watched = new WatchedValues({
      session,
      latestRegister: (slot, path) => {
        const register = this.registers.of(slot).find(path);
        return register === null ? null : { value: register.value, at: register.receivedAt };
      },
    });
    const watched = this.#watched;
    this.pins = new Pins({ store, watched, now });
    const onRaised = events.alarm.emit.bind(events.alarm);
    this.alarms = new Alarms({ store, watched, now, elapsed, onStatus: options.onAlarms, onRaised });
    this.#stops = [
      events.message.listen((taken) => this.#take(taken)),
      events.run.listen((run) => watched.takeRun(run, elapsed())),
      events.databaseBegun.listen(() => {
        for (const kept of [this.registers, this.pins, this.alarms]) kept.keepAnew();
      }),
      events.config.listen(({ crates }) =>
        this.registers.configure(crates.flatMap((crate) => crate.slots.map((slot) => slot.id))),
      ),
    ];
  }

  /** Takes up pins and rules; the registers, which may be many, follow. What cannot be read is tried with each saving. */
  async open(): Promise<void> {
    await this.#takeUp();
    this.save().catch(this.#options.onFault);
    this.#timers = [
      setInterval(() => this.alarms.tick(), tickEvery),
      setInterval(() => {
        this.save().catch(this.#options.onFault);
      }, saveEvery),
    ];
  }

  /** Saves what has changed. One saving at a time. */
  save(): Promise<void> {
    this.#saving ??= this.#saveAll().finally(() => {
      this.#saving = null;
    });
    return this.#saving;
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer);
    for (const stop of this.#stops) stop();
    this.alarms.close();
    this.pins.close();
    await this.#saving;
    await this.save();
  }

  async #takeUp(): Promise<void> {
    await this.pins.open();
    await this.alarms.open();
  }

  async #saveAll(): Promise<void> {
    await this.#takeUp();
    await this.registers.restore();
    await this.alarms.saveAlarms();
    await this.pins.save();
    await this.registers.save();
  }

  #take({ message, slot, run, receivedAt }: TakenMessage): void {
    if (slot === null) return;
    if (message.msgtype === 'metadata') {
      const taken = this.registers.take(slot, message.payload, receivedAt, message.text.length);
      if (taken !== null) this.#watched.takeRegister(slot, taken.path, taken.value, receivedAt);
    } else if (message.msgtype === 'session_data' && run !== null && isJsonObject(message.payload)) {
      this.#watched.takeSessionData(slot, run, message.payload, receivedAt);
    }
  }
}
