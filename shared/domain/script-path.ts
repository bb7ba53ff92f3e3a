/** Whether a path is full as Windows writes it: from a drive, or from another machine's share. */
export function isWindowsPath(path: string): boolean {
  return /^(?:[a-z]:[\\/]|\\\\)/i.test(path);
}

/**
 * A full path of Windows with slashes between its parts, which Windows takes as well, so that a script has one path and
 * a name after its last slash, however it was written. The two before a machine's name stay. All else is left as it is.
 */
export function withSlashes(path: string): string {
  return isWindowsPath(path) ? path.slice(0, 2) + path.slice(2).replaceAll('\\', '/') : path;
}
