/** `npm run build`: builds main, preload and renderer into out/. */
import { build } from './setup/app-build.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runCommand } from './setup/say.mjs';

await runCommand(async () => {
  await ensurePackages();
  await build();
});
