import { join } from 'node:path';
import { inRoot } from '../../setup/paths.mjs';
import { capture } from '../../setup/processes.mjs';
import { SetupError } from '../../setup/say.mjs';

/**
 * Makes the installer for Windows with the system's makensis: electron-builder's own script needs plug-ins that it
 * downloads.
 * @param {{ application: string, output: string, version: string }} what `application` is the unpacked application
 * @returns {Promise<string>} the installer's path
 */
export async function buildOwnInstaller({ application, output, version }) {
  const file = join(output, `smurf-panel_${version}_x64.exe`);
  const definitions = {
    APPLICATION: application,
    OUTPUT: file,
    VERSION: version,
    FILE_VERSION: `${version.replace(/[-+].*$/, '')}.0`,
    ICON: inRoot('build', 'icons', 'icon.ico'),
    LICENSE: inRoot('LICENSE'),
  };
  const args = Object.entries(definitions).map(([name, value]) => `-D${name}=${value}`);
  if (process.env['SMURF_PANEL_COMPRESSION'] === '1') args.push('-XSetCompressor /FINAL zlib');
  const script = inRoot('build', 'packaging', 'windows', 'installer.nsi');
  const result = await capture('makensis', ['-V2', ...args, script]);
  if (result.code !== 0)
    throw new SetupError(`makensis failed with exit code ${result.code}:\n${result.output.trim()}`);
  return file;
}
