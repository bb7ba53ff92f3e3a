import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { GroupService } from '../../../../electron/queue/group-service';
import { newEntry } from '../../../../electron/queue/new-entry';
import { addEntries } from '../../../../electron/queue/queue-changes';
import { QueueService, type QueueServiceOptions } from '../../../../electron/queue/queue-service';
import { readRunStatus } from '../../../../electron/run/run-folder';
import type { RunService } from '../../../../electron/run/run-service';
import { Signal } from '../../../../electron/state/signal';
import { PanelDatabase } from '../../../../electron/store/database';
import type { SlotConfig } from '../../../../shared/config/crates';
import { entryWord, type QueueEntry, type QueueStatus } from '../../../../shared/domain/queue';
import type { Run } from '../../../../shared/domain/run';
import { failure, success } from '../../../../shared/result';
import { entryId } from '../../../fixtures/queue';
import { until } from '../../../fixtures/until';
import { makeSlot, RunBench } from '../run/run-bench';

/** A queue on real runs and a real database, with three slots. */
export class QueueBench {
  readonly audits: string[] = [];
  readonly faults: unknown[] = [];
  readonly runChanged = new Signal<Run>((error) => this.faults.push(error));
  readonly configChanged = new Signal<never>((error) => this.faults.push(error));
  readonly databaseBegun = new Signal<void>((error) => this.faults.push(error));
  readonly stored = new Map<Run['id'], Run>();
  status: QueueStatus | null = null;
  slots: SlotConfig[];
  isDiskFull = false;
  runs: RunService;
  queue: QueueService;
  groups: GroupService;

  private constructor(
    readonly bench: RunBench,
    public database: PanelDatabase,
  ) {
    this.slots = [2, 3, 4].map((number) => ({ ...makeSlot(`crate1slot${number}`, bench.folder), number }));
    this.runs = this.makeRuns();
    this.queue = this.makeQueue();
    this.groups = this.makeGroups();
  }

  static async open(): Promise<QueueBench> {
    const bench = await RunBench.open();
    const made = new QueueBench(bench, openDatabase(bench, 'panel.sqlite'));
    await made.queue.open();
    return made;
  }

  /** The database is begun anew, as where it was found damaged. */
  beginDatabase(): void {
    this.database.close();
    this.database = openDatabase(this.bench, 'anew.sqlite');
    this.databaseBegun.emit();
  }

  /** The panel ends without a goodbye, and another one finds what it left. The runs go on meanwhile. */
  async restart(parts: Partial<QueueServiceOptions> = {}): Promise<void> {
    await this.queue.close();
    await this.runs.close();
    this.runs = this.makeRuns();
    for (const run of this.stored.values()) {
      if (run.phase !== 'done') await this.runs.reattach(run, this.slot(run.slot));
    }
    this.queue = this.makeQueue(parts);
    this.groups = this.makeGroups();
    await this.queue.open();
  }

  makeQueue(parts: Partial<QueueServiceOptions> = {}): QueueService {
    return new QueueService({
      load: async () => success(this.database.queue.load()),
      save: async (saving) => {
        if (this.isDiskFull) return failure('store-full', 'The disk is full.');
        this.database.queue.save(saving);
        return success(null);
      },
      runs: this.runs,
      readRun: async (run) => success(this.stored.get(run) ?? null),
      wasStarted: async (run) => {
        const status = await readRunStatus({ run, path: this.runs.folderOf(run) });
        return !status.ok || status.value !== null;
      },
      slots: () => this.slots,
      runChanged: this.runChanged,
      configChanged: this.configChanged,
      databaseBegun: this.databaseBegun,
      now: () => Date.now(),
      onStatus: (status) => {
        this.status = status;
      },
      audit: (action, slot, _run, detail) => this.audits.push(`${action} ${slot} ${detail['outcome'] ?? ''}`),
      onFault: (error) => this.faults.push(error),
      ...parts,
    });
  }

  /** Adds an entry, and gives its id. */
  async add(name: string, slot: number, script: string, args: readonly string[] = []): Promise<void> {
    const wish = { slot: this.slot(`crate1slot${slot}`).id, script, args, log: true, task: null };
    const changed = await this.queue.change((held) =>
      addEntries(held, [newEntry(entryId(name), wish, null, Date.now())], 'last'),
    );
    if (!changed.ok) throw new Error(changed.error.message);
  }

  entry(name: string): QueueEntry {
    return this.queue.queue.entries.find((entry) => entry.id === entryId(name))!;
  }

  word(name: string): string {
    return entryWord(this.entry(name));
  }

  whenWord(name: string, word: string): Promise<void> {
    return until(() => this.word(name) === word, `${name} is ${word}`);
  }

  slot(id: string): SlotConfig {
    return this.slots.find((slot) => slot.id === id)!;
  }

  async close(): Promise<void> {
    await this.queue.close();
    await this.runs.abortAll();
    await this.runs.close();
    this.database.close();
    await this.bench.close();
  }

  private makeRuns(): RunService {
    return this.bench.makeService({
      persist: async (run) => void this.stored.set(run.id, run),
      onChange: (run) => {
        this.stored.set(run.id, run);
        this.runChanged.emit(run);
      },
    });
  }

  private makeGroups(): GroupService {
    return new GroupService({
      queue: this.queue,
      runs: this.runs,
      slot: (id) => this.slots.find((slot) => slot.id === id) ?? null,
      findScript: async (_slot, script) =>
        access(script).then(
          () => success(script),
          () => failure('file-unreadable', `${script} cannot be read: no such file.`),
        ),
      readGroup: async (group) => success(this.database.queue.readGroup(group)),
      now: () => Date.now(),
    });
  }
}

function openDatabase(bench: RunBench, name: string): PanelDatabase {
  const database = PanelDatabase.open(join(bench.folder, name), { now: Date.now() });
  if (!database.ok) throw new Error(database.error.message);
  return database.value;
}

/** Waits for a file beside it, named after the slot; with `fail` as its argument it then fails. */
export const gated = `import os, sys, time
gate = sys.argv[0] + '.' + os.environ['SLOT']
print('waiting', sys.argv[1:], flush=True)
while not os.path.exists(gate): time.sleep(0.01)
sys.exit(3 if 'fail' in sys.argv else 0)
`;
