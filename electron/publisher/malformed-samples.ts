import type { MalformedSample } from '../../shared/domain/listener';

const sampleBytes = 120;

/** The newest malformed datagrams, newest last. */
export class MalformedSamples {
  readonly #samples: MalformedSample[] = [];
  readonly #limit: number;

  constructor(limit = 20) {
    this.#limit = limit;
  }

  add(bytes: Buffer, sender: string, receivedAt: number, reason: string): void {
    this.#samples.push({
      receivedAt,
      sender,
      length: bytes.length,
      firstBytes: printableStart(bytes),
      reason,
    });
    if (this.#samples.length > this.#limit) this.#samples.shift();
  }

  list(): MalformedSample[] {
    return [...this.#samples];
  }
}

/** The first 120 bytes as printable ASCII: a backslash is doubled, anything else unprintable becomes `\xNN`. */
export function printableStart(bytes: Buffer): string {
  return bytes
    .toString('latin1', 0, sampleBytes)
    .replaceAll('\\', '\\\\')
    .replaceAll(
      /[^\x20-\x7e]/g,
      (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
    );
}
