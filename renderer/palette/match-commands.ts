import type { Command } from './command';

/** The most commands that are listed at once. */
export const mostCommands = 60;

/** The commands that fit what was typed, best first; all in their order where nothing was. */
export function matchCommands(typed: string, commands: readonly Command[]): Command[] {
  const words = fold(typed)
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return commands.slice(0, mostCommands);
  return commands
    .map((command) => ({ command, score: scoreOf(words, command) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, mostCommands)
    .map(({ command }) => command);
}

/**
 * How well every word fits, over 0; 0 where one does not fit at all. A title counts twice as much as what is beside it,
 * and letters in their order are enough in it alone: a folder's path holds those of nearly any word.
 */
function scoreOf(words: readonly string[], { title, detail, group }: Command): number {
  let sum = 0;
  for (const word of words) {
    const inTitle = fit(word, fold(title)) || (word.length > 1 && hasInOrder(word, fold(title)) ? 1 : 0);
    const best = Math.max(2 * inTitle, fit(word, fold(detail)), fit(word, fold(group)) / 2);
    if (best === 0) return 0;
    sum += best;
  }
  // Of two that fit alike, the shorter title is the nearer one.
  return sum - title.length / 10_000;
}

/** 4 for the beginning of the text, 3 for that of a word, 2 for a part, else 0. */
function fit(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at === 0) return 4;
  if (at > 0) return new RegExp(String.raw`[^\p{L}\p{N}]`, 'u').test(text[at - 1] ?? '') ? 3 : 2;
  return 0;
}

function hasInOrder(letters: string, text: string): boolean {
  let from = 0;
  for (const letter of letters) {
    const at = text.indexOf(letter, from);
    if (at === -1) return false;
    from = at + letter.length;
  }
  return true;
}

/** Without case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
