import type { FileInspection, FileKind } from '../../shared/domain/registered-file';

/** The last bytes that `wholenessFault` looks at. */
export const tailLength = 4096;

/** The parts of a file by which it is told whether it is whole. `size` in bytes. */
export interface FileParts {
  readonly head: Buffer;
  readonly tail: Buffer;
  readonly size: number;
}

/** Why a file of its kind is not whole, in words that follow its name; null where it is, as far as its ends tell. */
export function wholenessFault(kind: FileKind, parts: FileParts): string | null {
  const { head, tail, size } = parts;
  switch (kind) {
    case 'png':
      return tail.includes('IEND', 'latin1') ? null : 'is cut: the end of a PNG image is missing';
    case 'jpeg':
      return tail.includes(Buffer.from([0xff, 0xd9])) ? null : 'is cut: the end of a JPEG image is missing';
    case 'gif':
      return tail.includes(0x3b) ? null : 'is cut: the end of a GIF image is missing';
    case 'webp':
      return size >= webpLength(head) ? null : `is cut: ${size} of ${webpLength(head)} bytes are there`;
    case 'svg':
      return /<\/(?:\w+:)?svg\s*>|<(?:\w+:)?svg[^>]*\/>/i.test(tail.toString('latin1'))
        ? null
        : 'is cut: the end of an SVG image is missing';
    case 'pdf':
      return tail.includes('%%EOF', 'latin1') ? null : 'is cut: the end of a PDF document is missing';
    case 'npy':
    case 'text':
    case 'unknown':
      return null;
    default:
      return kind satisfies never;
  }
}

function webpLength(head: Buffer): number {
  return head.length < 8 ? Number.POSITIVE_INFINITY : head.readUInt32LE(4) + 8;
}

/** Width and height of an image from its first bytes; null where they do not tell. */
export function pixelsOf(kind: FileKind, head: Buffer): FileInspection['pixels'] {
  if (kind === 'png' && head.length >= 24)
    return { width: head.readUInt32BE(16), height: head.readUInt32BE(20) };
  if (kind === 'gif' && head.length >= 10)
    return { width: head.readUInt16LE(6), height: head.readUInt16LE(8) };
  return kind === 'jpeg' ? jpegPixels(head) : null;
}

/** Goes from segment to segment up to the first that starts a frame. */
function jpegPixels(head: Buffer): FileInspection['pixels'] {
  let place = 2;
  while (place + 9 <= head.length && head[place] === 0xff) {
    const marker = head[place + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: head.readUInt16BE(place + 7), height: head.readUInt16BE(place + 5) };
    place += 2 + head.readUInt16BE(place + 2);
  }
  return null;
}
