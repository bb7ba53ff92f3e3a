import type { JsonPath } from './json-tree';

/** A path as Python says it of the session's data: `data['bands'][0]`, ready to be pasted into a script. */
export function pythonPath(path: JsonPath): string {
  return `data${path.map((step) => `[${typeof step === 'number' ? step : pythonText(step)}]`).join('')}`;
}

const named = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** A string as Python's `repr` writes it. */
function pythonText(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  // Control characters, halves of surrogate pairs and what orders text the other way would not survive being pasted.
  const escaped = text.replace(
    // oxlint-disable-next-line no-control-regex
    /[\\'\u0000-\u001f\u007f-\u00a0\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/gu,
    (character) => {
      if (character === "'") return quote === "'" ? "\\'" : "'";
      return named.get(character) ?? escapeOf(character.charCodeAt(0));
    },
  );
  return `${quote}${escaped}${quote}`;
}

function escapeOf(code: number): string {
  const digits = code.toString(16);
  return code < 0x100 ? `\\x${digits.padStart(2, '0')}` : `\\u${digits.padStart(4, '0')}`;
}
