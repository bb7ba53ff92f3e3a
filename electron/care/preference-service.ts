import {
  defaultPreferences,
  preferencesSchema,
  type PreferenceChanges,
  type Preferences,
} from '../../shared/domain/preferences';
import { jsonSchema } from '../../shared/domain/session';
import { failure, success, type Result } from '../../shared/result';
import type { KeptChoices } from './kept-choices';

/** What the preferences need of the panel. */
export interface PreferenceOptions {
  readonly store: KeptChoices;
  readonly onChange: (preferences: Preferences) => void;
}

/** What operators chose about this panel. The defaults hold until they are read, and where they cannot be. */
export class PreferenceService {
  #current: Preferences = defaultPreferences;
  #wasRead = false;
  /** Changes one after another, so that none is made on what another is about to replace. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: PreferenceOptions) {}

  get current(): Preferences {
    return this.#current;
  }

  /** Reads what was chosen. Without a database the defaults hold. */
  async open(): Promise<void> {
    await this.#read();
  }

  /** Changes some of them, and answers all. A failure changes nothing. */
  write(changes: PreferenceChanges): Promise<Result<Preferences>> {
    const written = this.#turn.then(() => this.#write(changes));
    this.#turn = written.catch(() => undefined);
    return written;
  }

  /** The database holds nothing of before: what is chosen is kept again. Answers why it could not be. */
  async keepAnew(): Promise<Result<unknown>> {
    return this.#wasRead ? this.write({}) : success(null);
  }

  async #write(changes: PreferenceChanges): Promise<Result<Preferences>> {
    // Where they could not be read before, writing now would put the defaults over what was chosen.
    if (!this.#wasRead) {
      const read = await this.#read();
      if (!read.ok)
        return failure(read.error.code, `The preferences were not changed: ${read.error.message}`);
    }
    const next = preferencesSchema.parse({ ...this.#current, ...changes });
    const value = jsonSchema.parse(next);
    const written = await this.options.store.ask('writePreference', { name: 'panel', value });
    if (!written.ok)
      return failure(written.error.code, `The preferences were not changed: ${written.error.message}`);
    this.#take(next);
    return success(next);
  }

  async #read(): Promise<Result<null>> {
    const read = await this.options.store.ask('readPreference', { name: 'panel' });
    if (!read.ok) return read;
    this.#wasRead = true;
    const parsed = preferencesSchema.safeParse(read.value);
    this.#take(parsed.success ? parsed.data : defaultPreferences);
    return success(null);
  }

  #take(preferences: Preferences): void {
    this.#current = preferences;
    this.options.onChange(preferences);
  }
}
