/**
 * `node build/electron.mjs --path` prints the Electron executable in use; with other arguments it runs Electron with
 * them. Sets up what is missing first. SMURF_PANEL_OFFICIAL_ELECTRON=1 refuses the fallback runtime.
 */
import { ensureElectron, electronEnvironment } from './setup/electron-runtime.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runCommand } from './setup/say.mjs';

await runCommand(async () => {
  await ensurePackages();
  const runtime = await ensureElectron();
  const args = process.argv.slice(2);
  if (args[0] === '--path') {
    process.stdout.write(`${runtime.executable}\n`);
    return 0;
  }
  const { runElectron } = await import('./setup/run-electron.mjs');
  return runElectron(runtime, args, electronEnvironment(runtime));
});
