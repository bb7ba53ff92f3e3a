/** A pause that can be cut short. */
export class InterruptiblePause {
  #end: () => void = () => undefined;

  /** Waits this many milliseconds, or until `cutShort`. */
  wait(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.#end = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Ends the pause under way; without one it does nothing. */
  cutShort(): void {
    this.#end();
  }
}
