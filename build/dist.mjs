/**
 * `npm run dist [-- TARGET …]`: builds the installers that this machine can, into dist/, and says which it left out
 * and why. Exits with 1 when a target that was named cannot be built.
 */
import { mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { appImageTools } from './packaging/appimage-tools.mjs';
import { configuration, markedVersion } from './packaging/configuration.mjs';
import { lookAtMachine, ownTools } from './packaging/machine.mjs';
import { planTargets, targetNames } from './packaging/targets.mjs';
import { FeedFiles } from './packaging/feed-files.mjs';
import { buildOwnInstaller } from './packaging/windows/own-installer.mjs';
import { ensureBuilt } from './setup/app-build.mjs';
import { ensureFallback, fallbackFor } from './setup/fallback-runtime.mjs';
import { inRoot, rootFolder } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { SetupError, duration, runCommand, say } from './setup/say.mjs';

/** @typedef {import('./packaging/targets.mjs').Target} Target */

/** Packages that carry a note of their own on how they were installed; another one's must not get into them. */
const noted = new Set(['deb', 'rpm']);

/** Folders in which electron-builder leaves an application before it is packed. */
const isUnpacked = /-unpacked$|^mac(-arm64)?$/;

await runCommand(async () => {
  const wanted = new Set(process.argv.slice(2));
  for (const name of wanted) {
    if (!targetNames.includes(name))
      throw new SetupError(`there is no target ${name}; there are ${targetNames.join(', ')}.`);
  }
  const { runtime } = await prepare({ display: false, python: false });
  await ensureBuilt();
  const machine = await lookAtMachine(runtime.source);
  const { build, leftOut } = planTargets(wanted, machine);
  const output = inRoot('dist');
  await mkdir(output, { recursive: true });
  await removeOldPackages(output, build);
  if (!machine.toolsReachable) {
    Object.assign(process.env, await ownTools());
    if (build.some(({ name }) => name === 'AppImage'))
      process.env['APPIMAGE_TOOLS_PATH'] ??= await appImageTools();
  }
  const started = performance.now();
  const artefacts = [];
  const feeds = new FeedFiles(output);
  for (const pass of inPasses(build)) {
    artefacts.push(...(await buildPass(pass, runtime, machine, output)));
    await feeds.collect();
  }
  await feeds.write();
  for (const name of (await readdir(output)).filter((entry) => isUnpacked.test(entry))) {
    const { whole, own } = await unpackedSize(join(output, name));
    say(`${name}: ${megabytes(whole)}, an empty Electron and ${megabytes(own)} of the panel's own`);
  }
  for (const path of artefacts) {
    const { size } = await stat(path);
    say(`built ${basename(path)} (${megabytes(size)})`);
  }
  for (const { name, platform, architecture, reason } of leftOut)
    say(`left out ${name} (${platform} ${architecture}): ${reason}`);
  say(
    `${artefacts.length} of ${artefacts.length + leftOut.length} packages in ${duration(performance.now() - started)}, in ${output}`,
  );
  const missed = [...wanted].filter((name) => !build.some((target) => target.name === name));
  return missed.length === 0 ? 0 : 1;
});

/**
 * Targets that share an unpacked application, in the order in which they are built.
 * @param {readonly Target[]} targets
 * @returns {Target[][]}
 */
function inPasses(targets) {
  /** @type {Map<string, Target[]>} */
  const passes = new Map();
  for (const target of targets.toSorted(
    (one, other) => Number(noted.has(one.name)) - Number(noted.has(other.name)),
  )) {
    const key = `${target.platform}-${target.architecture}-${noted.has(target.name)}`;
    passes.set(key, [...(passes.get(key) ?? []), target]);
  }
  return [...passes.values()];
}

/**
 * @param {Target[]} group targets of one platform and architecture
 * @param {import('./setup/electron-runtime.mjs').Runtime} runtime
 * @param {import('./packaging/targets.mjs').Machine} machine
 * @param {string} output
 * @returns {Promise<string[]>} the packages' paths
 */
async function buildPass(group, runtime, machine, output) {
  const [first] = group;
  if (first === undefined) return [];
  const { platform, architecture } = first;
  // Only now: the packages may just have been installed.
  const { Arch, Platform, build } = await import('electron-builder');
  const { version } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'));
  const electronDist = await runtimeFolder(runtime, platform, architecture);
  const electronVersion = await versionOf(electronDist);
  const making = { version, source: runtime.source, electronVersion, electronDist, output };
  const ownNsis = platform === 'win32' && !machine.toolsReachable;
  const names = ownNsis ? ['dir'] : group.map(({ name }) => name);
  const platforms = { linux: Platform.LINUX, win32: Platform.WINDOWS, darwin: Platform.MAC };
  say(
    `packing ${names.join(', ')} for ${platform} ${architecture} with Electron ${electronVersion} (${runtime.source})`,
  );
  const made = await build({
    targets: platforms[platform].createTarget(names, Arch[architecture]),
    config: configuration(making),
    projectDir: rootFolder,
    publish: 'never',
  });
  const packages = made.filter((path) => group.some(({ name }) => path.endsWith(endingOf(name))));
  if (!ownNsis) return packages;
  const application = join(output, 'win-unpacked');
  return [await buildOwnInstaller({ application, output, version: markedVersion(version, runtime.source) })];
}

/**
 * @param {import('./setup/electron-runtime.mjs').Runtime} runtime
 * @param {Target['platform']} platform
 * @param {Target['architecture']} architecture
 * @returns {Promise<string | null>} the folder of the runtime to pack; null where electron-builder downloads it
 */
async function runtimeFolder(runtime, platform, architecture) {
  const isOwn = platform === process.platform && architecture === process.arch;
  if (runtime.source === 'official') return null;
  if (isOwn) return dirname(runtime.executable);
  const fallback = fallbackFor(platform, architecture);
  if (fallback === undefined) throw new Error(`no runtime for ${platform}-${architecture} was planned`);
  return ensureFallback(fallback);
}

/**
 * @param {string | null} electronDist
 * @returns {Promise<string>} Electron's version
 */
async function versionOf(electronDist) {
  if (electronDist !== null)
    return (await readFile(join(electronDist, 'version'), 'utf8')).trim().replace(/^v/, '');
  return JSON.parse(await readFile(inRoot('node_modules', 'electron', 'package.json'), 'utf8')).version;
}

/**
 * How large an unpacked application is, and how much of it is not Electron's.
 * @param {string} folder
 * @returns {Promise<{ whole: number, own: number }>} bytes
 */
async function unpackedSize(folder) {
  let whole = 0;
  let own = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const { size } = await stat(path);
    whole += size;
    if (/[/\\]resources[/\\]/i.test(path.slice(folder.length))) own += size;
  }
  return { whole, own };
}

/** @param {number} bytes */
function megabytes(bytes) {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/**
 * What an earlier build left of the same kinds, so that nobody takes an old package for the new one.
 * @param {string} folder
 * @param {readonly Target[]} targets
 */
async function removeOldPackages(folder, targets) {
  const isOld = (/** @type {string} */ file) =>
    file.startsWith('smurf-panel') && targets.some(({ name }) => file.endsWith(endingOf(name)));
  for (const file of await readdir(folder)) if (isOld(file)) await rm(join(folder, file));
}

/**
 * @param {string} target
 * @returns {string} how its package's name ends
 */
function endingOf(target) {
  return target === 'nsis' ? '.exe' : `.${target}`;
}
