/*
 * What `follow` writes: frames of a header `<BI` (kind, length of the payload) and the payload.
 */

/** The most bytes in one payload. */
export const largestPayload = 256 * 1024;

const headerSize = 5;

/** The kinds of frames by their number. */
export const frameKinds = {
  1: 'log',
  2: 'index',
  3: 'status',
  4: 'messages',
  5: 'heartbeat',
  6: 'end',
  7: 'error',
  8: 'gone',
} as const;

/** What a frame carries. */
export type FrameKind = (typeof frameKinds)[keyof typeof frameKinds];

/** One frame. */
export interface Frame {
  readonly kind: FrameKind;
  readonly payload: Buffer;
}

/** What came is not what `follow` writes. The connection has to be given up. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

const kindByNumber: ReadonlyMap<number, FrameKind> = new Map(
  Object.entries(frameKinds).map(([number, kind]) => [Number(number), kind]),
);

/** Cuts a stream of bytes into frames, wherever it was torn. Holds at most one frame. */
export class FrameParser {
  #parts: Buffer[] = [];
  #held = 0;

  /** Bytes of a frame that is not whole yet. */
  get held(): number {
    return this.#held;
  }

  /** Takes bytes, which stay the parser's, and gives the frames that they complete. Throws `FrameError` where they are none. */
  push(bytes: Buffer): Frame[] {
    const frames: Frame[] = [];
    let rest = bytes;
    while (rest.length > 0 || this.#held > 0) {
      const header = this.#peek(rest);
      if (header === null) break;
      const { kind, length } = header;
      const size = headerSize + length;
      if (this.#held + rest.length < size) break;
      const taken = size - this.#held;
      const frame =
        this.#parts.length === 0 ? rest : Buffer.concat([...this.#parts, rest.subarray(0, taken)]);
      this.#parts = [];
      this.#held = 0;
      rest = rest.subarray(taken);
      frames.push({ kind, payload: frame.subarray(headerSize, size) });
    }
    if (rest.length > 0) this.#parts.push(rest);
    this.#held += rest.length;
    return frames;
  }

  /** The header of the frame that begins with the held bytes; null where it is not whole. */
  #peek(rest: Buffer): { kind: FrameKind; length: number } | null {
    if (this.#held + rest.length < headerSize) return null;
    const bytes =
      this.#held >= headerSize ? this.#join() : Buffer.concat([...this.#parts, rest.subarray(0, headerSize)]);
    const number = bytes.readUInt8(0);
    const kind = kindByNumber.get(number);
    const length = bytes.readUInt32LE(1);
    if (kind === undefined)
      throw new FrameError(`The supervisor sent something of an unknown kind (${number}).`);
    if (length > largestPayload)
      throw new FrameError(`The supervisor sent too large a piece (${length} bytes).`);
    return { kind, length };
  }

  /** The first held part, with at least a header in it. */
  #join(): Buffer {
    const [first] = this.#parts;
    if (first !== undefined && first.length >= headerSize) return first;
    const joined = Buffer.concat(this.#parts);
    this.#parts = [joined];
    return joined;
  }
}
