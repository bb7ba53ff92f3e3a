/*
 * Bounds of the reader. A script comes from anywhere: reading it must end soon, and in little memory, whatever it holds.
 */

/** Bytes of one source file that are read at most. */
export const largestSource = 1024 * 1024;
/** Expressions and statements that are gone through for one script, its modules included. */
export const mostSteps = 400_000;
/** Calls of the script's own functions within one another. */
export const deepestCalls = 40;
/** Expressions or statements within one another. */
export const deepestNesting = 200;
/** Items of a range, list or loop that are gone through one by one. */
export const mostItems = 1000;
/** Characters of a text that is put together. */
export const longestText = 100_000;
/** Arguments of one script. */
export const mostArguments = 2000;
/** Sentences on what could not be read. */
export const mostSentences = 100;
