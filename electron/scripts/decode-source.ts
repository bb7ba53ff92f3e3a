/** The text of a Python file: UTF-8, or the encoding that one of its first two lines declares (PEP 263). */
export function decodeSource(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).split(/\r\n|\r|\n/, 2);
  const declared = head.map((line) => /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1]).find(Boolean);
  return decoderOf(declared).decode(bytes);
}

function decoderOf(encoding: string | undefined): TextDecoder {
  try {
    return new TextDecoder(encoding ?? 'utf-8');
  } catch (error) {
    // Python knows encodings that browsers do not; argparse calls are ASCII in nearly all of them.
    if (!(error instanceof RangeError)) throw error;
    return new TextDecoder('utf-8');
  }
}
