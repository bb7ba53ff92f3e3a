import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  applyMessage,
  sessionMessageLimit,
  type SessionInput,
} from '../../../../electron/session/session-reducer';
import { SessionService } from '../../../../electron/session/session-service';
import { runIdSchema, slotIdSchema, type RunId } from '../../../../shared/domain/ids';
import type { Session } from '../../../../shared/domain/session';
import { applySessionPatch } from '../../../../shared/ipc/apply-batch';
import type { Json } from '../../../../shared/json';

const slot = slotIdSchema.parse('crate1slot2');
const otherSlot = slotIdSchema.parse('crate1slot3');
const runs = ['a', 'b', 'c'].map((letter) => runIdSchema.parse(`20200316-235332-${letter.repeat(6)}`));
const [runA, runB, runC] = runs as [RunId, RunId, RunId];

const data = (payload: Json): SessionInput => ({ msgtype: 'session_data', payload });
const log = (payload: Json): SessionInput => ({ msgtype: 'session_log', payload });

function open(): SessionService {
  const sessions = new SessionService();
  sessions.open(runA, slot);
  return sessions;
}

function texts(session: Session | null): string[] {
  return (session?.messages ?? []).map((message) => message.text);
}

describe('SessionService', () => {
  test('records into the open session of the slot, and says whose it is', () => {
    const sessions = open();
    sessions.note(runA, 'Status is now "running".', 5);
    expect(sessions.record(slot, data({ a: 1 }), 10)).toBe(runA);
    expect(sessions.record(slot, log('hello'), 11)).toBe(runA);
    expect(sessions.record(slot, { msgtype: 'metadata', payload: {} }, 12)).toBe(runA);
    expect(sessions.record(otherSlot, data({ b: 1 }), 13)).toBeNull();
    expect(sessions.read(runA)).toEqual({
      run: runA,
      data: { a: 1 },
      changedAt: { a: 10 },
      messages: [
        { time: 5, text: 'Status is now "running".', from: 'panel' },
        { time: 11, text: 'hello', from: 'script' },
      ],
    });
    expect(sessions.read(runB)).toBeNull();
  });

  test('knows what the script said last, also past the messages that are kept and from before a restart', () => {
    const sessions = open();
    expect([sessions.said(runA), sessions.said(runB)]).toEqual([null, null]);
    for (let count = 0; count <= sessionMessageLimit; count += 1)
      sessions.record(slot, log(`${count}`), count);
    sessions.note(runA, 'Status is now "running".', 5);
    expect(sessions.said(runA)).toBe(String(sessionMessageLimit));
    const stored = sessions.read(runA);
    const later = new SessionService();
    later.takeUp(runA, slot, { open: true, isFed: false });
    later.restore(runA, stored);
    expect(later.said(runA)).toBe(String(sessionMessageLimit - 1));
    later.record(slot, log('on'), 9);
    expect(later.said(runA)).toBe('on');
  });

  test('a closed session takes no messages, and is readable until the next one of its slot opens', () => {
    const sessions = open();
    sessions.record(slot, data({ a: 1 }), 10);
    sessions.close(runA);
    expect(sessions.record(slot, data({ a: 2 }), 20)).toBeNull();
    sessions.note(runA, 'Status is now "done".', 21);
    sessions.open(runB, otherSlot);
    expect(sessions.read(runA)?.data).toEqual({ a: 1 });
    expect(texts(sessions.read(runA))).toEqual(['Status is now "done".']);
    sessions.open(runC, slot);
    expect(sessions.read(runA)).toBeNull();
    expect(sessions.record(slot, data({ a: 3 }), 30)).toBe(runC);
    // What the one that went had not been saved yet is still to be had, once.
    expect(sessions.takeUnsaved().map(({ run, set }) => ({ run, set }))).toEqual([
      { run: runA, set: { a: 1 } },
      { run: runC, set: { a: 3 } },
    ]);
    expect(sessions.takeUnsaved()).toEqual([]);
  });

  test('a run has one session only', () => {
    expect(() => open().open(runA, otherSlot)).toThrow(/open already/);
    expect(() => new SessionService().restore(runA, null)).toThrow(/not opened/);
  });

  test('tells the store what is new since it last asked', () => {
    const sessions = open();
    sessions.record(slot, data({ a: 1, b: 1 }), 10);
    sessions.record(slot, data({ a: 2 }), 20);
    sessions.record(slot, log('one'), 21);
    expect(sessions.takeUnsaved()).toEqual([
      {
        run: runA,
        set: { a: 2, b: 1 },
        changedAt: { a: 20, b: 10 },
        relayEnd: null,
        messagesFrom: 0,
        messages: [{ time: 21, text: 'one', from: 'script' }],
      },
    ]);
    expect(sessions.takeUnsaved()).toEqual([]);
    sessions.note(runA, 'two', 30);
    expect(sessions.takeUnsaved()).toEqual([
      {
        run: runA,
        set: {},
        changedAt: {},
        relayEnd: null,
        messagesFrom: 1,
        messages: [{ time: 30, text: 'two', from: 'panel' }],
      },
    ]);
  });

  test('tells the watcher what is new since it began to watch', () => {
    const sessions = open();
    expect(sessions.takePatch()).toBeNull();
    sessions.record(slot, data({ a: 1 }), 10);
    sessions.note(runA, 'zero', 10);
    sessions.watch(runA);
    expect(sessions.takePatch()).toBeNull();
    sessions.record(slot, data({ b: 1 }), 20);
    sessions.record(slot, log('one'), 20);
    expect(sessions.takePatch()).toEqual({
      run: runA,
      set: { b: 1 },
      changedAt: { b: 20 },
      messagesFrom: 1,
      messages: [{ time: 20, text: 'one', from: 'script' }],
      relayEnd: null,
    });
    expect(sessions.takePatch()).toBeNull();
    sessions.watch(null);
    sessions.record(slot, data({ c: 1 }), 30);
    expect(sessions.takePatch()).toBeNull();
    // A run may be watched before its session opens.
    sessions.watch(runB);
    sessions.open(runB, otherSlot);
    sessions.record(otherSlot, data({ d: 1 }), 40);
    expect(sessions.takePatch()?.set).toEqual({ d: 1 });
  });

  test('after a restart, goes on where the stored session ended, and saves nothing before that is known', () => {
    const sessions = new SessionService();
    sessions.takeUp(runA, slot, { open: true, isFed: false });
    sessions.watch(runA);
    sessions.record(slot, data({ b: 2 }), 50);
    sessions.record(slot, log('three'), 51);
    const stored: Session = {
      run: runA,
      data: { a: 1, b: 1 },
      changedAt: { a: 10, b: 10 },
      messages: [
        { time: 1, text: 'one', from: 'panel' },
        { time: 2, text: 'two', from: 'script' },
      ],
    };
    expect(sessions.takeUnsaved()).toEqual([]);
    sessions.restore(runA, stored);
    const restored = sessions.read(runA);
    expect(restored?.data).toEqual({ a: 1, b: 2 });
    expect(restored?.changedAt).toEqual({ a: 10, b: 50 });
    expect(texts(restored)).toEqual(['one', 'two', 'three']);
    const [unsaved] = sessions.takeUnsaved();
    expect(unsaved).toMatchObject({ set: { b: 2 }, messagesFrom: 2, messages: [{ text: 'three' }] });
    const patch = sessions.takePatch();
    expect(patch).toMatchObject({ set: { a: 1, b: 2 }, messagesFrom: 0 });
    expect(patch?.messages.map((message) => message.text)).toEqual(['one', 'two', 'three']);
  });

  test('a flood of messages is bounded, counted where it is seen, and leaves the panel its say', () => {
    const sessions = open();
    for (let index = 0; index < sessionMessageLimit; index += 1)
      sessions.record(slot, log(`${index}`), index);
    sessions.watch(runA);
    let store: Session = { run: runA, data: {}, changedAt: {}, messages: [] };
    let screen = sessions.read(runA);
    const take = (): void => {
      for (const unsaved of sessions.takeUnsaved()) store = applySessionPatch(store, unsaved);
      const patch = sessions.takePatch();
      if (screen !== null && patch !== null) screen = applySessionPatch(screen, patch);
    };
    take();
    sessions.record(slot, log('too much'), 7);
    take();
    sessions.note(runA, 'Script has finished with exit code 0', 8);
    take();
    sessions.record(slot, data('not a dict'), 9);
    sessions.record(slot, log('too much'), 9);
    take();
    const session = sessions.read(runA);
    expect(session?.messages.slice(-2)).toEqual([
      {
        time: 9,
        text: 'The session holds 100000 messages; 3 further ones were not kept here.',
        from: 'warning',
      },
      { time: 8, text: 'Script has finished with exit code 0', from: 'panel' },
    ]);
    expect(session?.messages).toHaveLength(sessionMessageLimit + 2);
    expect(store).toEqual(session);
    expect(screen).toEqual(session);
  });

  test('a flood of keys is bounded, counted where it is seen, and keys that are there go on', () => {
    const sessions = open();
    sessions.watch(runA);
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`key ${index}`, index]));
    sessions.record(slot, data(many), 1);
    expect(sessions.read(runA)?.messages).toEqual([]);
    sessions.record(slot, data({ 'one more': 1, 'key 5': 'changed' }), 2);
    let screen = sessions.read(runA);
    sessions.takePatch();
    sessions.record(slot, data({ 'another one': 1 }), 3);
    const patch = sessions.takePatch();
    if (screen !== null && patch !== null) screen = applySessionPatch(screen, patch);
    const session = sessions.read(runA);
    expect(Object.keys(session?.data ?? {})).toHaveLength(10_000);
    expect(session?.data['key 5']).toBe('changed');
    expect(session?.messages).toEqual([
      {
        time: 3,
        from: 'warning',
        text:
          'Session data holds up to 10000 keys and 32 MB. 2 further values were not kept here, the last for ' +
          '"another one": what shows for it may be old. All are in Messages.',
      },
    ]);
    expect(screen).toEqual(session);
  });

  test('session data beyond its size is not kept, and room that is given back is used again', () => {
    const sessions = open();
    const large = 'x'.repeat(10_000_000);
    sessions.record(slot, data({ a: large }), 1);
    sessions.record(slot, data({ b: large }), 2);
    expect(Object.keys(sessions.read(runA)?.data ?? {})).toEqual(['a']);
    expect(texts(sessions.read(runA))[0]).toContain('1 further value was not kept here, the last for "b"');
    sessions.record(slot, data({ a: 'small' }), 3);
    sessions.record(slot, data({ b: large }), 4);
    expect(sessions.read(runA)?.data['b']).toBe(large);
  });

  test('tells the watcher much in parts, in which no key is forgotten, and the store all at once', () => {
    const sessions = open();
    sessions.watch(runA);
    expect(sessions.hasPatch()).toBe(false);
    const values = Array.from({ length: 5000 }, (_, index) => index);
    const keys = Array.from({ length: 20 }, (_, index) => `key${index}`);
    for (const key of keys) sessions.record(slot, data({ [key]: values }), 1);
    sessions.record(slot, log('hello'), 1);
    const parts: string[][] = [];
    while (sessions.hasPatch()) {
      const patch = sessions.takePatch();
      parts.push(Object.keys(patch?.set ?? {}));
      // The first key changes again meanwhile: it comes once more, after those that wait.
      if (parts.length === 1) sessions.record(slot, data({ key0: [1] }), 2);
    }
    expect(parts.length).toBeGreaterThan(2);
    expect(parts.flat()).toEqual([...keys, 'key0']);
    expect(sessions.takePatch()).toBeNull();
    expect(Object.keys(sessions.takeUnsaved()[0]?.set ?? {})).toHaveLength(20);
    sessions.record(slot, data({ large: 'x'.repeat(1_000_000) }), 3);
    expect(Object.keys(sessions.takePatch()?.set ?? {})).toEqual(['large']);
  });

  test('keeps what the reducer keeps; patches and saves add up to the same', () => {
    const key = fc.constantFrom('a', 'b', 'c', '__proto__', 'toString', '0');
    const input = fc.oneof(
      fc
        .dictionary(key, fc.constantFrom<Json[]>(1, Number.NaN, null, 'x', [1]))
        .map((payload) => data(payload)),
      fc.string().map((payload) => log(payload)),
      fc.constant(data(null)),
      fc.constant(log(null)),
      fc.constant<SessionInput>({ msgtype: 'general', payload: { a: 9 } }),
    );
    const step = fc.oneof(
      { weight: 4, arbitrary: input },
      fc.constantFrom('patch' as const, 'save' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const sessions = open();
        sessions.watch(runA);
        let expected: Session = { run: runA, data: {}, changedAt: {}, messages: [] };
        let screen = expected;
        let store = expected;
        for (const [time, each] of [...steps, 'patch' as const, 'save' as const].entries()) {
          if (each === 'patch') {
            const patch = sessions.takePatch();
            if (patch !== null) screen = applySessionPatch(screen, patch);
          } else if (each === 'save') {
            for (const unsaved of sessions.takeUnsaved()) store = applySessionPatch(store, unsaved);
          } else {
            sessions.record(slot, each, time);
            expected = applyMessage(expected, each, time);
          }
        }
        expect(sessions.read(runA)).toEqual(expected);
        expect(Object.keys(screen.data).toSorted()).toEqual(Object.keys(expected.data).toSorted());
        expect(screen).toEqual(expected);
        expect(store).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps what came until it is known what is stored, also when the run ends and the next one begins', () => {
    const sessions = new SessionService();
    sessions.takeUp(runA, slot, { open: true, isFed: false });
    sessions.note(runA, 'Status is now "done".', 5);
    sessions.close(runA);
    sessions.open(runB, slot);
    expect(sessions.takeUnsaved()).toEqual([]);
    const stored = { run: runA, data: {}, changedAt: {}, messages: [] };
    sessions.restore(runA, { ...stored, messages: [{ time: 1, text: 'one', from: 'panel' }] });
    expect(sessions.takeUnsaved()).toMatchObject([
      { run: runA, messagesFrom: 1, messages: [{ text: 'Status is now "done".' }] },
    ]);
    expect(sessions.read(runA)).toBeNull();
  });

  test('a run that was found late takes no slot from the one that goes on there', () => {
    const sessions = new SessionService();
    sessions.open(runB, slot);
    sessions.takeUp(runA, slot, { open: true, isFed: false });
    sessions.restore(runA, null);
    expect(sessions.record(slot, data({ a: 1 }), 10)).toBe(runB);
    sessions.note(runA, 'Status is now "done".', 11);
    sessions.close(runA);
    expect(sessions.read(runA)).toBeNull();
    expect(sessions.takeUnsaved().map(({ run }) => run)).toEqual([runA, runB]);
  });

  test('takes relayed messages for as long as they come, whatever goes on at the slot', () => {
    const sessions = new SessionService();
    sessions.open(runA, slot, true);
    sessions.close(runA);
    sessions.open(runB, slot);
    sessions.recordRelayed(runA, data({ late: 1 }), 40, 120);
    expect(sessions.read(runA)?.data).toEqual({ late: 1 });
    sessions.release(runA);
    expect(sessions.read(runA)).toBeNull();
    expect(sessions.takeUnsaved()).toMatchObject([{ run: runA, set: { late: 1 }, relayEnd: 120 }]);
  });

  test('keeps what is watched until it is watched no more', () => {
    const sessions = open();
    sessions.watch(runA);
    sessions.record(slot, data({ a: 1 }), 10);
    sessions.close(runA);
    sessions.open(runB, slot);
    expect(sessions.takePatch()?.set).toEqual({ a: 1 });
    sessions.watch(runB);
    expect(sessions.read(runA)).toBeNull();
  });

  test('takes relayed messages of a run after its end too, and tells how far they went', () => {
    const sessions = open();
    sessions.close(runA);
    sessions.recordRelayed(runA, data({ late: 1 }), 40, 120);
    sessions.recordRelayed(runA, { msgtype: 'general', payload: null }, 41, 180);
    expect(sessions.read(runA)?.data).toEqual({ late: 1 });
    expect(sessions.takeUnsaved()).toEqual([
      { run: runA, set: { late: 1 }, changedAt: { late: 40 }, messagesFrom: 0, messages: [], relayEnd: 180 },
    ]);
    // A message that changes nothing in the session moves the position all the same.
    sessions.recordRelayed(runA, { msgtype: 'general', payload: null }, 42, 240);
    expect(sessions.takeUnsaved()).toMatchObject([{ set: {}, relayEnd: 240 }]);
    expect(sessions.takeUnsaved()).toEqual([]);
  });

  test('says all of a session again where nothing of it is kept any more', () => {
    const sessions = open();
    sessions.note(runA, 'Status is now "running".', 5);
    sessions.recordRelayed(runA, data({ a: 1, b: 2 }), 10, 120);
    const all = sessions.takeUnsaved();
    sessions.record(slot, data({ a: 3 }), 20);
    sessions.saveAnew(runA);
    sessions.saveAnew(runB);
    expect(sessions.takeUnsaved()).toEqual([
      { ...all[0], set: { a: 3, b: 2 }, changedAt: { a: 20, b: 10 }, relayEnd: 120 },
    ]);
    expect(sessions.takeUnsaved()).toEqual([]);
  });
});
