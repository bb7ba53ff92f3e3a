import { describe, expect, test } from 'vitest';
import { applyMessage, sessionMessageLimit } from '../../../../electron/session/session-reducer';
import { runIdSchema } from '../../../../shared/domain/ids';
import type { Session } from '../../../../shared/domain/session';

const empty: Session = {
  run: runIdSchema.parse('20200316-235332-abc123'),
  data: {},
  changedAt: {},
  messages: [],
};

describe('applyMessage', () => {
  test('merges session_data shallowly: a key is replaced whole', () => {
    const first = applyMessage(empty, { msgtype: 'session_data', payload: { a: { x: 1, y: 2 }, b: 1 } }, 10);
    const second = applyMessage(
      first,
      { msgtype: 'session_data', payload: { a: { x: Number.NaN }, c: null } },
      20,
    );
    expect(second.data).toEqual({ a: { x: Number.NaN }, b: 1, c: null });
    expect(second.changedAt).toEqual({ a: 20, b: 10, c: 20 });
    expect(first.data).toEqual({ a: { x: 1, y: 2 }, b: 1 });
    expect(empty.data).toEqual({});
  });

  test.each([[null], ['text'], [1], [[{ a: 1 }]], [true]])(
    'session_data %j is skipped with the warning',
    (payload) => {
      const session = applyMessage(empty, { msgtype: 'session_data', payload }, 10);
      expect(session.data).toEqual({});
      expect(session.messages).toEqual([
        { time: 10, text: 'Session data not passed as a dict!! Skipping...', from: 'warning' },
      ]);
    },
  );

  test('appends session_log in order', () => {
    const first = applyMessage(empty, { msgtype: 'session_log', payload: 'one' }, 10);
    const second = applyMessage(first, { msgtype: 'session_log', payload: 'two' }, 9);
    expect(second.messages).toEqual([
      { time: 10, text: 'one', from: 'script' },
      { time: 9, text: 'two', from: 'script' },
    ]);
  });

  test.each([[null], [{ message: 'x' }], [1], [['x']]])(
    'session_log %j is skipped with a warning',
    (payload) => {
      expect(applyMessage(empty, { msgtype: 'session_log', payload }, 10).messages).toEqual([
        { time: 10, text: 'Session log not passed as a string!! Skipping...', from: 'warning' },
      ]);
    },
  );

  test.each(['start', 'stop', 'log', 'general', 'metadata', 'data_file', '', 'SESSION_DATA'])(
    '%j leaves the session as it is',
    (msgtype) => expect(applyMessage(empty, { msgtype, payload: { message: 'x' } }, 10)).toBe(empty),
  );

  test('__proto__ is a key like any other', () => {
    const payload = JSON.parse('{"__proto__": {"polluted": 1}}') as Record<string, never>;
    const session = applyMessage(empty, { msgtype: 'session_data', payload }, 10);
    expect(Object.keys(session.data)).toEqual(['__proto__']);
    expect(Object.keys(session.changedAt)).toEqual(['__proto__']);
    expect(Object.getPrototypeOf(session.data)).toBe(Object.prototype);
  });

  test('takes no more messages than a session holds', () => {
    const messages = Array.from({ length: sessionMessageLimit }, () => ({
      time: 1,
      text: '',
      from: 'script' as const,
    }));
    const full = { ...empty, messages };
    expect(applyMessage(full, { msgtype: 'session_log', payload: 'x' }, 2)).toBe(full);
  });
});
