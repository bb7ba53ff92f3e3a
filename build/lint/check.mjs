/** The project's own lint: who may import whom, and how long a file may be, in electron/, renderer/ and shared/. */
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { inRoot } from '../setup/paths.mjs';
import { runCommand } from '../setup/say.mjs';
import { lengthFault } from './file-length.mjs';
import { importFaults } from './import-rules.mjs';

await runCommand(async () => {
  let errors = 0;
  let files = 0;
  for (const tree of ['electron', 'renderer', 'shared']) {
    if (!existsSync(inRoot(tree))) continue;
    const names = await readdir(inRoot(tree), { recursive: true, encoding: 'utf8' });
    for (const name of names.filter((path) => /\.(ts|tsx)$/.test(path)).toSorted()) {
      const file = join(tree, name).replaceAll('\\', '/');
      const text = await readFile(inRoot(file), 'utf8');
      files += 1;
      const tooLong = lengthFault(text);
      if (tooLong !== undefined) console.log(`${file}: ${tooLong.severity}: ${tooLong.message}`);
      if (tooLong?.severity === 'error') errors += 1;
      for (const { line, message } of importFaults(file, text)) {
        console.log(`${file}:${line}: error: ${message}`);
        errors += 1;
      }
    }
  }
  console.log(`Import rules and file lengths: ${errors} errors in ${files} files.`);
  return errors === 0 ? 0 : 1;
});
