/** Bytes of one source file that are read at most. */
export const largestSource = 1024 * 1024;
