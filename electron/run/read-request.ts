import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { transportConfigSchema } from '../../shared/config/crates';

const requestSchema = z.object({
  argv: z.array(z.string()),
  cwd: z.string().nullable(),
  env: z.record(z.string(), z.string()),
  transport: transportConfigSchema.nullable().catch(null),
});

/** What a run was started with, where it ran: words, working folder, and what was added to the environment. */
export type StartedRequest = z.infer<typeof requestSchema>;

/** Reads `run.json` of a run's folder; null where the folder is gone or the file does not say. */
export async function readRequest(folder: string): Promise<StartedRequest | null> {
  try {
    const parsed = requestSchema.safeParse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')));
    return parsed.success ? parsed.data : null;
  } catch {
    // Gone, unreadable or no JSON: it is shown as not known, and nothing depends on it.
    return null;
  }
}
