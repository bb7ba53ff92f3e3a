import { watch, type FSWatcher } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { PanelConfig } from '../../shared/config/crates';
import { keepEveryRun } from '../../shared/domain/history';
import type { SlotId } from '../../shared/domain/ids';
import type { ConfigEdit, ConfigFile } from '../../shared/ipc/calls/config-calls';
import type { ConfigProblem, ConfigStatus } from '../../shared/ipc/state';
import { failure, success, type Result } from '../../shared/result';
import { addAliasEdit } from './add-alias';
import { editCrates, readCrates } from './crates-document';
import { readText, revisionOf, writeText } from './crates-storage';
import { errorText } from '../../shared/error-text';

/** What the service needs from the panel. */
export interface ConfigServiceOptions {
  /** The folder of everything of this panel. */
  readonly home: string;
  /** The text of `crates.yaml` for the demo crate, in force while there is no file. */
  readonly demo: string;
  /** Another configuration is in force. Called once by `load`, before it resolves. */
  readonly onChange: (config: PanelConfig, status: ConfigStatus) => void;
  /** The configuration in force is the same, what is wrong with the file is not. */
  readonly onStatus: (status: ConfigStatus) => void;
}

/** Milliseconds that the folder has to be quiet: editors write, rename and delete in one go. */
const settleTime = 100;

/** In force while no good file says how much is kept: a slip in it, or its absence, must not cost what is on disk. */
const keepAll: PanelConfig['retention'] = { messages: null, runs: keepEveryRun };

/** In force when the panel starts on a broken file: what is written there is not known to be good. */
const noCrates: PanelConfig = {
  site: null,
  listener: { host: '127.0.0.1', port: 8200 },
  retention: keepAll,
  updates: { feed: null },
  crates: [],
};

/** `crates.yaml`: reads it, follows its changes, writes edits. A broken file leaves the last good state in force. */
export class ConfigService {
  readonly path: string;
  readonly #options: ConfigServiceOptions;
  readonly #demo: PanelConfig;
  #config: PanelConfig | null = null;
  #status: ConfigStatus;
  #revision: string | null = null;
  #watcher: FSWatcher | null = null;
  #watchProblem: ConfigProblem | null = null;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(options: ConfigServiceOptions) {
    this.#options = options;
    this.path = join(options.home, 'crates.yaml');
    const demo = readCrates(options.demo);
    if (!demo.ok) throw new Error(`the demo crate is not valid: ${demo.error.message}`);
    this.#demo = { ...demo.value.config, retention: keepAll };
    this.#status = { path: this.path, source: 'demo', problems: [] };
  }

  /** The configuration in force. */
  get config(): PanelConfig {
    return this.#config ?? noCrates;
  }

  get status(): ConfigStatus {
    return this.#status;
  }

  /** Reads the file for the first time and begins to follow it. */
  async load(): Promise<void> {
    // A folder that cannot be made shows where the file is read and written.
    await mkdir(this.#options.home, { recursive: true }).catch((error: NodeJS.ErrnoException) => {
      this.#watchProblem = plainProblem(`The folder ${this.#options.home} cannot be made (${error.code}).`);
    });
    this.#follow();
    await this.refresh();
  }

  /** Reads the file again, for changes that the system did not tell of. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#reread());
  }

  /** The file as it stands; on the demo crate, the text that would be written first. */
  async read(): Promise<ConfigFile> {
    const stored = await readText(this.path);
    if (!stored.ok) {
      const problems = [plainProblem(stored.error.message)];
      return { path: this.path, exists: true, text: '', revision: '', document: null, problems };
    }
    const exists = stored.value !== null;
    const text = stored.value?.text ?? this.#options.demo;
    // Without a file there is a state of its own, so that a file made meanwhile counts as a change.
    const revision = stored.value?.revision ?? `demo-${revisionOf(text)}`;
    const read = readCrates(text);
    const { document, problems } = read.ok ? { document: read.value.document, problems: [] } : read.error;
    return { path: this.path, exists, text, revision, document, problems: [...problems] };
  }

  /** Applies edits, comments kept. Refused where the file is not at `revision` any more or would not be valid. */
  edit(revision: string, edits: readonly ConfigEdit[]): Promise<Result<ConfigFile>> {
    return this.#inTurn(async () => {
      const current = await this.#at(revision);
      if (!current.ok) return current;
      return this.#edit(current.value, edits);
    });
  }

  /** Replaces the whole text. Refused as `edit` is. */
  write(revision: string, text: string): Promise<Result<ConfigFile>> {
    return this.#inTurn(async () => {
      const current = await this.#at(revision);
      if (!current.ok) return current;
      const read = readCrates(text);
      return read.ok
        ? this.#save(text)
        : { ok: false, error: { code: read.error.code, message: read.error.message } };
    });
  }

  /** Makes a publisher id an alias of a slot. */
  addAlias(slot: SlotId, publisherId: string): Promise<Result<ConfigFile>> {
    return this.#inTurn(async () => {
      const current = await this.read();
      const edit = addAliasEdit(current, slot, publisherId);
      if (!edit.ok) return edit;
      return edit.value === null ? success(current) : this.#edit(current, [edit.value]);
    });
  }

  /** Stops following the file and waits for what is being written. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#watcher?.close();
    await this.#queue;
  }

  async #at(revision: string): Promise<Result<ConfigFile>> {
    const current = await this.read();
    if (current.revision === revision && revision !== '') return success(current);
    return failure(
      'config-stale',
      `${this.path} was changed by someone else; look at what it says now and make the change again.`,
    );
  }

  async #edit(current: ConfigFile, edits: readonly ConfigEdit[]): Promise<Result<ConfigFile>> {
    const edited = editCrates(current.text, edits);
    if (edited.ok) return this.#save(edited.value);
    return { ok: false, error: { code: edited.error.code, message: edited.error.message } };
  }

  async #save(text: string): Promise<Result<ConfigFile>> {
    const written = await writeText(this.path, text);
    if (!written.ok) return written;
    await this.#reread();
    return success(await this.read());
  }

  async #reread(): Promise<void> {
    const stored = await readText(this.path);
    if (this.#isClosed) return;
    if (!stored.ok) return this.#keepLastGood([plainProblem(stored.error.message)]);
    if (stored.value === null) {
      if (this.#config === null || this.#status.source === 'demo')
        return this.#apply(this.#demo, 'demo', 'demo');
      const message = `${this.path} is gone. What it said last stays in force; a restart begins with the demo crate.`;
      return this.#keepLastGood([plainProblem(message)]);
    }
    const { text, revision } = stored.value;
    if (revision === this.#revision && this.#status.source === 'file') return;
    const read = readCrates(text);
    if (read.ok) this.#apply(read.value.config, 'file', revision);
    else this.#keepLastGood(read.error.problems);
  }

  #apply(config: PanelConfig, source: 'demo' | 'file', revision: string): void {
    const isSame = this.#config !== null && this.#revision === revision;
    const problems = this.#watchProblem === null ? [] : [this.#watchProblem];
    this.#config = config;
    this.#revision = revision;
    if (isSame) return this.#tell({ path: this.path, source, problems });
    this.#status = { path: this.path, source, problems };
    this.#options.onChange(config, this.#status);
  }

  #keepLastGood(problems: readonly ConfigProblem[]): void {
    const status: ConfigStatus = { path: this.path, source: 'last-good', problems: [...problems] };
    if (this.#config !== null) return this.#tell(status);
    this.#config = noCrates;
    this.#status = status;
    this.#options.onChange(noCrates, status);
  }

  #tell(status: ConfigStatus): void {
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    this.#options.onStatus(status);
  }

  #follow(): void {
    try {
      this.#watcher = watch(this.#options.home, (_event, name) => {
        if (name === null || name === basename(this.path)) this.#rereadSoon();
      });
      this.#watcher.on('error', (error) => this.#cannotFollow(error));
    } catch (error) {
      this.#cannotFollow(error);
    }
  }

  #cannotFollow(error: unknown): void {
    const reason = errorText(error);
    this.#watchProblem ??= plainProblem(`Changes to ${this.path} are not noticed by themselves (${reason}).`);
  }

  #rereadSoon(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.refresh(), settleTime);
  }

  /** One reading or writing at a time, in the order of the calls. */
  #inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
    const turn = this.#queue.then(work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }
}

function plainProblem(message: string): ConfigProblem {
  return { message, line: null, column: null };
}
