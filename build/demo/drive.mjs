import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';

/** The words that "Run state" ends with. */
const outcomes = /\b(succeeded|failed|aborted|lost)\b/;

/** Time for the window to come up, and for the script to end, in milliseconds. */
const limits = { control: 30_000, run: 5 * 60_000 };

/**
 * What an operator does to run a script, done through the window by the names that a screen reader says.
 * @param {import('@playwright/test').Page} page the panel's window
 * @param {{ publisherId: string, script: string, args: string }} run
 * @returns {Promise<{ outcome: string, session: string }>} the word of the outcome, and the session data as shown
 */
export async function runScript(page, { publisherId, script, args }) {
  page.setDefaultTimeout(limits.control);
  const crates = page.getByRole('navigation', { name: 'Crates' });
  await crates.getByRole('button', { name: publisherId, exact: true }).click();
  await showTab(page, 'Run');
  await page.getByRole('textbox', { name: 'Script', exact: true }).fill(script);
  // Leaving the box closes its list, which would lie over what is below.
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: 'Arguments' }).fill(args);
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await showTab(page, 'Log');

  const state = page.getByRole('status', { name: 'Run state' });
  await state.filter({ hasText: outcomes }).waitFor({ timeout: limits.run });
  const outcome = outcomes.exec(await state.innerText())?.[1] ?? '';
  await showTab(page, 'Session');
  const session = await page.getByRole('region', { name: 'Session data' }).innerText();
  await showTab(page, 'Log');
  await page.getByRole('region', { name: 'Log', exact: true }).waitFor();
  return { outcome, session };
}

/**
 * Brings a tab to the front. A wide window shows the session beside the tabs and has none for it.
 * @param {import('@playwright/test').Page} page
 * @param {string} name
 */
async function showTab(page, name) {
  const tab = page.getByRole('tab', { name, exact: true });
  if ((await tab.count()) > 0) await tab.first().click();
}

/**
 * The log of the one run in a home folder, as it stands on disk.
 * @param {string} home
 * @returns {Promise<string>}
 */
export async function readLog(home) {
  const runs = (await readdir(join(home, 'runs'))).toSorted();
  const last = runs.at(-1);
  if (last === undefined) throw new Error(`No run was recorded in ${join(home, 'runs')}.`);
  return readFile(join(home, 'runs', last, 'output.log'), 'utf8');
}
