/** Characters that no POSIX shell, nor csh or fish, gives a meaning anywhere in a word. */
const plain = /^[A-Za-z0-9_./:,@%+-]+$/;

/** One word as a POSIX shell reads it back. The word must not hold NUL, which no program can be given. */
export function quoteWord(word: string): string {
  if (plain.test(word)) return word;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** Words as one line for a POSIX shell: `ssh` hands its remote command to the user's shell as a single string. */
export function quoteWords(words: readonly string[]): string {
  return words.map(quoteWord).join(' ');
}
