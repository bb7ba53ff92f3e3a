import { describe, expect, test } from 'vitest';
import { failure, success } from '../../../../shared/result';
import { answerCall, type CallHandlers } from '../../../../electron/ipc/answer';
import { calls, type CallName } from '../../../../shared/ipc/contract';

/** Handlers that refuse everything but what is given. */
function handlersWith(some: Partial<CallHandlers>): CallHandlers {
  const names = Object.keys(calls) as CallName[];
  const refusing = Object.fromEntries(names.map((name) => [name, () => failure('not-here', 'Not here.')]));
  return { ...(refusing as unknown as CallHandlers), ...some };
}

const unexpected: { call: string; error: unknown }[] = [];
const note = (call: string, error: unknown): void => {
  unexpected.push({ call, error });
};

const allowed = (): Promise<null> => Promise.resolve(null);

describe('a call', () => {
  test('with a name that no one knows is refused with a code and a sentence', async () => {
    for (const name of ['run.destroy', 'toString', '__proto__', 7, undefined, null]) {
      const reply = await answerCall(handlersWith({}), name, {}, note, allowed);
      expect(reply).toMatchObject({ ok: false, error: { code: 'unknown-call' } });
    }
  });

  test.each([
    ['run.start', {}],
    ['run.start', { slot: '../etc', script: 'a', args: [], log: true, task: null }],
    ['run.start', { slot: 'crate1slot2', script: 'a', args: 'a b', log: true, task: null }],
    ['run.abort', { run: '../../etc/passwd', stage: 'kill' }],
    ['log.window', { run: '20261123-120000-abc123', first: 0, count: 1_000_000 }],
    ['panel.snapshot', { extra: true }],
    ['panel.snapshot', undefined],
  ])('%s with an unfit request never reaches its handler', async (name, request) => {
    const reply = await answerCall(handlersWith({}), name, request, note, allowed);
    expect(reply).toMatchObject({ ok: false, error: { code: 'bad-request' } });
  });

  test('answers its value', async () => {
    const handlers = handlersWith({ 'panel.dismissNotice': () => success({}) });
    expect(await answerCall(handlers, 'panel.dismissNotice', { id: 1 }, note, allowed)).toEqual({
      ok: true,
      value: {},
    });
  });

  test('passes an expected failure on as it is', async () => {
    const reply = await answerCall(handlersWith({}), 'config.read', {}, note, allowed);
    expect(reply).toEqual({ ok: false, error: { code: 'not-here', message: 'Not here.' } });
  });

  test('turns an error that nobody expected into a reply, and tells of it', async () => {
    const handlers = handlersWith({
      'config.read': () => {
        throw new Error('the disk is gone');
      },
    });
    const reply = await answerCall(handlers, 'config.read', {}, note, allowed);
    expect(reply).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(unexpected.at(-1)).toMatchObject({ call: 'config.read', error: { message: 'the disk is gone' } });
  });

  test('that is refused never reaches its handler, and answers why', async () => {
    let reached = 0;
    const handlers = handlersWith({
      'panel.dismissNotice': () => {
        reached += 1;
        return success({});
      },
    });
    const asked: unknown[] = [];
    const locked = async (name: CallName, request: unknown) => {
      asked.push([name, request]);
      return { code: 'controls-locked', message: 'Locked.' };
    };
    const reply = await answerCall(handlers, 'panel.dismissNotice', { id: 1 }, note, locked);
    expect(reply).toEqual({ ok: false, error: { code: 'controls-locked', message: 'Locked.' } });
    expect(asked).toEqual([['panel.dismissNotice', { id: 1 }]]);
    expect(reached).toBe(0);
  });
});
