import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runIdSchema, slotIdSchema } from '../../../../shared/domain/ids';
import type { Batch, PanelState, SessionPatch } from '../../../../shared/ipc/state';
import { Batcher, type BatchSource } from '../../../../electron/ipc/batcher';
import { makePanelState, makeSlotStatus } from '../../../fixtures/panel-state';

const slot = slotIdSchema.parse('crate1slot2');
let state: PanelState;
let sent: Batch[];
let batcher: Batcher;
let patches: SessionPatch[];
const source: BatchSource = {
  state: () => state,
  takeSessionPatch: () => patches.shift() ?? null,
  hasSessionPatch: () => patches.length > 0,
};

beforeEach(() => {
  vi.useFakeTimers();
  state = makePanelState();
  sent = [];
  patches = [];
  batcher = new Batcher(
    source,
    (batch) => sent.push(batch),
    () => Date.now(),
  );
});
afterEach(() => {
  batcher.close();
  vi.useRealTimers();
});

describe('the batcher', () => {
  test('sends nothing before a snapshot was asked for', () => {
    batcher.markSlot(slot);
    vi.advanceTimersByTime(1000);
    expect(sent).toEqual([]);
  });

  test('carries a session that gained much in several batches, each after the last was acknowledged', () => {
    batcher.snapshot();
    const run = runIdSchema.parse('20200316-235332-abc123');
    patches = ['a', 'b'].map((key) => ({
      run,
      set: { [key]: 1 },
      changedAt: { [key]: 1 },
      messagesFrom: 0,
      messages: [],
    }));
    batcher.markSession();
    vi.advanceTimersByTime(1000);
    expect(sent.map((batch) => batch.session?.set)).toEqual([{ a: 1 }]);
    batcher.acknowledge(sent[0]?.version ?? 0);
    vi.advanceTimersByTime(1000);
    expect(sent.map((batch) => batch.session?.set)).toEqual([{ a: 1 }, { b: 1 }]);
    batcher.acknowledge(sent[1]?.version ?? 0);
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(2);
  });

  test('carries the newest value of each marked part once', () => {
    const { version } = batcher.snapshot();
    batcher.markPart('notices');
    batcher.markSlot(slot);
    batcher.markSlot(slot);
    state = makePanelState({ slots: { [slot]: makeSlotStatus({ messages: 7 }) } });
    vi.advanceTimersByTime(100);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ version: version + 1, state: { notices: [] }, session: null });
    expect(sent[0]?.slots.map((status) => status.messages)).toEqual([7]);
    expect(Object.keys(sent[0]!.state)).toEqual(['notices']);
  });

  test('keeps one batch in flight and coalesces the rest until it is acknowledged', () => {
    batcher.snapshot();
    batcher.markSlot(slot);
    vi.advanceTimersByTime(100);
    for (let index = 0; index < 1000; index += 1) batcher.markSlot(slot);
    vi.advanceTimersByTime(60_000);
    expect(sent).toHaveLength(1);
    batcher.acknowledge(sent[0]!.version);
    vi.advanceTimersByTime(100);
    expect(sent).toHaveLength(2);
  });

  test('sends no more than twenty batches a second', () => {
    const times: number[] = [];
    const timed = new Batcher(
      source,
      (batch) => {
        times.push(Date.now());
        sent.push(batch);
      },
      () => Date.now(),
    );
    timed.snapshot();
    for (let elapsed = 0; elapsed < 1000; elapsed += 1) {
      timed.markSlot(slot);
      vi.advanceTimersByTime(1);
      const last = sent.at(-1);
      if (last !== undefined) timed.acknowledge(last.version);
    }
    timed.close();
    expect(times.length).toBeGreaterThan(15);
    for (const [index, time] of times.slice(1).entries())
      expect(time - times[index]!).toBeGreaterThanOrEqual(50);
  });

  test('forgets the batch in flight when a reloaded window takes a new snapshot', () => {
    batcher.snapshot();
    batcher.markSlot(slot);
    vi.advanceTimersByTime(100);
    batcher.pause();
    batcher.markSlot(slot);
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(1);
    const { version } = batcher.snapshot();
    batcher.markSlot(slot);
    vi.advanceTimersByTime(100);
    expect(sent.at(-1)?.version).toBeGreaterThan(version);
  });

  test('an acknowledgement of an older batch does not release the one in flight', () => {
    batcher.snapshot();
    batcher.markSlot(slot);
    vi.advanceTimersByTime(100);
    batcher.acknowledge(sent[0]!.version - 1);
    batcher.markSlot(slot);
    vi.advanceTimersByTime(1000);
    expect(sent).toHaveLength(1);
  });

  test('takes the session only when it was marked, so that no gain is lost on the way', () => {
    batcher.snapshot();
    let asked = 0;
    const counting = new Batcher(
      {
        state: () => state,
        takeSessionPatch: () => {
          asked += 1;
          return null;
        },
        hasSessionPatch: () => false,
      },
      () => undefined,
      () => Date.now(),
    );
    counting.snapshot();
    counting.markSlot(slot);
    vi.advanceTimersByTime(100);
    expect(asked).toBe(0);
    counting.close();
  });
});
