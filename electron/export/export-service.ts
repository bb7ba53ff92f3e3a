import type { RunId } from '../../shared/domain/ids';
import type { ExportProgress } from '../../shared/ipc/calls/export-calls';
import { isActive, type Run } from '../../shared/domain/run';
import { runArchive, type RunArchiveSources } from './run-archive';
import { writeArchive } from './write-archive';

/** Exports that are remembered after their end. */
const mostRemembered = 20;

interface Job {
  progress: ExportProgress;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Runs as zip archives. Several can be written at once; each can be asked how far it is, and stopped. */
export class ExportService {
  readonly #sources: RunArchiveSources;
  readonly #jobs = new Map<number, Job>();
  #count = 0;

  constructor(sources: RunArchiveSources) {
    this.#sources = sources;
  }

  /** Begins to write a run to `path`; answers the number to ask after it with. */
  start(run: Run, path: string): number {
    this.#count += 1;
    const id = this.#count;
    const stop = new AbortController();
    const job: Job = {
      progress: {
        export: id,
        run: run.id,
        state: 'writing',
        path,
        entry: '',
        bytes: 0,
        totalBytes: 0,
        archiveBytes: null,
        leftOut: [],
        unfinished: isActive(run),
        message: null,
      },
      stop,
      done: Promise.resolve().then(() => this.#write(id, run, path, stop.signal)),
    };
    this.#jobs.set(id, job);
    this.#forgetOldest();
    return id;
  }

  /** How far an export has come; null for one that is not known. */
  progress(id: number): ExportProgress | null {
    return this.#jobs.get(id)?.progress ?? null;
  }

  /** Whether a run is being exported. */
  isWriting(run: RunId): boolean {
    return [...this.#jobs.values()].some(
      ({ progress }) => progress.run === run && progress.state === 'writing',
    );
  }

  /** Stops an export; resolves when nothing of it is left on disk. */
  async cancel(id: number): Promise<void> {
    const job = this.#jobs.get(id);
    job?.stop.abort();
    await job?.done;
  }

  /** Stops every export that is being written. */
  async close(): Promise<void> {
    await Promise.all([...this.#jobs.keys()].map((id) => this.cancel(id)));
  }

  async #write(id: number, run: Run, path: string, signal: AbortSignal): Promise<void> {
    const leftOut: string[] = [];
    const change = (part: Partial<ExportProgress>): void => {
      const job = this.#jobs.get(id);
      if (job !== undefined) job.progress = { ...job.progress, ...part };
    };
    let bytes = 0;
    let totalBytes = 0;
    const listener = {
      onEntry: ({ name, size }: { readonly name: string; readonly size: number | null }) => {
        totalBytes = Math.max(totalBytes, bytes) + (size ?? 0);
        change({ entry: name, totalBytes });
      },
      onBytes: (more: number) => {
        bytes += more;
        change({ bytes });
      },
      onLeftOut: (sentence: string) => {
        leftOut.push(sentence);
        change({ leftOut: [...leftOut] });
      },
    };
    const written = await writeArchive(
      path,
      runArchive(run, this.#sources, { leftOut, onLeftOut: listener.onLeftOut }),
      listener,
      signal,
    );
    if (written.ok) change({ state: 'done', entry: '', archiveBytes: written.value });
    else if (written.error.code === 'write-cancelled') change({ state: 'cancelled', entry: '' });
    else change({ state: 'failed', entry: '', message: written.error.message });
  }

  #forgetOldest(): void {
    for (const [id, { progress }] of this.#jobs) {
      if (this.#jobs.size <= mostRemembered) return;
      if (progress.state !== 'writing') this.#jobs.delete(id);
    }
  }
}
