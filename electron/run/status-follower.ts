import { readFile } from 'node:fs/promises';
import { isProcessGone } from '../files/file-errors';
import { FolderWatch } from '../files/folder-watch';
import { readRunStatus, type ProcessIdentity, type RunFolder, type RunStatus } from './run-folder';
import type { RunFollower, RunFollowerEvents } from './transport';

/** Follows `status.json` of a run on this machine. */
export class StatusFollower implements RunFollower {
  private readonly watch: FolderWatch;
  private reading: Promise<void> | null = null;
  private again = false;
  private gone = false;
  private closed = false;
  private lastText = '';
  /** The failure under way, so that each wake-up does not tell it again. */
  private failing: string | null = null;

  /** @param last what the status said when it was read last. */
  constructor(
    private readonly folder: RunFolder,
    private last: RunStatus,
    private readonly events: RunFollowerEvents,
  ) {
    // Woken once a second even where nothing changes, to notice a supervisor that is gone.
    this.watch = new FolderWatch(folder.path, ['status.json'], () => this.wake());
    this.watch.start();
  }

  async close(): Promise<void> {
    this.closed = true;
    this.watch.close();
    await this.reading;
  }

  private wake(): void {
    if (this.closed) return;
    if (this.reading !== null) {
      this.again = true;
      return;
    }
    this.reading = this.check()
      .catch((error: unknown) => this.events.onFault(error))
      .finally(() => {
        this.reading = null;
        if (!this.again) return;
        this.again = false;
        this.wake();
      });
  }

  private async check(): Promise<void> {
    await this.read();
    if (this.closed || this.gone || saysAll(this.last)) return;
    if (await isAlive(this.last.supervisor)) return;
    // It may have written its last word between our reading the file and our looking for the process.
    await this.read();
    if (this.closed || saysAll(this.last)) return;
    this.gone = true;
    this.events.onSupervisorGone();
  }

  /** Reads the status and tells what is new in it. A folder or file that is gone leaves what was known. */
  private async read(): Promise<void> {
    const read = await readRunStatus(this.folder);
    if (this.closed) return;
    if (!read.ok) {
      if (this.failing !== read.error.message) this.events.onFault(new Error(read.error.message));
      this.failing = read.error.message;
      return;
    }
    this.failing = null;
    if (read.value === null) return;
    this.last = read.value;
    const text = JSON.stringify(read.value);
    if (text === this.lastText) return;
    this.lastText = text;
    this.events.onStatus(read.value);
  }
}

/** Whether nothing more is to come. After the exit there is: the processes that outlived the script, and their end. */
function saysAll(status: RunStatus): boolean {
  return status.failure !== null || status.outputEnded;
}

/** Whether a process lives, by pid and start time. Where the system does not tell start times, by pid alone. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  if (process.platform !== 'linux') return answersSignals(identity.pid);
  try {
    const stat = await readFile(`/proc/${identity.pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold anything: fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const [state, startTicks] = [fields[0], fields[19]];
    if (state === 'Z' || state === 'X') return false;
    return identity.startTicks === null || Number(startTicks) === identity.startTicks;
  } catch (error) {
    if (isProcessGone(error)) return false;
    throw error;
  }
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
