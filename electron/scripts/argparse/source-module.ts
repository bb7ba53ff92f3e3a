import type { PythonModule } from './python-ast';

/** A helper module of the script's folder. */
export interface ModuleText {
  readonly text: string;
  /** Whether it is the `__init__.py` of a folder. */
  readonly isPackage: boolean;
}

/** Gives a helper module of the script's folder by its dotted name; null where there is none. */
export type ReadModule = (name: string) => ModuleText | null;

/** A source file with the names that sentences need. */
export class SourceModule {
  /** Dotted name; `__main__` for the script. */
  readonly name: string;
  readonly code: PythonModule;
  readonly isPackage: boolean;

  constructor(name: string, code: PythonModule, isPackage: boolean) {
    this.name = name;
    this.code = code;
    this.isPackage = isPackage;
  }

  /** Whether it is the script itself. */
  get isScript(): boolean {
    return this.name === '__main__';
  }

  /** Line of an offset, from 1. */
  lineOf(offset: number): number {
    const { lineStarts } = this.code;
    let [low, high] = [0, lineStarts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lineStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return low + 1;
  }

  /** The text of a place on one line, shortened where it is long. */
  textOf(place: { readonly from: number; readonly to: number }): string {
    const text = this.code.source.slice(place.from, Math.min(place.to, place.from + 2000));
    const line = text.replaceAll(/\s+/g, ' ').trim();
    return line.length > 120 ? `${line.slice(0, 119)}…` : line;
  }
}
