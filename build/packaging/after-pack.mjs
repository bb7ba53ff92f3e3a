import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { flipFuses, FuseV1Options, FuseVersion } from '@electron/fuses';
import { markerName } from '../setup/fallback-runtime.mjs';

/** The program's file, without an ending. */
export const executableName = 'smurf-panel';

/**
 * What a package's Electron may do, burnt into its binary.
 * @param {string} platform as Electron names it: linux, win32, darwin, mas
 */
export function fusesFor(platform) {
  return {
    // The panel starts no program of its own as plain Node, and nobody else shall with an operator's program.
    [FuseV1Options.RunAsNode]: false,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: false,
    [FuseV1Options.EnableCookieEncryption]: true,
    [FuseV1Options.OnlyLoadAppFromAsar]: true,
    // Electron checks the archive on these two only.
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: platform !== 'linux',
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  };
}

/**
 * electron-builder's hook between packing the application and making the packages.
 * @param {import('app-builder-lib').AfterPackContext} context
 */
export async function afterPack({ electronPlatformName, appOutDir, packager }) {
  const onMac = electronPlatformName === 'darwin' || electronPlatformName === 'mas';
  const name = packager.appInfo.productFilename;
  const resources = onMac
    ? join(appOutDir, `${name}.app`, 'Contents', 'Resources')
    : join(appOutDir, 'resources');
  // A runtime taken from a folder has these still: Electron's own example, and our note on where it came from.
  await rm(join(resources, 'default_app.asar'), { force: true });
  await rm(join(appOutDir, markerName), { force: true });
  await flipFuses(
    onMac ? join(appOutDir, `${name}.app`) : join(appOutDir, executableOn(electronPlatformName)),
    {
      version: FuseVersion.V1,
      resetAdHocDarwinSignature: onMac,
      ...fusesFor(electronPlatformName),
    },
  );
}

/** @param {string} platform */
function executableOn(platform) {
  return platform === 'win32' ? `${executableName}.exe` : executableName;
}
