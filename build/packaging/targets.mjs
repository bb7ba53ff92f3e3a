/*
 * Which packages there are, and which of them a machine can build. Decided without looking at the machine, so that it
 * can be tested: what was found is given.
 */

/** @typedef {'linux' | 'win32' | 'darwin'} TargetPlatform */
/** @typedef {'x64' | 'arm64'} Architecture */
/** @typedef {{ name: string, platform: TargetPlatform, architecture: Architecture }} Target */

/**
 * What a machine has for building.
 * @typedef {object} Machine
 * @property {NodeJS.Platform} platform
 * @property {boolean} toolsReachable whether electron-builder can download its own tools
 * @property {ReadonlySet<string>} runtimes of Electron that can be had, as `linux-x64`
 * @property {ReadonlySet<string>} programs that are installed, of `programsOf`
 */

/**
 * @typedef {object} Kind
 * @property {string} name as electron-builder calls it
 * @property {TargetPlatform} platform
 * @property {readonly string[]} programs that replace electron-builder's own tools, where those cannot be downloaded
 */

/** @type {readonly Kind[]} */
const kinds = [
  { name: 'deb', platform: 'linux', programs: ['dpkg-deb'] },
  { name: 'rpm', platform: 'linux', programs: ['rpmbuild'] },
  { name: 'AppImage', platform: 'linux', programs: ['mksquashfs', 'desktop-file-validate'] },
  { name: 'tar.gz', platform: 'linux', programs: ['7za'] },
  { name: 'nsis', platform: 'win32', programs: ['makensis'] },
  { name: 'dmg', platform: 'darwin', programs: [] },
  { name: 'zip', platform: 'darwin', programs: ['7za'] },
];

/** The Debian package of each program that replaces a tool. */
export const packageOfProgram = /** @type {const} */ ({
  'dpkg-deb': 'dpkg',
  rpmbuild: 'rpm',
  mksquashfs: 'squashfs-tools',
  'desktop-file-validate': 'desktop-file-utils',
  '7za': 'p7zip-full',
  makensis: 'nsis',
});

/** The programs that a plan asks about. */
export const programsOf = Object.keys(packageOfProgram);

/** The names that `npm run dist -- NAME` takes. */
export const targetNames = kinds.map(({ name }) => name);

/** Every target for every architecture. */
const allTargets = kinds.flatMap((kind) =>
  /** @type {const} */ (['x64', 'arm64']).map((architecture) => ({ ...kind, architecture })),
);

/**
 * What is built and what is left out, each with its reason in a sentence.
 * @param {ReadonlySet<string>} wanted names of targets; empty for all
 * @param {Machine} machine
 * @returns {{ build: Target[], leftOut: (Target & { reason: string })[] }}
 */
export function planTargets(wanted, machine) {
  /** @type {Target[]} */
  const build = [];
  /** @type {(Target & { reason: string })[]} */
  const leftOut = [];
  for (const { programs, ...target } of allTargets) {
    if (wanted.size > 0 && !wanted.has(target.name)) continue;
    const reason = whyNot(target, programs, machine);
    if (reason === undefined) build.push(target);
    else leftOut.push({ ...target, reason });
  }
  return { build, leftOut };
}

/**
 * @param {Target} target
 * @param {readonly string[]} programs
 * @param {Machine} machine
 * @returns {string | undefined} why it cannot be built
 */
function whyNot({ name, platform, architecture }, programs, machine) {
  if (platform === 'darwin' && machine.platform !== 'darwin') return 'packages for macOS are built on a Mac.';
  if (platform === 'linux' && machine.platform === 'win32')
    return 'packages for Linux are not built on Windows.';
  const runtime = `${platform}-${architecture}`;
  if (!machine.runtimes.has(runtime))
    return `no Electron runtime for ${runtime} could be had on this machine.`;
  if (machine.toolsReachable) return undefined;
  if (name === 'dmg') return 'the tool that makes disk images could not be downloaded.';
  const missing = programs.filter((program) => !machine.programs.has(program));
  if (missing.length === 0) return undefined;
  const packages = missing.map(
    (program) => packageOfProgram[/** @type {keyof typeof packageOfProgram} */ (program)],
  );
  return (
    `electron-builder's own tools could not be downloaded, and what replaces them is not installed: ` +
    `${missing.join(', ')} (on Debian: apt-get install ${packages.join(' ')}).`
  );
}
