import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { withDisplay } from './display.mjs';
import { foreground } from './processes.mjs';
import { SetupError, say } from './say.mjs';
import { ensureSystemLibraries, isSandboxImpossible, sandboxAdvice } from './system-libraries.mjs';

/**
 * Electron's arguments with what the user it runs as asks for, at the end: the application's path stays the first.
 * @param {readonly string[]} args
 * @param {{ isRoot: boolean }} who
 * @returns {string[]}
 */
export function electronArguments(args, { isRoot }) {
  return isRoot && !args.includes('--no-sandbox') ? [...args, '--no-sandbox'] : [...args];
}

/**
 * Runs Electron in the foreground, on a virtual display where there is none.
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<number>} its exit code
 */
export async function runElectron(runtime, args, environment) {
  // As plain Node it opens no window and has no sandbox.
  if (environment['ELECTRON_RUN_AS_NODE']) {
    await ensureSystemLibraries(runtime.executable, { display: false, python: false });
    return foreground(runtime.executable, args, { env: environment });
  }
  await ensureSystemLibraries(runtime.executable, { display: true, python: true });
  const withSwitches = prepareSandbox(runtime, args);
  return withDisplay((env) => foreground(runtime.executable, withSwitches, { env }), environment);
}

/**
 * Checks that Chromium's sandbox can start. It never can for root, who gets `--no-sandbox` and is told.
 * @param {import('./electron-runtime.mjs').Runtime} runtime
 * @param {readonly string[]} args
 * @returns {string[]} the arguments to start Electron with
 * @throws {SetupError} with the command that makes the sandbox work
 */
export function prepareSandbox(runtime, args) {
  if (process.platform !== 'linux') return [...args];
  const isRoot = process.getuid?.() === 0;
  if (args.includes('--no-sandbox')) return [...args];
  if (isRoot) say('running as root: Chromium starts without its sandbox (--no-sandbox)');
  const found = { isRoot, helperIsSetuidRoot: isSetuidRoot(runtime), userNamespaces: hasUserNamespaces() };
  if (isSandboxImpossible(found)) throw new SetupError(sandboxAdvice(runtime.executable));
  return electronArguments(args, { isRoot });
}

/** @param {import('./electron-runtime.mjs').Runtime} runtime */
function isSetuidRoot(runtime) {
  const helper = join(dirname(runtime.executable), 'chrome-sandbox');
  if (!existsSync(helper)) return false;
  const { mode, uid } = statSync(helper);
  return uid === 0 && (mode & 0o4001) === 0o4001;
}

/**
 * Whether an ordinary user may make user namespaces. Tried, not read: beside Debian's and the kernel's switches a
 * container or a chroot may forbid it. Ubuntu's switch lets one be made, but useless.
 * @returns {boolean}
 */
function hasUserNamespaces() {
  const restriction = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns';
  if (existsSync(restriction) && readFileSync(restriction, 'utf8').trim() === '1') return false;
  const attempt = spawnSync('unshare', ['--user', '--map-root-user', 'true'], { stdio: 'ignore' });
  // Without unshare nothing is known, and Chromium's own message has to do.
  return attempt.error !== undefined || attempt.status === 0;
}
