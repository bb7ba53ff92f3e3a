import { electronEnvironment, ensureElectron } from './electron-runtime.mjs';
import { ensurePackages } from './packages.mjs';
import { ensureSystemLibraries } from './system-libraries.mjs';

/**
 * All the set-up that a command which runs Electron needs: packages, the runtime, system libraries.
 * @param {import('./system-libraries.mjs').Needs} needs
 * @returns {Promise<{ runtime: import('./electron-runtime.mjs').Runtime, environment: NodeJS.ProcessEnv }>}
 */
export async function prepare(needs) {
  await ensurePackages();
  const runtime = await ensureElectron();
  await ensureSystemLibraries(runtime.executable, needs);
  return { runtime, environment: electronEnvironment(runtime) };
}
