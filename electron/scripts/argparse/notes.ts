import type { ScriptArguments } from '../../../shared/arguments/argument-form';
import { mostSentences } from './limits';
import type { SourceModule } from './source-module';

export type Note = ScriptArguments['unread'][number];

/** Collects the sentences on what could not be read: each once, in the order of their lines, and not without end. */
export class Notes {
  readonly #notes = new Map<string, Note>();

  /** Adds a sentence that is about a line of a file. */
  at(module: SourceModule, line: number, message: string): void {
    if (module.isScript) this.add({ line, message });
    else this.add({ line: null, message: `In ${module.name}, line ${line}: ${message}` });
  }

  add(note: Note): void {
    if (this.#notes.size <= mostSentences) this.#notes.set(`${note.line} ${note.message}`, note);
  }

  list(): Note[] {
    const notes = [...this.#notes.values()].toSorted((one, other) => (one.line ?? 0) - (other.line ?? 0));
    if (notes.length <= mostSentences) return notes;
    const rest = { line: null, message: 'There is more that could not be read; it is not listed.' };
    return [...notes.slice(0, mostSentences), rest];
  }
}
