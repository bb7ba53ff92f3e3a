/** What an error says, whatever was thrown. For sentences that name a cause. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
