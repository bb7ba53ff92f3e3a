import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  FrameError,
  frameKinds,
  FrameParser,
  largestPayload,
  type FrameKind,
} from '../../../../../electron/run/remote/frames';

function frame(kind: number, payload: Uint8Array): Buffer {
  const header = Buffer.alloc(5);
  header.writeUInt8(kind, 0);
  header.writeUInt32LE(payload.length, 1);
  return Buffer.concat([header, payload]);
}

const kinds = Object.keys(frameKinds).map(Number);
const anyFrame = fc.record({ kind: fc.constantFrom(...kinds), payload: fc.uint8Array({ maxLength: 200 }) });

describe('FrameParser', () => {
  it('finds the same frames wherever the bytes are torn', () => {
    const frames = fc.array(anyFrame, { maxLength: 12 });
    const cuts = fc.array(fc.nat(3000), { maxLength: 40 });
    fc.assert(
      fc.property(frames, cuts, (given, positions) => {
        const bytes = Buffer.concat(given.map(({ kind, payload }) => frame(kind, payload)));
        const places = [0, ...positions.map((at) => Math.min(at, bytes.length)), bytes.length];
        const sorted = places.toSorted((one, other) => one - other);
        const parser = new FrameParser();
        const found: { kind: FrameKind; payload: number[] }[] = [];
        for (const [place, from] of sorted.entries()) {
          for (const { kind, payload } of parser.push(bytes.subarray(from, sorted[place + 1]))) {
            found.push({ kind, payload: [...payload] });
          }
          if (place === sorted.length - 2) break;
        }
        const names: Readonly<Record<number, FrameKind>> = frameKinds;
        expect(found).toEqual(
          given.map(({ kind, payload }) => ({ kind: names[kind], payload: [...payload] })),
        );
        expect(parser.held).toBe(0);
      }),
    );
  });

  it('finds frames in single bytes', () => {
    const parser = new FrameParser();
    const bytes = Buffer.concat([
      frame(1, Buffer.from('hello')),
      frame(5, Buffer.alloc(0)),
      frame(3, Buffer.from('{}')),
    ]);
    const found = [...bytes].flatMap((byte) => parser.push(Buffer.from([byte])));
    expect(found.map(({ kind, payload }) => [kind, payload.toString()])).toEqual([
      ['log', 'hello'],
      ['heartbeat', ''],
      ['status', '{}'],
    ]);
  });

  it('takes the largest payload, and holds no more than that', () => {
    const parser = new FrameParser();
    const bytes = frame(1, Buffer.alloc(largestPayload, 7));
    expect(parser.push(bytes.subarray(0, -1))).toEqual([]);
    expect(parser.held).toBe(largestPayload + 4);
    expect(parser.push(bytes.subarray(-1))[0]?.payload.length).toBe(largestPayload);
  });

  it.each([
    ['of an unknown kind', frame(9, Buffer.alloc(1))],
    ['that is too large', frame(1, Buffer.alloc(largestPayload + 1)).subarray(0, 5)],
  ])('refuses a frame %s', (_name, bytes) => {
    expect(() => new FrameParser().push(bytes)).toThrow(FrameError);
  });
});
