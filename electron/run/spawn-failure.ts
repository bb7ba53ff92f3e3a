/** Why a program could not be started, as a code and a sentence. `code` is the system's. */
export function explainSpawn(program: string, error: { code?: string | undefined }): [string, string] {
  switch (error.code) {
    case 'ENOENT':
      return [
        'interpreter-missing',
        `The interpreter ${program} was not found. Set transport python of this slot to a path.`,
      ];
    case 'EACCES':
      return ['interpreter-not-executable', `The interpreter ${program} may not be executed by this user.`];
    default:
      return [
        'spawn-failed',
        `The interpreter ${program} cannot be started (${error.code ?? 'unknown cause'}).`,
      ];
  }
}
