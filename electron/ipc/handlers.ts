import type { SlotConfig } from '../../shared/config/crates';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import { failure, success, type Result } from '../../shared/result';
import type { ConfigService } from '../config/config-service';
import type { LogService } from '../log/log-service';
import type { PublisherService } from '../publisher/publisher-service';
import type { QuitGuard } from '../quit-guard';
import { checkSlot } from '../run/check-slot';
import type { RunService } from '../run/run-service';
import type { TransportPool } from '../run/transport-pool';
import { isPath, resolveScript } from '../scripts/resolve-script';
import type { SessionService } from '../session/session-service';
import type { PanelModel } from '../state/panel-model';
import type { Store } from '../store/store';
import type { CallHandlers } from './answer';
import type { Batcher } from './batcher';

/** The services that answer the renderer's calls. */
export interface HandlerServices {
  readonly model: PanelModel;
  readonly batcher: Batcher;
  readonly runs: RunService;
  readonly logs: LogService;
  readonly sessions: SessionService;
  readonly store: Store;
  readonly config: ConfigService;
  readonly transports: TransportPool;
  readonly publisher: PublisherService;
  readonly quitGuard: QuitGuard;
  /** Resolves when the services have opened, so that the first snapshot is a whole one. */
  readonly ready: Promise<void>;
  /** Keeps who did what. */
  readonly audit: (
    action: string,
    slot: SlotId | null,
    run: RunId | null,
    detail: Record<string, string>,
  ) => void;
}

/** The handler of every call of the contract. Each is thin: it names the service that does the work. */
export function createHandlers(services: HandlerServices): CallHandlers {
  const {
    model,
    batcher,
    runs,
    logs,
    sessions,
    store,
    config,
    transports,
    publisher,
    quitGuard,
    ready,
    audit,
  } = services;

  const slotNamed = (id: SlotId): Result<SlotConfig> => {
    const slot = model.slot(id);
    return slot === null
      ? failure('slot-unknown', `No crate has a slot with publisher id ${id}.`)
      : success(slot);
  };
  const lookUp = async (slot: SlotConfig, script: string): Promise<Result<string>> => {
    const listed = await transports.of(slot.transport).listScripts(slot.scripts);
    return listed.ok ? resolveScript(script, listed.value.scripts) : listed;
  };
  // The store is a moment behind: a run that lives is shown as it is now.
  const current = (run: Run): Run => runs.find(run.id) ?? run;

  return {
    'panel.snapshot': async () => {
      await ready;
      return success(batcher.snapshot());
    },
    'panel.acknowledge': ({ version }) => {
      batcher.acknowledge(version);
      return success({});
    },
    'panel.quit': async ({ choice }) => {
      if (choice === 'abort') audit('panel.abort-all-and-quit', null, null, {});
      await quitGuard.choose(choice);
      return success({});
    },
    'panel.dismissNotice': ({ id }) => {
      model.dismiss(id);
      batcher.markPart('notices');
      return success({});
    },

    'run.start': async ({ slot: id, script, args, log, task }) => {
      const slot = slotNamed(id);
      if (!slot.ok) return slot;
      const resolved = isPath(script) ? success(script.trim()) : await lookUp(slot.value, script);
      if (!resolved.ok) return resolved;
      const started = await runs.start(slot.value, { script: resolved.value, args, log, task });
      const outcome = started.ok ? 'started' : started.error.message;
      audit('run.start', id, started.ok ? started.value : null, { script: resolved.value, outcome });
      return started.ok ? success({ run: started.value }) : started;
    },
    'run.abort': async ({ run, stage }) => {
      audit('run.abort', runs.find(run)?.slot ?? null, run, { stage });
      const aborted = await runs.abort(run, stage);
      return aborted.ok ? success({}) : aborted;
    },

    'scripts.list': async ({ slot: id }) => {
      const slot = slotNamed(id);
      return slot.ok ? transports.of(slot.value.transport).listScripts(slot.value.scripts) : slot;
    },
    'slot.check': async ({ slot: id }) => {
      const slot = slotNamed(id);
      return slot.ok ? success({ steps: await checkSlot(slot.value, transports, publisher) }) : slot;
    },

    'log.window': async ({ run, first, count }) =>
      success(await logs.window(run, runs.folderOf(run), first, count)),

    'session.watch': async ({ run }) => {
      sessions.watch(run);
      const live = sessions.read(run);
      if (live !== null) return success({ version: batcher.nextVersion(), session: live });
      const stored = await store.readSession(run);
      if (!stored.ok) return stored;
      if (stored.value === null) return failure('run-unknown', 'Nothing was recorded of this run.');
      return success({ version: batcher.nextVersion(), session: stored.value });
    },

    'messages.page': (request) => store.messagesPage(request),
    'messages.read': async ({ position }) => {
      const read = await store.readMessage(position);
      if (!read.ok) return read;
      return read.value === null
        ? failure('message-gone', 'This message is not kept any more.')
        : success({ text: read.value });
    },

    'history.list': async (request) => {
      const listed = await store.listRuns(request);
      return listed.ok
        ? success({ runs: listed.value.runs.map(current), total: listed.value.total })
        : listed;
    },
    'history.read': async ({ run }) => {
      const live = runs.find(run);
      if (live !== null) return success({ run: live });
      const read = await store.readRun(run);
      if (!read.ok) return read;
      return read.value === null
        ? failure('run-unknown', 'Nothing was recorded of this run.')
        : success({ run: read.value });
    },

    'config.read': async () => success(await config.read()),
    'config.edit': async ({ revision, edits }) => {
      const edited = await config.edit(revision, edits);
      if (edited.ok)
        audit('config.edit', null, null, { paths: edits.map((edit) => edit.path.join('.')).join(', ') });
      return edited;
    },
    'config.write': async ({ revision, text }) => {
      const written = await config.write(revision, text);
      if (written.ok) audit('config.write', null, null, {});
      return written;
    },
    'config.addAlias': async ({ slot, publisherId }) => {
      const added = await config.addAlias(slot, publisherId);
      if (!added.ok) return added;
      audit('config.add-alias', slot, null, { publisherId });
      return success({});
    },
  };
}
