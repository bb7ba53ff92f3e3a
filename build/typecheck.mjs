/** `npm run typecheck`: see `typecheck` of setup/checks.mjs. */
import { typecheck } from './setup/checks.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runCommand } from './setup/say.mjs';

await runCommand(async () => {
  await ensurePackages();
  return typecheck();
});
