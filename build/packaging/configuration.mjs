import { afterPack, executableName } from './after-pack.mjs';
import { inRoot } from '../setup/paths.mjs';

/** The version's mark for a package that carries the stand-in runtime: such a package is not for release. */
const standInMark = '+standin';

/**
 * What a package is made with.
 * @typedef {object} Making
 * @property {string} version of the panel
 * @property {'official' | 'fallback' | 'override'} source where the Electron runtime came from
 * @property {string} electronVersion
 * @property {string | null} electronDist the folder of an unpacked runtime; null lets electron-builder download it
 * @property {string} output
 */

/**
 * electron-builder's configuration (https://www.electron.build/configuration).
 * @param {Making} making
 * @returns {import('electron-builder').Configuration}
 */
export function configuration({ version, source, electronVersion, electronDist, output }) {
  return {
    appId: 'org.smurfpanel.panel',
    productName: 'SMuRF Panel',
    executableName,
    copyright: 'SMuRF Panel developers, MIT licence',
    directories: { output, buildResources: 'build/icons' },
    electronVersion,
    ...(electronDist === null ? {} : { electronDist }),
    // Nothing native, and everything is bundled: there is nothing to rebuild and no node_modules to ship.
    npmRebuild: false,
    asar: true,
    files: ['out/**', 'package.json', '!**/*.map', '!out/.built-from', '!node_modules/**'],
    extraResources: [
      { from: 'build/resources', to: '.', filter: ['**/*', '!**/__pycache__/**'] },
      { from: 'LICENSE', to: 'LICENSE' },
      { from: 'CHANGELOG.md', to: 'CHANGELOG.md' },
    ],
    electronLanguages: ['en-US'],
    removePackageScripts: true,
    extraMetadata: { version: markedVersion(version, source), electronSource: source },
    afterPack,
    // Where updates come from is the lab's to say (crates.yaml); this one is never asked. It has to be there for the
    // updater's files to be made.
    publish: { provider: 'generic', url: 'https://updates.invalid/smurf-panel' },
    linux: {
      icon: inRoot('build', 'icons'),
      category: 'Science;Engineering;Utility',
      artifactName: '${name}_${version}_${arch}.${ext}',
      synopsis: 'Control panel for SMuRF readout crates',
      description:
        'Runs pysmurf scripts on readout crates, follows their output, stops them safely, and shows what they publish.',
      maintainer: 'SMuRF Panel developers <smurf-panel@example.org>',
      vendor: 'SMuRF Panel developers',
      syncDesktopName: true,
      desktop: {
        entry: {
          Keywords: 'SMuRF;pysmurf;readout;crate;detector;',
          StartupWMClass: 'smurf-panel',
          StartupNotify: 'true',
        },
      },
    },
    deb: {
      packageCategory: 'science',
      priority: 'optional',
      depends: [
        'libasound2 | libasound2t64',
        'libatk-bridge2.0-0 | libatk-bridge2.0-0t64',
        'libatspi2.0-0 | libatspi2.0-0t64',
        'libcups2 | libcups2t64',
        'libdrm2',
        'libgbm1',
        'libgtk-3-0 | libgtk-3-0t64',
        'libnss3',
        'libxkbcommon0',
      ],
      recommends: ['python3', 'openssh-client', 'libnotify4', 'xdg-utils'],
      afterRemove: 'build/packaging/linux/after-remove.sh',
      fpm: [
        `${inRoot('build', 'packaging', 'linux', 'copyright')}=/usr/share/doc/smurf-panel/copyright`,
        `${inRoot('CHANGELOG.md')}=/usr/share/doc/smurf-panel/changelog`,
      ],
    },
    rpm: {
      packageCategory: 'Applications/Engineering',
      depends: [
        'gtk3',
        'nss',
        'alsa-lib',
        'mesa-libgbm',
        'libdrm',
        'at-spi2-core',
        'cups-libs',
        'libxkbcommon',
      ],
      afterRemove: 'build/packaging/linux/after-remove.sh',
    },
    appImage: { license: 'LICENSE' },
    win: { icon: inRoot('build', 'icons', 'icon.ico'), artifactName: '${name}_${version}_${arch}.${ext}' },
    nsis: {
      oneClick: false,
      perMachine: false,
      allowElevation: true,
      allowToChangeInstallationDirectory: true,
      // The operator's data is never the installer's to delete.
      deleteAppDataOnUninstall: false,
      license: 'LICENSE',
    },
    mac: {
      icon: inRoot('build', 'icons', 'icon.icns'),
      category: 'public.app-category.developer-tools',
      hardenedRuntime: true,
      // Signed and notarised when the environment has the identity (README, Releasing).
      notarize: Boolean(process.env['APPLE_TEAM_ID']),
    },
    dmg: { title: '${productName} ${version}' },
  };
}

/**
 * @param {string} version
 * @param {Making['source']} source
 */
export function markedVersion(version, source) {
  return source === 'official' ? version : `${version}${standInMark}`;
}
