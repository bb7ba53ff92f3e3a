/**
 * `npm run bench`: builds, then measures the bars of design.md with test/bench/*.bench.ts on Electron's own Node.
 * Arguments go to vitest, for example a file's name.
 */
import { ensureBuilt } from './setup/app-build.mjs';
import { withDisplay } from './setup/display.mjs';
import { rootFolder, inRoot } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { foreground } from './setup/processes.mjs';
import { runCommand } from './setup/say.mjs';

await runCommand(async () => {
  const { runtime, environment } = await prepare({ display: true, python: true });
  await ensureBuilt();
  const config = inRoot('test', 'bench', 'vitest.config.ts');
  const vitest = inRoot('node_modules', 'vitest', 'vitest.mjs');
  const args = [vitest, 'run', '--root', rootFolder, '--config', config, ...process.argv.slice(2)];
  const env = { ...environment, ELECTRON_RUN_AS_NODE: '1' };
  return withDisplay((shown) => foreground(runtime.executable, args, { env: shown }), env);
});
