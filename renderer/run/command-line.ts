import { failure, success, type Failure, type Result } from '../../shared/result';

export type CommandLineFault = Failure<'unclosed-quote' | 'trailing-backslash'>;

/** In double quotes a backslash escapes these and nothing else. */
const escapableInDoubleQuotes = '$`"\\\n';

/**
 * Splits a command line into words as a POSIX shell does, with no expansion: variables, wildcards, comments and
 * operators stand as they are. Written here because the package for it unescapes quoted text twice and expands `$'…'`.
 */
export function splitCommandLine(line: string): Result<string[], CommandLineFault> {
  const words: string[] = [];
  let word: string | null = null;
  let quote: '"' | "'" | null = null;
  let quotedAt = 0;
  for (let at = 0; at < line.length; at += 1) {
    const character = line.charAt(at);
    if (quote === "'") {
      if (character === "'") quote = null;
      else word = (word ?? '') + character;
    } else if (character === '\\') {
      const next = line.charAt(at + 1);
      if (next === '' && quote === null) return failure('trailing-backslash', trailingBackslash);
      if (quote === '"' && !escapableInDoubleQuotes.includes(next)) word = `${word ?? ''}\\`;
      else {
        // A backslash before the end of a line joins the lines.
        if (next !== '\n') word = (word ?? '') + next;
        at += 1;
      }
    } else if (quote === '"') {
      if (character === '"') quote = null;
      else word = (word ?? '') + character;
    } else if (character === '"' || character === "'") {
      quote = character;
      quotedAt = at;
      word ??= '';
    } else if (character === ' ' || character === '\t' || character === '\n') {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + character;
  }
  if (quote !== null) return failure('unclosed-quote', describeUnclosed(line, quote, quotedAt));
  if (word !== null) words.push(word);
  return success(words);
}

const trailingBackslash =
  'The arguments end with a backslash that escapes nothing. Remove it, or write \\\\ for a backslash.';

function describeUnclosed(line: string, quote: string, at: number): string {
  const name = quote === '"' ? 'double' : 'single';
  return `The ${name} quote before “${line.slice(at + 1, at + 17)}” is not closed. Close it, or put a backslash before it.`;
}

/** Writes one word so that a POSIX shell, and `splitCommandLine`, read it back unchanged. */
export function quoteWord(word: string): string {
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(word)) return word;
  return `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Writes words as one command line. */
export function joinCommandLine(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}
