import { expect, test } from 'vitest';
import type { HandlerServices } from '../../../../electron/ipc/handlers/handler-services';
import { panelHandlers } from '../../../../electron/ipc/handlers/panel-handlers';
import { sessionHandlers } from '../../../../electron/ipc/handlers/session-handlers';
import { SessionService } from '../../../../electron/session/session-service';
import { makeRunId, slotIdSchema } from '../../../../shared/domain/ids';

const slot = slotIdSchema.parse('crate1slot2');
const run = makeRunId(0, 'abcdef');

test('a session is watched until the window asks for none, or is loaded anew', async () => {
  const sessions = new SessionService();
  sessions.open(run, slot);
  let version = 0;
  const batcher = {
    nextVersion: () => (version += 1),
    snapshot: () => ({ version: (version += 1), state: {} }),
  };
  const services = { sessions, batcher, ready: Promise.resolve() } as unknown as HandlerServices;
  const { 'session.watch': watch } = sessionHandlers(services);
  const { 'panel.snapshot': snapshot } = panelHandlers(services);
  const isTold = (): boolean => {
    sessions.note(run, 'a line', 0);
    return sessions.takePatch() !== null;
  };
  expect(await watch({ run })).toMatchObject({ ok: true, value: { version: 1, session: { run } } });
  expect(isTold()).toBe(true);
  expect(await watch({ run: null })).toEqual({ ok: true, value: null });
  expect(isTold()).toBe(false);
  await watch({ run });
  expect(isTold()).toBe(true);
  await snapshot({});
  expect(isTold()).toBe(false);
});
