import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { slotIdSchema } from '../../../../shared/domain/ids';
import type { Run } from '../../../../shared/domain/run';
import type { SlotConfig } from '../../../../shared/config/crates';
import { LocalTransport } from '../../../../electron/run/local-transport';
import { runStatusSchema } from '../../../../electron/run/run-folder';
import { RunService, type RunServiceOptions } from '../../../../electron/run/run-service';
import { until } from '../../../fixtures/until';

/** The supervisor that ships with the panel. */
export const supervisor = resolve(
  import.meta.dirname,
  '../../../../build/resources/supervisor/smurf_supervisor.py',
);

/** A run service on a folder of its own, with the real supervisor, and what it told. */
export class RunBench {
  readonly notes: string[] = [];
  readonly faults: unknown[] = [];
  readonly over: Run[] = [];
  readonly takenUp: Run[] = [];
  readonly seen: Run[] = [];
  readonly slot: SlotConfig;
  runs: RunService;

  private constructor(readonly folder: string) {
    this.slot = makeSlot('crate1slot2', folder);
    this.runs = this.makeService();
  }

  static async open(): Promise<RunBench> {
    return new RunBench(await mkdtemp(join(tmpdir(), 'smurf-run-')));
  }

  /** A second service on the same folder, as after a restart of the panel; parts of it can be replaced. */
  makeService(parts: Partial<RunServiceOptions> = {}): RunService {
    return new RunService({
      runsFolder: join(this.folder, 'runs'),
      transportOf: ({ python }) => new LocalTransport(supervisor, python, join(this.folder, 'runs')),
      listenerPort: () => 8200,
      now: () => Date.now(),
      persist: async () => undefined,
      onBegin: () => undefined,
      onTakeUp: (run) => this.takenUp.push(run),
      takeMessages: async () => undefined,
      onChange: (run) => this.seen.push(run),
      onNote: (_run, text) => this.notes.push(text),
      onOver: (run) => this.over.push(run),
      onFault: (_run, error) => this.faults.push(error),
      ...parts,
    });
  }

  /** The panel ends, and another one takes up the run as the store had it. */
  async restart(run: Run): Promise<void> {
    await this.runs.close();
    this.runs = this.makeService();
    await this.runs.reattach(run, this.slot);
  }

  /** Ends the supervisor of a run as nothing but the system or another user would. */
  async killSupervisor(run: Run['id']): Promise<void> {
    const text = await readFile(join(this.runs.folderOf(run), 'status.json'), 'utf8');
    process.kill(runStatusSchema.parse(JSON.parse(text)).supervisor.pid, 'SIGKILL');
  }

  get latest(): Run {
    return this.seen.at(-1)!;
  }

  async script(name: string, source: string): Promise<string> {
    const path = join(this.folder, name);
    await writeFile(path, source);
    return path;
  }

  /** Starts a script that must start, and gives its id. */
  async start(script: string, args: readonly string[] = [], slot = this.slot): Promise<Run['id']> {
    const started = await this.runs.start(slot, { script, args, log: true, task: null });
    if (!started.ok) throw new Error(started.error.message);
    return started.value;
  }

  async whenDone(): Promise<Run> {
    await until(() => this.latest.phase === 'done', 'the run is done');
    return this.latest;
  }

  log(run: Run['id']): Promise<string> {
    return readFile(join(this.runs.folderOf(run), 'output.log'), 'utf8');
  }

  async close(): Promise<void> {
    await this.runs.abortAll();
    await this.runs.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  }
}

/** A local slot with short graces. */
export function makeSlot(id: string, cwd: string): SlotConfig {
  return {
    id: slotIdSchema.parse(id),
    crate: 'crate1',
    number: 2,
    aliases: [],
    udpHost: '127.0.0.1',
    transport: { kind: 'local', python: 'python3', cwd, env: { OWN_VARIABLE: 'own value' } },
    scripts: [],
    tasks: [],
    relay: null,
    paths: [],
    abort: { interrupt: 0.4, terminate: 0.4 },
  };
}
