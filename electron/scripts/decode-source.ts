/** The text of a Python file: UTF-8, or the encoding that one of its first two lines declares (PEP 263). */
export function decodeSource(bytes: Uint8Array): string {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 400)).split(/\r\n|\r|\n/, 2);
  const declared = head.map((line) => /^[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)/.exec(line)?.[1] ?? null);
  // Python knows the name with a hyphen as well.
  const encoding = (declared.find((name) => name !== null) ?? 'utf-8').replace(
    /^(iso-)?latin[-_]1/i,
    'latin1',
  );
  return new TextDecoder(isKnown(encoding) ? encoding : 'utf-8').decode(bytes);
}

/** Python knows encodings that browsers do not; argparse calls are ASCII in nearly all of them. */
function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
