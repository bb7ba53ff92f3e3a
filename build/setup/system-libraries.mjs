import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { capture, which } from './processes.mjs';
import { SetupError, say } from './say.mjs';

/**
 * Debian's package for each library that Electron is linked with. Where Debian 13 and Ubuntu 24.04 renamed one, the
 * new name is the old one with `t64`; `packageChoices` knows.
 * @type {Readonly<Record<string, string>>}
 */
const packageOfLibrary = {
  'libX11.so.6': 'libx11-6',
  'libXcomposite.so.1': 'libxcomposite1',
  'libXdamage.so.1': 'libxdamage1',
  'libXext.so.6': 'libxext6',
  'libXfixes.so.3': 'libxfixes3',
  'libXrandr.so.2': 'libxrandr2',
  'libXss.so.1': 'libxss1',
  'libasound.so.2': 'libasound2',
  'libatk-1.0.so.0': 'libatk1.0-0',
  'libatk-bridge-2.0.so.0': 'libatk-bridge2.0-0',
  'libatspi.so.0': 'libatspi2.0-0',
  'libcairo.so.2': 'libcairo2',
  'libcups.so.2': 'libcups2',
  'libdbus-1.so.3': 'libdbus-1-3',
  'libdrm.so.2': 'libdrm2',
  'libexpat.so.1': 'libexpat1',
  'libgbm.so.1': 'libgbm1',
  'libgdk-3.so.0': 'libgtk-3-0',
  'libgio-2.0.so.0': 'libglib2.0-0',
  'libglib-2.0.so.0': 'libglib2.0-0',
  'libgobject-2.0.so.0': 'libglib2.0-0',
  'libgtk-3.so.0': 'libgtk-3-0',
  'libnspr4.so': 'libnspr4',
  'libnss3.so': 'libnss3',
  'libnssutil3.so': 'libnss3',
  'libpango-1.0.so.0': 'libpango-1.0-0',
  'libsmime3.so': 'libnss3',
  'libudev.so.1': 'libudev1',
  'libxcb.so.1': 'libxcb1',
  'libxkbcommon.so.0': 'libxkbcommon0',
};

/** Packages that Debian 13 and Ubuntu 24.04 renamed. */
const renamed = new Set([
  'libasound2',
  'libatk-bridge2.0-0',
  'libatk1.0-0',
  'libatspi2.0-0',
  'libcups2',
  'libglib2.0-0',
  'libgtk-3-0',
]);

/**
 * What a program on this machine needs beyond Electron's own libraries.
 * @typedef {object} Needs
 * @property {boolean} display a screen: Xvfb where there is none, and a font
 * @property {boolean} python for the scripts of the demo crate and of the tests
 */

/**
 * The libraries that `ldd` did not find.
 * @param {string} output of ldd
 * @returns {string[]} each once, in order
 */
export function missingLibraries(output) {
  return [...new Set([...output.matchAll(/^\s*(\S+)\s+=>\s+not found/gm)].map(([, name = '']) => name))];
}

/**
 * Debian's packages for libraries.
 * @param {readonly string[]} libraries
 * @returns {{ packages: string[], unknown: string[] }} packages by their older names, each once
 */
export function packagesFor(libraries) {
  const packages = new Set();
  const unknown = [];
  for (const library of libraries) {
    const name = packageOfLibrary[library];
    if (name === undefined) unknown.push(library);
    else packages.add(name);
  }
  return { packages: [...packages], unknown };
}

/**
 * The names a package may have, the likeliest on a current system first.
 * @param {string} name its older name
 * @returns {string[]}
 */
export function packageChoices(name) {
  return renamed.has(name) ? [`${name}t64`, name] : [name];
}

/**
 * The first of a package's names that apt can install. On newer systems the old name is often still known, as one that
 * other packages provide, but cannot be installed.
 * @param {string} name its older name
 * @param {ReadonlySet<string>} installable
 * @returns {string}
 */
export function choosePackage(name, installable) {
  return packageChoices(name).find((choice) => installable.has(choice)) ?? name;
}

/**
 * Installs the system's part of what is needed on Linux: with root and apt by itself, else it says what to type.
 * @param {string} executable Electron's
 * @param {Needs} needs
 * @throws {SetupError} with the command to run, or naming what nobody could find a package for
 */
export async function ensureSystemLibraries(executable, needs) {
  if (process.platform !== 'linux') return;
  const { packages, unknown } = await lookForMissing(executable, needs);
  if (unknown.length > 0) {
    throw new SetupError(
      `Electron needs ${unknown.join(', ')}, which this system does not have; install them.`,
    );
  }
  if (packages.length === 0) return;
  if (which('apt-get') === undefined) {
    throw new SetupError(
      `these are missing, by the names that Debian gives them: ${packages.join(' ')}. ` +
        "Install this system's packages for them and run the command again.",
    );
  }
  if (process.getuid?.() === 0) await installWithApt(packages);
  else {
    const names = await namesHere(packages);
    throw new SetupError(
      `system packages are missing. Run this, then the command again:\n` +
        `  sudo apt-get update && sudo apt-get install --yes --no-install-recommends ${names.join(' ')}`,
    );
  }
  const left = await lookForMissing(executable, needs);
  if (left.packages.length > 0 || left.unknown.length > 0) {
    throw new SetupError(
      `still missing after the install: ${[...left.packages, ...left.unknown].join(', ')}.`,
    );
  }
}

/**
 * @param {string} executable
 * @param {Needs} needs
 */
async function lookForMissing(executable, needs) {
  const linked = await capture('ldd', [executable], { env: { ...process.env, LC_ALL: 'C' } });
  const { packages, unknown } = packagesFor(missingLibraries(linked.output));
  if (needs.display) {
    const hasScreen = Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
    if (!hasScreen && which('Xvfb') === undefined) packages.push('xvfb');
    if (!hasFont()) packages.push('fonts-dejavu-core');
  }
  if (needs.python && which('python3') === undefined) packages.push('python3');
  return { packages, unknown };
}

/** @returns {boolean} whether any font is installed; with none Chromium draws no text, or ends */
function hasFont() {
  const folders = [
    '/usr/share/fonts',
    '/usr/local/share/fonts',
    join(process.env['HOME'] ?? '/root', '.fonts'),
  ];
  return folders.some(
    (folder) =>
      existsSync(folder) &&
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((path) =>
        /\.(ttf|otf|ttc|pfb)$/i.test(path),
      ),
  );
}

/**
 * Installs programs where that is possible; where it is not, those who need one say so themselves.
 * @param {readonly string[]} packages Debian's names
 */
export async function ensurePrograms(packages) {
  if (process.getuid?.() !== 0 || which('apt-get') === undefined) return;
  const listed = await capture('dpkg-query', [
    '--show',
    '--showformat=${Package} ${db:Status-Status}\\n',
    ...packages,
  ]);
  const missing = packages.filter((name) => !listed.stdout.includes(`${name} installed`));
  if (missing.length > 0) await installWithApt(missing);
}

/** @param {readonly string[]} packages */
async function installWithApt(packages) {
  say(`installing system packages: ${packages.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const update = await capture('apt-get', ['update', '--quiet'], { env });
  if (update.code !== 0) process.stderr.write(update.output);
  const names = await namesHere(packages);
  const args = ['install', '--yes', '--quiet', '--no-install-recommends', ...names];
  const result = await capture('apt-get', args, { env });
  if (result.code !== 0) {
    process.stderr.write(result.output);
    throw new SetupError(
      `apt-get ${args.join(' ')} failed with exit code ${result.code}; its output stands above.`,
    );
  }
}

/**
 * @param {readonly string[]} packages by their older names
 * @returns {Promise<string[]>} by the names that this system's apt knows
 */
async function namesHere(packages) {
  const choices = packages.flatMap(packageChoices);
  const shown = await capture('apt-cache', ['show', '--no-all-versions', ...choices], {
    env: { ...process.env, LC_ALL: 'C' },
  });
  const installable = new Set([...shown.stdout.matchAll(/^Package: (\S+)$/gm)].map(([, name = '']) => name));
  return packages.map((name) => choosePackage(name, installable));
}

/**
 * Why Chromium's sandbox cannot start for an ordinary user, if so.
 * @param {{ isRoot: boolean, helperIsSetuidRoot: boolean, userNamespaces: boolean }} found
 * @returns {boolean}
 */
export function isSandboxImpossible({ isRoot, helperIsSetuidRoot, userNamespaces }) {
  return !isRoot && !helperIsSetuidRoot && !userNamespaces;
}

/**
 * What to type so that the sandbox works.
 * @param {string} executable Electron's
 * @returns {string}
 */
export function sandboxAdvice(executable) {
  const helper = join(dirname(executable), 'chrome-sandbox');
  return (
    'this system allows ordinary users no user namespaces, so Chromium needs its sandbox helper. Run this, then the ' +
    `command again:\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
  );
}
