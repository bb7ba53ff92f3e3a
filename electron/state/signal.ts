/** A place where services hear of something, in the order in which they asked to. */
export class Signal<Value> {
  readonly #listeners = new Set<(value: Value) => void>();
  readonly #onFault: (error: unknown) => void;

  /** One listener that throws is told to `onFault` and keeps nothing from the others. */
  constructor(onFault: (error: unknown) => void) {
    this.#onFault = onFault;
  }

  /** Returns how to stop listening. */
  listen(listener: (value: Value) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  emit(value: Value): void {
    for (const listener of this.#listeners) {
      try {
        listener(value);
      } catch (error) {
        this.#onFault(error);
      }
    }
  }
}
