import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SetupError, say } from './say.mjs';

/**
 * Whether programs with a window need a virtual display here.
 * @param {string} platform
 * @param {NodeJS.ProcessEnv} environment
 * @returns {boolean}
 */
export function needsVirtualDisplay(platform, environment) {
  return platform === 'linux' && !environment['DISPLAY'] && !environment['WAYLAND_DISPLAY'];
}

/**
 * Does something with a display: the one that is there, else an Xvfb that lives as long as the work does.
 *
 * Xvfb is started here and not by `xvfb-run`: that script looks for a free number first and takes it later, so two at
 * once collide, and a signal to it leaves its children behind.
 * @template Result
 * @param {(environment: NodeJS.ProcessEnv) => Promise<Result>} work gets the variables that name the display
 * @param {NodeJS.ProcessEnv} [environment]
 * @returns {Promise<Result>}
 */
export async function withDisplay(work, environment = process.env) {
  if (!needsVirtualDisplay(process.platform, environment)) return work(environment);
  const display = await startXvfb();
  say(`there is no display: using Xvfb (display ${display.name}, 1920 by 1080); its window is not seen`);
  try {
    return await work({ ...environment, DISPLAY: display.name, XAUTHORITY: display.authorityPath });
  } finally {
    await display.close();
  }
}

/**
 * The file that lets its reader onto a display: one cookie, for any host and any display number.
 * @param {Buffer} cookie 16 bytes
 * @returns {Buffer} in the format of Xau (X.Org, libXau): family, then four counted strings
 */
export function authorityFile(cookie) {
  const counted = (/** @type {Buffer} */ bytes) => {
    const count = Buffer.alloc(2);
    count.writeUInt16BE(bytes.length);
    return Buffer.concat([count, bytes]);
  };
  const anyFamily = Buffer.from([0xff, 0xff]);
  const none = Buffer.alloc(0);
  return Buffer.concat([
    anyFamily,
    counted(none),
    counted(none),
    counted(Buffer.from('MIT-MAGIC-COOKIE-1')),
    counted(cookie),
  ]);
}

/** @returns {Promise<{ name: string, authorityPath: string, close: () => Promise<void> }>} */
async function startXvfb() {
  const folder = await mkdtemp(join(tmpdir(), 'smurf-panel-display-'));
  const authorityPath = join(folder, 'authority');
  await writeFile(authorityPath, authorityFile(randomBytes(16)), { mode: 0o600 });
  // Xvfb takes a free number itself and writes it to the descriptor. Without `-noreset` it begins anew when its last
  // window is gone, and refuses whoever comes meanwhile. Its own process group: Ctrl-C in the terminal must reach
  // Electron, not the display below it.
  const server = spawn(
    'Xvfb',
    [
      '-displayfd',
      '3',
      '-screen',
      '0',
      '1920x1080x24',
      '-nolisten',
      'tcp',
      '-noreset',
      '-auth',
      authorityPath,
    ],
    { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true },
  );
  const ended = new Promise((settle) => {
    server.once('error', settle);
    server.once('close', settle);
  });
  const killWithUs = () => server.kill('SIGTERM');
  process.once('exit', killWithUs);
  const close = async () => {
    process.off('exit', killWithUs);
    server.kill('SIGTERM');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    return { name: `:${await displayNumber(server)}`, authorityPath, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * @param {import('node:child_process').ChildProcess} server
 * @returns {Promise<string>}
 */
function displayNumber(server) {
  return new Promise((settle, fail) => {
    let number = '';
    let complaint = '';
    server.stderr?.setEncoding('utf8').on('data', (text) => {
      complaint = (complaint + text).slice(-2000);
    });
    const answer = /** @type {import('node:stream').Readable} */ (server.stdio[3]);
    answer.setEncoding('utf8').on('data', (text) => {
      number += text;
      if (number.includes('\n')) settle(number.trim());
    });
    server.once('error', (error) => fail(new SetupError(`Xvfb could not be started: ${error.message}`)));
    server.once('exit', (code) =>
      fail(new SetupError(`Xvfb ended with exit code ${code}: ${complaint.trim()}`)),
    );
  });
}
