import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { build } from 'vite';
import { afterEach } from 'vitest';

/** A fresh folder that goes away after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'smurf-panel-store-'));
  folders.push(folder);
  return folder;
}
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Damages a database that is open: its next batch finds it so. Returns what has to be called after that. */
export function damage(path: string): () => void {
  // Another writer makes whoever has it open read the pages again, and they are garbage by then.
  const other = new DatabaseSync(path);
  other.exec(
    "INSERT INTO audit (at, actor, action, detail) VALUES (1, 'a', 'b', '{}'); PRAGMA wal_checkpoint(TRUNCATE)",
  );
  const bytes = readFileSync(path).fill(0x5a, 4096);
  const file = openSync(path, 'r+');
  writeSync(file, bytes);
  closeSync(file);
  return () => other.close();
}

/** Builds a module with all it imports, as the panel's build does, so that a thread or a process can run it. */
export async function bundle(entry: string): Promise<{ file: string; remove: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'smurf-panel-bundle-'));
  await build({
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir: folder,
      target: 'node24',
      rolldownOptions: { output: { entryFileNames: 'entry.mjs' } },
    },
  });
  return { file: join(folder, 'entry.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
