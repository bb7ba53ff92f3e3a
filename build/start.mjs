/**
 * `npm start`: sets up what is missing, builds if the sources changed, and opens the panel. Arguments go to the panel;
 * SMURF_PANEL_HOME names its home folder.
 */
import { ensureBuilt } from './setup/app-build.mjs';
import { rootFolder } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { runElectron } from './setup/run-electron.mjs';
import { runCommand } from './setup/say.mjs';

await runCommand(async () => {
  const { runtime, environment } = await prepare({ display: true, python: true });
  await ensureBuilt();
  return runElectron(runtime, [rootFolder, ...process.argv.slice(2)], environment);
});
