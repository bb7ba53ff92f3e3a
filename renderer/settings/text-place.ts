/** How many lines a text has; an empty one has one. */
export function lineCount(text: string): number {
  return text.split('\n').length;
}

/** The position in the text of a line and column, both from 1; the end of the line or text where it is shorter. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  const width = lines[line - 1]?.length ?? 0;
  return Math.min(text.length, before + Math.min(Math.max(0, column - 1), width));
}
