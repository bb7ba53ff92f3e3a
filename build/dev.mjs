/** `npm run dev`: the panel with hot reload of the renderer, and a restart when main or preload change. */
import { electronVite, forgetBuild } from './setup/app-build.mjs';
import { withDisplay } from './setup/display.mjs';
import { prepare } from './setup/prepare.mjs';
import { foreground } from './setup/processes.mjs';
import { prepareSandbox } from './setup/run-electron.mjs';
import { runCommand } from './setup/say.mjs';

await runCommand(async () => {
  const { runtime, environment } = await prepare({ display: true, python: true });
  await forgetBuild();
  const electronArgs = prepareSandbox(runtime, process.argv.slice(2));
  const args = [electronVite.script, 'dev', '--watch', ...electronVite.config, '--', ...electronArgs];
  const env = { ...environment, ELECTRON_EXEC_PATH: runtime.executable };
  return withDisplay((shown) => foreground(process.execPath, args, { env: shown }), env);
});
