import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './say.mjs';

const lookAgainMs = 500;

/**
 * Does something that two commands must not do at the same time, such as installing packages. Waits while another
 * process holds the lock; a lock whose process is gone is taken over.
 * @template Result
 * @param {string} lockPath a file that exists while the lock is held, with the holder's process id
 * @param {string} doing for the line that says what is waited for
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function exclusively(lockPath, doing, work) {
  await mkdir(dirname(lockPath), { recursive: true });
  let waits = false;
  while (!(await take(lockPath))) {
    if (!waits) say(`another command is ${doing}; waiting for it`);
    waits = true;
    await pause(lookAgainMs);
  }
  try {
    return await work();
  } finally {
    await rm(lockPath, { force: true });
  }
}

/**
 * @param {string} lockPath
 * @returns {Promise<boolean>} whether the lock is ours now
 */
async function take(lockPath) {
  try {
    const file = await open(lockPath, 'wx');
    await file.writeFile(String(process.pid));
    await file.close();
    return true;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  const holder = Number(await readFile(lockPath, 'utf8').catch(() => ''));
  // An empty file is a lock that is being written.
  if (holder !== 0 && !isAlive(holder)) await rm(lockPath, { force: true });
  return false;
}

/**
 * @param {number} pid
 * @returns {boolean}
 */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
