import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';
import { rootFolder } from './paths.mjs';

/**
 * @typedef {object} Captured
 * @property {number} code exit code; 127 when the program could not be started, 124 when it ran out of time
 * @property {string} stdout
 * @property {string} output both streams, in the order they came
 */

/**
 * Runs a program to its end and keeps what it printed. Never throws for a failing program: look at `code`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeLimit?: number }} [options] `timeLimit` in milliseconds
 * @returns {Promise<Captured>}
 */
export function capture(command, args, { cwd = rootFolder, env = process.env, timeLimit } = {}) {
  return new Promise((settle) => {
    let stdout = '';
    let output = '';
    let ranOut = false;
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const timer =
      timeLimit === undefined
        ? undefined
        : setTimeout(() => {
            ranOut = true;
            child.kill('SIGKILL');
          }, timeLimit);
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => {
      clearTimeout(timer);
      settle({ code: 127, stdout, output: `${output}${error.message}\n` });
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      settle({ code: ranOut ? 124 : exitCode(code, signal), stdout, output });
    });
  });
}

/**
 * Runs a program in the foreground: it has our terminal, gets our signals, and is waited for.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<number>} its exit code, 128 + n when signal n ended it
 */
export function foreground(command, args, { cwd = rootFolder, env = process.env } = {}) {
  return new Promise((settle, fail) => {
    const child = spawn(command, args, { cwd, env, stdio: 'inherit' });
    // The terminal sends Ctrl-C to the whole group, so the child has had it already; to end here before it does would
    // give the prompt back too early. SIGTERM and SIGHUP come to this process alone and are passed on.
    const stay = () => {};
    const interrupted = process.stdin.isTTY ? stay : () => child.kill('SIGINT');
    const terminated = () => child.kill('SIGTERM');
    process.on('SIGINT', interrupted).on('SIGTERM', terminated).on('SIGHUP', terminated);
    const release = () => {
      process.off('SIGINT', interrupted).off('SIGTERM', terminated).off('SIGHUP', terminated);
    };
    child.on('error', (error) => {
      release();
      fail(error);
    });
    child.on('close', (code, signal) => {
      release();
      settle(exitCode(code, signal));
    });
  });
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 * @returns {number}
 */
function exitCode(code, signal) {
  if (code !== null) return code;
  return 128 + (signal === null ? 0 : constants.signals[signal]);
}

/**
 * Where npm is, as a program and its first arguments. npm's own script is run with this Node: on Windows `npm` is a
 * batch file, which cannot be started without a shell.
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {{ command: string, args: string[] }}
 */
export function npmCommand(environment = process.env) {
  const beside = dirname(process.execPath);
  const candidates = [
    environment['npm_execpath'],
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    resolve(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  // yarn and pnpm set npm_execpath as well, to themselves.
  const script = candidates.find((path) => path?.endsWith('npm-cli.js') === true && existsSync(path));
  return script === undefined ? { command: 'npm', args: [] } : { command: process.execPath, args: [script] };
}

/**
 * Finds a program on the PATH.
 * @param {string} name
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {string | undefined} its absolute path
 */
export function which(name, environment = process.env) {
  const endings = process.platform === 'win32' ? ['.exe', '.cmd', '.bat'] : [''];
  for (const folder of (environment['PATH'] ?? '').split(delimiter)) {
    if (folder === '') continue;
    for (const ending of endings) {
      const path = join(folder, name + ending);
      if (existsSync(path)) return path;
    }
  }
  return undefined;
}
