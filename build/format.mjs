/** `npm run format`: writes every file in the project's format. Arguments name files instead of all. */
import { ensurePackages } from './setup/packages.mjs';
import { inRoot } from './setup/paths.mjs';
import { foreground } from './setup/processes.mjs';
import { runCommand } from './setup/say.mjs';

await runCommand(async () => {
  await ensurePackages();
  const formatter = inRoot('node_modules', 'oxfmt', 'bin', 'oxfmt');
  const files = process.argv.slice(2);
  // The commit hook may name only files that the format leaves alone.
  return foreground(process.execPath, [formatter, '--write', '--no-error-on-unmatched-pattern', ...files]);
});
