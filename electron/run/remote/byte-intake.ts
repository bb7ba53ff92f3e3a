import type { Readable } from 'node:stream';

/** What `next` found: bytes, the end of the stream, or nothing for as long as was waited. */
export type Intake =
  | { readonly kind: 'bytes'; readonly bytes: Buffer }
  | { readonly kind: 'ended' }
  | { readonly kind: 'silent' };

/** Reads a stream by the piece. While nobody asks, nothing is read, so that whoever writes has to wait. */
export class ByteIntake {
  readonly #stream: Readable;
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(stream: Readable) {
    this.#stream = stream;
    const wake = (): void => this.#wake();
    const end = (): void => {
      this.#ended = true;
      this.#wake();
    };
    // A stream that breaks has ended for its reader; the command's own end tells why.
    stream.on('readable', wake).on('end', end).on('close', end).on('error', end);
  }

  /** The next piece, waited for up to `patience` milliseconds. */
  async next(patience: number): Promise<Intake> {
    const deadline = performance.now() + patience;
    for (;;) {
      const bytes: unknown = this.#stream.read();
      if (Buffer.isBuffer(bytes)) return { kind: 'bytes', bytes };
      if (this.#ended) return { kind: 'ended' };
      const left = deadline - performance.now();
      if (left <= 0) return { kind: 'silent' };
      await this.#woken(left);
    }
  }

  #woken(patience: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
