import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { runStatusSchema, type RunStatus } from '../run-folder';

const jsonObject = z.record(z.string(), z.unknown());

/**
 * A status as the supervisor sent it. While `held`, it does not say that the output has ended: whoever reads it here
 * may rely on the copy being whole then. Throws where it is no status.
 */
export function readSentStatus(text: string, held: boolean): { status: RunStatus; text: string } {
  const sent = jsonObject.parse(JSON.parse(text));
  const shown = held ? { ...sent, outputEnded: false } : sent;
  return { status: runStatusSchema.parse(shown), text: `${JSON.stringify(shown)}\n` };
}

/** Replaces a file of a run's folder as a whole, so that whoever reads it finds the old or the new. */
export async function replaceFile(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  const handle = await open(`${path}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    // Or a power failure could leave an empty file under the right name.
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
}
