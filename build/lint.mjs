/** `npm run lint`: see `lint` of setup/checks.mjs. */
import { lint } from './setup/checks.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runCommand } from './setup/say.mjs';

await runCommand(async () => {
  await ensurePackages();
  return lint();
});
