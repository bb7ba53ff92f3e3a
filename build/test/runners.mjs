import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageOfProgram } from '../packaging/targets.mjs';
import { withDisplay } from '../setup/display.mjs';
import { readIfThere } from '../setup/packages.mjs';
import { inRoot } from '../setup/paths.mjs';
import { foreground } from '../setup/processes.mjs';
import { say } from '../setup/say.mjs';
import { ensurePrograms } from '../setup/system-libraries.mjs';
import { judged, noTests, playwrightCounts, vitestCounts } from './counts.mjs';

/**
 * Unit tests, on the Node that ships: Electron's own.
 * @param {import('../setup/electron-runtime.mjs').Runtime} runtime
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} args for vitest
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export function unitTests(runtime, environment, args) {
  return withReport(vitestCounts, (reportPath) =>
    foreground(
      runtime.executable,
      [
        inRoot('node_modules', 'vitest', 'vitest.mjs'),
        'run',
        '--reporter=default',
        '--reporter=json',
        `--outputFile.json=${reportPath}`,
        ...args,
      ],
      { env: { ...environment, ELECTRON_RUN_AS_NODE: '1' } },
    ),
  );
}

/**
 * End-to-end tests: Playwright on the real Electron.
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} args for Playwright
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export function endToEndTests(environment, args) {
  return playwrightTests(inRoot('test', 'e2e', 'playwright.config.ts'), environment, args);
}

/**
 * @param {string} config
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} args for Playwright
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
async function playwrightTests(config, environment, args) {
  if (!existsSync(config)) {
    say(`there is no ${config}, so no end-to-end test can run`);
    return judged(1, noTests);
  }
  const playwright = inRoot('node_modules', '@playwright', 'test', 'cli.js');
  const command = [playwright, 'test', '--config', config, '--reporter=list,json', ...args];
  return withDisplay(
    (shown) =>
      withReport(playwrightCounts, (reportPath) =>
        foreground(process.execPath, command, { env: { ...shown, PLAYWRIGHT_JSON_OUTPUT_FILE: reportPath } }),
      ),
    environment,
  );
}

/**
 * Builds the packages that this machine can, and tests them as an operator gets them.
 * @param {NodeJS.ProcessEnv} environment
 * @param {readonly string[]} args for Playwright
 * @returns {Promise<import('./counts.mjs').Counts>}
 */
export async function packageTests(environment, args) {
  if (process.platform !== 'linux') {
    say('packages are tested on Linux only; they are not tested here');
    return noTests;
  }
  await ensurePrograms(Object.values(packageOfProgram));
  // Quick and large: what is tested is what is in them.
  const quick = { ...environment, SMURF_PANEL_COMPRESSION: '1', ELECTRON_BUILDER_COMPRESSION_LEVEL: '1' };
  const built = await foreground(process.execPath, [inRoot('build', 'dist.mjs')], { env: quick });
  if (built !== 0) return { ...noTests, failed: 1 };
  return playwrightTests(inRoot('test', 'package', 'playwright.config.ts'), environment, args);
}

/**
 * Runs a test runner that leaves a JSON report, and counts by it.
 * @param {(text: string) => import('./counts.mjs').Counts} read
 * @param {(reportPath: string) => Promise<number>} run gives the runner's exit code
 */
async function withReport(read, run) {
  const folder = await mkdtemp(join(tmpdir(), 'smurf-panel-report-'));
  try {
    const reportPath = join(folder, 'report.json');
    const code = await run(reportPath);
    const text = await readIfThere(reportPath);
    return judged(code, text === undefined ? undefined : read(text));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
