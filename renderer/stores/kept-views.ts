import { useEffect, useState } from 'react';

/**
 * How views of one kind were left, by what they are of, so that they come back to it: only one tab is drawn at a time.
 * Bounded: beyond `most` the one that was left longest ago is forgotten.
 */
export class KeptViews<Left> {
  readonly #most: number;
  /** The one that was left last stands last. */
  readonly #left = new Map<string, Left>();

  constructor(most: number) {
    this.#most = most;
  }

  /** How a view was left; null where it was not drawn yet, or was forgotten. */
  read(of: string): Left | null {
    return this.#left.get(of) ?? null;
  }

  /** Keeps how a view stands. */
  keep(of: string, left: Left): void {
    this.#left.delete(of);
    this.#left.set(of, left);
    for (const oldest of this.#left.keys()) {
      if (this.#left.size <= this.#most) return;
      this.#left.delete(oldest);
    }
  }

  /** Forgets all. */
  clear(): void {
    this.#left.clear();
  }
}

/** How a view was left, or `fresh`, as it was when the view was drawn first; what it stands at later is `useKeeping`'s. */
export function useLeft<Left>(views: KeptViews<Left>, of: string, fresh: Left): Left {
  const [left] = useState(() => views.read(of) ?? fresh);
  return left;
}

/** Keeps how a view stands after each drawing. */
export function useKeeping<Left>(views: KeptViews<Left>, of: string, left: Left): void {
  useEffect(() => views.keep(of, left));
}
