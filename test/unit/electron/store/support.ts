import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
