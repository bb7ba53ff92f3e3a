import { isUtf8 } from 'node:buffer';
import type { FileKind } from '../../shared/domain/registered-file';

/** What a file is by its first bytes, and in words. */
export interface Sniffed {
  readonly kind: FileKind;
  readonly description: string;
}

const signatures: readonly (readonly [bytes: string, offset: number, kind: FileKind, description: string])[] =
  [
    ['\x89PNG\r\n\x1a\n', 0, 'png', 'PNG image'],
    ['\xff\xd8\xff', 0, 'jpeg', 'JPEG image'],
    ['GIF87a', 0, 'gif', 'GIF image'],
    ['GIF89a', 0, 'gif', 'GIF image'],
    ['\x93NUMPY', 0, 'npy', 'NumPy array'],
    ['%PDF-', 0, 'pdf', 'PDF document'],
    ['PK\x03\x04', 0, 'unknown', 'zip archive, or NumPy archive (.npz)'],
    ['\x89HDF\r\n\x1a\n', 0, 'unknown', 'HDF5 file'],
    ['\x1f\x8b', 0, 'unknown', 'gzip file'],
    ['BZh', 0, 'unknown', 'bzip2 file'],
    ['\xfd7zXZ\0', 0, 'unknown', 'xz file'],
    ['SQLite format 3\0', 0, 'unknown', 'SQLite database'],
    ['SIMPLE  =', 0, 'unknown', 'FITS file'],
    ['\x7fELF', 0, 'unknown', 'program'],
    ['\x80\x04\x95', 0, 'unknown', 'Python pickle'],
    ['\x80\x05\x95', 0, 'unknown', 'Python pickle'],
  ];

/** What an XML text may hold before its first element: declaration, comments, doctype. */
const beforeRoot = /^(?:\s+|<\?[^]*?\?>|<!--[^]*?-->|<!DOCTYPE[^[>]*(?:\[[^\]]*\])?\s*>)/i;

/** The first bytes that `sniff` looks at. */
export const headLength = 65_536;

/** What a file is, by its first bytes (up to `headLength`) and not by its name. */
export function sniff(head: Buffer): Sniffed {
  if (head.length === 0) return { kind: 'unknown', description: 'empty file' };
  const start = head.toString('latin1', 0, 16);
  for (const [bytes, offset, kind, description] of signatures) {
    if (start.startsWith(bytes, offset)) return { kind, description };
  }
  if (start.startsWith('RIFF') && start.startsWith('WEBP', 8))
    return { kind: 'webp', description: 'WebP image' };
  if (!isText(head)) return { kind: 'unknown', description: 'binary file' };
  return isSvg(head.toString('utf8')) ? { kind: 'svg', description: 'SVG image' } : textKind;
}

const textKind: Sniffed = { kind: 'text', description: 'text' };

// oxlint-disable-next-line no-control-regex -- they are what tells text from other bytes; ESC begins colours
const noText = /[\0-\x08\x0e-\x1a\x1c-\x1f\x7f]/;

/** Whether bytes are text: UTF-8, UTF-16 with its mark, or Latin-1 without control characters. */
export function isText(head: Buffer): boolean {
  if (hasUtf16Mark(head)) return true;
  return !noText.test(head.toString('latin1')) && (isUtf8(whole(head)) || isLatin(head));
}

/** Without a last character that the cut went through. */
export function whole(bytes: Buffer): Buffer {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >= 0xc0) return back < lengthOf(byte) ? bytes.subarray(0, bytes.length - back) : bytes;
    if (byte < 0x80) return bytes;
  }
  return bytes;
}

function lengthOf(lead: number): number {
  return lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
}

export function hasUtf16Mark(head: Buffer): boolean {
  return (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
}

/** U+0080 to U+009F are control characters in Latin-1: text has none, other bytes mostly do. */
function isLatin(head: Buffer): boolean {
  return head.every((byte) => byte < 0x80 || byte >= 0xa0);
}

function isSvg(text: string): boolean {
  let rest = text.replace(/^\ufeff/, '');
  for (;;) {
    const found = beforeRoot.exec(rest);
    if (found === null) return /^<(?:\w+:)?svg[\s>/]/i.test(rest);
    rest = rest.slice(found[0].length);
  }
}
