import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionHandlers } from '../../../../electron/ipc/handlers/session-handlers';
import type { HandlerServices } from '../../../../electron/ipc/handlers/handler-services';
import { SessionService } from '../../../../electron/session/session-service';
import { failure, success } from '../../../../shared/result';
import { now, runId, slotA } from '../store/fixtures';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'smurf-panel-session-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Handlers over a real session service; `whileAsked` happens while the dialogue for the file stands open. */
function make(whileAsked: (sessions: SessionService) => void, path: string | null) {
  const sessions = new SessionService();
  const audited: unknown[][] = [];
  const services = {
    sessions,
    batcher: { nextVersion: () => 1 },
    store: { readSession: async () => success(null) },
    dialogs: {
      chooseSaveFile: async () => {
        whileAsked(sessions);
        return path;
      },
    },
    audit: (...entry: unknown[]) => audited.push(entry),
  } as unknown as HandlerServices;
  return { handlers: sessionHandlers(services), sessions, audited };
}

function publish(sessions: SessionService, step: number): void {
  sessions.record(slotA, { msgtype: 'session_data', payload: { step } }, now);
}

describe('saving session data', () => {
  it('saves what there is when the file is chosen, and keeps who did so', async () => {
    const path = join(folder, 'session.json');
    const { handlers, sessions, audited } = make((held) => publish(held, 2), path);
    sessions.open(runId(), slotA);
    publish(sessions, 1);
    expect(await handlers['session.save']({ run: runId() })).toEqual(success({ path }));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({ step: 2 });
    expect(audited).toEqual([['session.save', null, runId(), { file: 'session.json' }]]);
  });

  it('does nothing where no file is chosen, and says where nothing was recorded', async () => {
    const none = make(() => undefined, null);
    expect(await none.handlers['session.save']({ run: runId() })).toEqual(success({ path: null }));
    const unknown = make(() => undefined, join(folder, 'x.json'));
    expect(await unknown.handlers['session.save']({ run: runId() })).toEqual(
      failure('run-unknown', 'Nothing was recorded of this run.'),
    );
    expect([...none.audited, ...unknown.audited]).toEqual([]);
  });
});
