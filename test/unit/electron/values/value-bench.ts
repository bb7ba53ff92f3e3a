import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import type { PublishedMessage } from '../../../../electron/publisher/decode';
import { makePanelEvents, type PanelEvents } from '../../../../electron/state/panel-events';
import { ValueService } from '../../../../electron/values/value-service';
import { resolveCrates } from '../../../../shared/config/crates';
import { cratesFileSchema } from '../../../../shared/config/crates-file';
import type { Alarm, AlarmRuleDraft, AlarmStatus } from '../../../../shared/domain/alarm';
import { publisherIdSchema, runIdSchema, type RunId, type SlotId } from '../../../../shared/domain/ids';
import type { Session } from '../../../../shared/domain/session';
import type { WatchedValue } from '../../../../shared/domain/watched-value';
import type { Json, JsonObject } from '../../../../shared/json';
import { temporaryFolder } from '../store/support';
import { DirectStore, slotA, slotB, start } from './support';

export const run = runIdSchema.parse('20261123-140000-abc123');
export const median: WatchedValue = { source: 'session', slot: slotA, path: ['noise', 'medians', 1] };

/** What the values of one test stand in. */
export interface World {
  readonly store: DirectStore;
  /** What nobody expected; none at the end of a test. */
  readonly faults: unknown[];
  /** Unix milliseconds, as they pass. */
  time: number;
  /** By how much the clock of the wall was set. */
  step: number;
}

/** The world of the test that runs; another one for each. */
export let world: World;

beforeEach(() => {
  const store = new DirectStore(join(temporaryFolder(), 'panel.sqlite'));
  world = { store, faults: [], time: start, step: 0 };
});

afterEach(() => {
  world.store.database.close();
  expect(world.faults).toEqual([]);
});

/** The values of a panel with a real database, whose clocks are the world's. */
export class Bench {
  readonly events: PanelEvents = makePanelEvents((error) => world.faults.push(error));
  readonly statuses: AlarmStatus[] = [];
  readonly raised: Alarm[] = [];
  readonly sessions = new Map<RunId, Session>();
  readonly values = new ValueService({
    store: world.store,
    events: this.events,
    now: () => world.time + world.step,
    elapsed: () => world.time,
    session: (id) => this.sessions.get(id) ?? null,
    onAlarms: (status) => this.statuses.push(status),
    onFault: (error) => world.faults.push(error),
  });

  constructor() {
    this.events.alarm.listen((alarm) => this.raised.push(alarm));
    const slots = [slotA, slotB].map((id, index) => ({ slot: index + 2, 'publisher-id': id }));
    this.events.config.emit(resolveCrates(cratesFileSchema.parse({ crates: [{ name: 'crate1', slots }] })));
  }

  /** A service on which everything that was kept has been taken up. */
  static async open(): Promise<Bench> {
    const bench = new Bench();
    await bench.values.open();
    await bench.values.save();
    return bench;
  }

  message(
    msgtype: string,
    payload: Json,
    slot: SlotId | null = slotA,
    ofRun: RunId | null = null,
    receivedAt = world.time,
  ): void {
    const text = JSON.stringify(payload);
    const message: PublishedMessage = {
      host: null,
      publisherId: publisherIdSchema.parse('crate1slot2'),
      script: null,
      publishedAt: world.time,
      seqNo: 1,
      msgtype,
      payload,
      text,
    };
    this.events.message.emit({ message, slot, run: ofRun, receivedAt });
  }

  metadata(registerPath: string, value: Json, slot: SlotId = slotA): void {
    this.message('metadata', { path: registerPath, value, type: typeof value }, slot);
  }

  session(set: JsonObject): void {
    this.message('session_data', set, slotA, run);
  }

  async rule(watched: WatchedValue, changes: Partial<AlarmRuleDraft> = {}): Promise<number> {
    const saved = await this.values.alarms.save(null, { ...draft(watched), ...changes });
    if (!saved.ok) throw new Error(saved.error.message);
    return saved.value;
  }

  async pin(watched: WatchedValue): Promise<number> {
    const pinned = await this.values.pins.pin(watched);
    if (!pinned.ok) throw new Error(pinned.error.message);
    return pinned.value.id;
  }

  points(pin: number): number[][] {
    const [series] = this.values.pins.series([pin], 3_600_000, 36_000).series;
    return [...(series?.at ?? [])].map((at, index) => [at - start, series?.greatest[index] ?? Number.NaN]);
  }

  phase(rule: number): string | null {
    return this.values.alarms.list(null).find((each) => each.rule.id === rule)?.alarm?.phase ?? null;
  }
}

/** A rule above 5, told at once. */
export function draft(watched: WatchedValue): AlarmRuleDraft {
  return {
    name: '',
    watched,
    condition: { kind: 'above', limit: 5 },
    delay: 0,
    severity: 'alarm',
    enabled: true,
  };
}
