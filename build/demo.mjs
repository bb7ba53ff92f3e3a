/**
 * `npm run demo`: the panel's main job without hands. Opens the window on the demo crate in a throw-away home folder,
 * runs a demo script, waits for its end, prints log, session data and outcome, and saves a screenshot to dist/demo.png
 * or to the path given as the argument. Exits with 0 only if the run succeeded.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { ensureBuilt } from './setup/app-build.mjs';
import { needsVirtualDisplay, withDisplay } from './setup/display.mjs';
import { inRoot, rootFolder } from './setup/paths.mjs';
import { prepare } from './setup/prepare.mjs';
import { prepareSandbox } from './setup/run-electron.mjs';
import { runCommand, say } from './setup/say.mjs';

const run = {
  publisherId: 'demo-slot2',
  script: inRoot('build', 'resources', 'demo', 'scripts', 'take_iv.py'),
  args: '',
};

await runCommand(async () => {
  const screenshotPath = resolve(process.argv[2] ?? inRoot('dist', 'demo.png'));
  const { runtime, environment } = await prepare({ display: true, python: true });
  await ensureBuilt();
  const home = await mkdtemp(join(tmpdir(), 'smurf-panel-demo-'));
  try {
    return await withDisplay((env) => demonstrate(runtime, env, home, screenshotPath), environment);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
});

/**
 * @param {import('./setup/electron-runtime.mjs').Runtime} runtime
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} home
 * @param {string} screenshotPath
 * @returns {Promise<number>} the exit code
 */
async function demonstrate(runtime, environment, home, screenshotPath) {
  // Only now: the packages may just have been installed.
  const { _electron } = await import('@playwright/test');
  const { readLog, runScript } = await import('./demo/drive.mjs');
  // On a virtual display the GPU's process gives empty screenshots.
  const args = needsVirtualDisplay(process.platform, process.env)
    ? [rootFolder, '--disable-gpu']
    : [rootFolder];
  const panel = await _electron.launch({
    executablePath: runtime.executable,
    args: prepareSandbox(runtime, args),
    cwd: rootFolder,
    env: { ...definedOnly(environment), SMURF_PANEL_HOME: home },
  });
  try {
    const page = await panel.firstWindow();
    say(`running ${run.script} on ${run.publisherId}`);
    const { outcome, session } = await runScript(page, run);
    await mkdir(dirname(screenshotPath), { recursive: true });
    await page.screenshot({ path: screenshotPath });
    print('Log', await readLog(home));
    print('Session data', session);
    print('Outcome', outcome);
    print('Screenshot', screenshotPath);
    return outcome === 'succeeded' ? 0 : 1;
  } finally {
    await panel.close();
  }
}

/**
 * @param {string} title
 * @param {string} text
 */
function print(title, text) {
  process.stdout.write(`== ${title}\n${text.trimEnd()}\n`);
}

/**
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Record<string, string>}
 */
function definedOnly(environment) {
  return Object.fromEntries(
    Object.entries(environment).filter(
      /** @returns {entry is [string, string]} */ (entry) => entry[1] !== undefined,
    ),
  );
}
