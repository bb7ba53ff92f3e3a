import { isUtf8 } from 'node:buffer';
import type { TextPreview } from '../../shared/ipc/calls/files-calls';
import type { OpenFile } from './open-file';
import { hasUtf16Mark, whole } from './sniff';

/** Bytes of a text that are shown. */
export const shownTextBytes = 256 * 1024;

/** The start of a text file, decoded by what its bytes are. */
export async function previewText(file: OpenFile): Promise<TextPreview> {
  const bytes = await file.read(0, shownTextBytes);
  const isCut = file.size > bytes.length;
  const common = { shown: bytes.length, size: file.size };
  if (hasUtf16Mark(bytes)) {
    const even = bytes.subarray(0, bytes.length - (bytes.length % 2));
    const isBigEndian = even[0] === 0xfe;
    const text = new TextDecoder(isBigEndian ? 'utf-16be' : 'utf-16le').decode(even);
    return { ...common, text, encoding: 'UTF-16' };
  }
  const complete = isCut ? whole(bytes) : bytes;
  if (isUtf8(complete)) {
    const text = complete.toString('utf8').replace(/^\ufeff/, '');
    return { text, encoding: 'UTF-8', shown: complete.length, size: file.size };
  }
  return { ...common, text: bytes.toString('latin1'), encoding: 'Latin-1' };
}
