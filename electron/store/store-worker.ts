import { parentPort, type MessagePort } from 'node:worker_threads';
import { assertNever } from '../../shared/assert-never';
import { failure, success } from '../../shared/result';
import { PanelDatabase } from './database';
import type { StoreAnswer, StoreCall, StoreCallName, StoreReply } from './protocol';
import type { MessagesPage, MessagesPageRequest, RecordBatch } from './records';
import { sqliteFailure } from './store-failure';
import { answerValueCall } from './value-answers';

/*
 * The thread that owns the database, so that main never waits for a disk. Calls are answered in the order in which
 * they came, but for pages of messages, which are read in steps so that a long search does not hold up recording.
 */

class StoreWorker {
  readonly #port: MessagePort;
  #database: PanelDatabase | null = null;
  /** That the database was begun anew while it was written to, where that could not be said yet. */
  #notice: string | null = null;
  #retained: number | null = null;
  #isTrimming = false;

  constructor(port: MessagePort) {
    this.#port = port;
  }

  start(): void {
    this.#port.on('message', (call: StoreCall) => void this.#serve(call));
  }

  async #serve(call: StoreCall): Promise<void> {
    const reply: StoreReply = { id: call.id, answer: await this.#answerOrFail(call) };
    this.#port.postMessage(reply);
    if (call.name === 'close') this.#port.close();
  }

  async #answerOrFail(call: StoreCall): Promise<StoreAnswer<StoreCallName>> {
    try {
      return await this.#answer(call);
    } catch (error) {
      const fault = sqliteFailure(error, this.#database?.path ?? 'of the panel');
      if (fault !== null) return { ok: false, error: fault };
      return failure('store-failed', `The database could not answer: ${String(error)}`);
    }
  }

  #answer(call: StoreCall): StoreAnswer<StoreCallName> | Promise<StoreAnswer<StoreCallName>> {
    if (call.name === 'open') return this.#open(call.request.path, call.request.now);
    if (call.name === 'retain') {
      this.#retained = call.request.messages;
      this.#trimLater();
      return success(null);
    }
    const database = this.#database;
    if (database === null) return failure('store-unavailable', 'The database is not open.');
    switch (call.name) {
      case 'record':
        return this.#record(database, call.request.batch, call.request.now);
      case 'close':
        this.#database = null;
        database.close();
        return success(null);
      case 'messagesPage':
        return this.#messagesPage(database, call.request);
      case 'messagesBeyond':
        return success(database.messagesBeyond(call.request.keep));
      case 'readMessage':
        return success(database.readMessage(call.request.position));
      case 'listRuns':
        return success(database.listRuns(call.request));
      case 'readRun':
        return success(database.readRun(call.request.run));
      case 'runsNotOver':
        return success(database.runsNotOver());
      case 'unknownRuns':
        return success(database.unknownRuns(call.request.runs));
      case 'latestRunPerSlot':
        return success(database.latestRunPerSlot());
      case 'readSession':
        return success(database.readSession(call.request.run));
      case 'listFiles':
        return success(database.files.list(call.request));
      case 'readFile':
        return success(database.files.read(call.request.file));
      case 'filesOfRun':
        return success(database.files.ofRun(call.request.run));
      case 'relayPosition':
        return success(database.relayPosition(call.request.run));
      case 'readRegisters':
      case 'saveRegisters':
      case 'readPins':
      case 'addPin':
      case 'keepPins':
      case 'groupPin':
      case 'removePin':
      case 'readPinPoints':
      case 'savePinPoints':
      case 'readAlarmRules':
      case 'saveAlarmRule':
      case 'keepAlarmRules':
      case 'removeAlarmRule':
      case 'saveAlarms':
        return answerValueCall(database.values, call);
      case 'readMark':
        return success(database.marks.read(call.request.run));
      case 'setNote':
        database.marks.setNote(call.request.run, call.request.note);
        return success(null);
      case 'setPinned':
        database.marks.setPinned(call.request.run, call.request.pinned);
        return success(null);
      case 'historyChoices':
        return success(database.history.choices());
      case 'usualDuration':
        return success(database.history.usual(call.request.slot, call.request.script, call.request.args));
      case 'runMessages':
        return success(database.history.messagesOf(call.request));
      case 'runCounts':
        return success(database.history.counts(call.request.run));
      case 'keptRuns':
        return success(database.history.keptRuns(call.request));
      case 'removeRun':
        return success(database.history.remove(call.request.run));
      case 'listAudit':
        return success(database.audit.list(call.request));
      case 'auditChoices':
        return success(database.audit.choices());
      case 'remembered':
        return success(database.presets.remembered(call.request.slot));
      case 'savePreset':
        return success(database.presets.save(call.request));
      case 'renamePreset':
        return success(database.presets.rename(call.request));
      case 'deletePreset':
        return success(database.presets.delete(call.request));
      case 'setFavourite':
        return success(database.presets.setFavourite(call.request));
      case 'rememberDraft':
        return success(database.presets.rememberDraft(call.request));
      case 'loadQueue':
        return success(database.queue.load());
      case 'saveQueue':
        database.queue.save(call.request);
        return success(null);
      case 'listGroups':
        return success(database.queue.listGroups(call.request));
      case 'readGroup':
        return success(database.queue.readGroup(call.request.group));
      case 'readPreference':
        return success(database.preferences.read(call.request.name));
      case 'writePreference':
        return success(database.preferences.write(call.request.name, call.request.value));
      default:
        return assertNever(call);
    }
  }

  #open(path: string, now: number): StoreAnswer<'open'> {
    const opened = PanelDatabase.open(path, { now });
    if (!opened.ok) return opened;
    this.#database = opened.value;
    this.#trimLater();
    return success({ notice: opened.value.notice, isNew: opened.value.isNew });
  }

  #record(database: PanelDatabase, batch: RecordBatch, now: number): StoreAnswer<'record'> {
    const recorded = database.record(batch);
    this.#trimLater();
    if (recorded.ok) return success(this.#takeNotice());
    if (recorded.error.code !== 'store-corrupt') return recorded;
    // Damage that opening did not find: begin anew, so that what is published from now on is kept.
    database.abandon();
    this.#database = null;
    const begun = PanelDatabase.openAnew(database.path, { now }, recorded.error.message);
    if (!begun.ok) return begun;
    this.#database = begun.value;
    this.#notice = begun.value.notice;
    const again = begun.value.record(batch);
    return again.ok ? success(this.#takeNotice()) : again;
  }

  #takeNotice(): string | null {
    const notice = this.#notice;
    this.#notice = null;
    return notice;
  }

  async #messagesPage(
    database: PanelDatabase,
    request: MessagesPageRequest,
  ): Promise<StoreAnswer<'messagesPage'>> {
    const steps = database.messagesPageSteps(request);
    let step: IteratorResult<void, MessagesPage> = steps.next();
    while (step.done !== true) {
      await nextTurn();
      if (this.#database !== database)
        return failure('store-unavailable', 'The database was closed meanwhile.');
      step = steps.next();
    }
    return success(step.value);
  }

  /** Trims in the turns that calls leave, a bounded step in each. */
  #trimLater(): void {
    if (this.#isTrimming || this.#retained === null) return;
    this.#isTrimming = true;
    setImmediate(() => {
      this.#isTrimming = false;
      if (this.#trimStep() > 0) this.#trimLater();
    });
  }

  #trimStep(): number {
    if (this.#database === null || this.#retained === null) return 0;
    try {
      return this.#database.trimMessages(this.#retained);
    } catch (error) {
      // A fault of the database shows at the next batch, which says so; trimming comes back after it.
      if (sqliteFailure(error, this.#database.path) === null) throw error;
      return 0;
    }
  }
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

if (parentPort === null) throw new Error('store-worker is the entry of a worker thread');
new StoreWorker(parentPort).start();
