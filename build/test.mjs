/**
 * `npm test`: sets up what is missing, then lints, type-checks, runs unit and end-to-end tests, and builds and tests the
 * packages. `unit`, `e2e` or `package` as the first argument runs only that part; arguments after it go to vitest or
 * Playwright. When everything runs, a failed test is repeated once: of thousands on a busy machine, one that failed for
 * want of time should not hide what the others say. Each repeated one is named. The last line is the sum of all tests,
 * for people and for CI; the exit code is 1 if anything failed.
 */
import { build, ensureBuilt } from './setup/app-build.mjs';
import { lint, typecheck } from './setup/checks.mjs';
import { prepare } from './setup/prepare.mjs';
import { SetupError, duration, runCommand, say } from './setup/say.mjs';
import { closingLine, noTests, sum } from './test/counts.mjs';
import { endToEndTests, packageTests, unitTests } from './test/runners.mjs';

const parts = /** @type {const} */ (['unit', 'e2e', 'package']);

await runCommand(async () => {
  const [first, ...rest] = process.argv.slice(2);
  const part = parts.find((name) => name === first);
  if (first !== undefined && part === undefined) {
    throw new SetupError(`${first} is no part of the tests. Say ${parts.join(', ')}, or nothing for all.`);
  }
  const args = rest[0] === '--' ? rest.slice(1) : rest;
  const isWhole = part === undefined;
  const { runtime, environment } = await phase('set-up', () =>
    prepare({ display: part !== 'unit', python: true }),
  );

  let counts = noTests;
  /** @type {string[]} */
  const failed = [];
  const check = async (/** @type {string} */ name, /** @type {() => Promise<number>} */ run) => {
    if ((await phase(name, run)) !== 0) failed.push(name);
  };
  const tests = async (
    /** @type {string} */ name,
    /** @type {() => Promise<import('./test/counts.mjs').Counts>} */ run,
  ) => {
    const found = await phase(name, run);
    say(`${name}: ${closingLine(found)}`);
    counts = sum(counts, found);
    if (found.failed > 0) failed.push(name);
  };

  if (isWhole) {
    await check('lint', lint);
    await check('typecheck', typecheck);
  }
  if (isWhole || part === 'unit')
    await tests('unit tests', () => unitTests(runtime, environment, isWhole ? ['--retry=1'] : args));
  if (part !== 'unit') {
    const isBuilt = await phase('build', () => succeeds(isWhole ? build : ensureBuilt));
    const ifBuilt = (/** @type {typeof endToEndTests} */ run) => () =>
      isBuilt
        ? run(environment, isWhole ? ['--retries=1'] : args)
        : Promise.resolve({ ...noTests, failed: 1 });
    if (part !== 'package') await tests('end-to-end tests', ifBuilt(endToEndTests));
    if (part !== 'e2e') await tests('packages', ifBuilt(packageTests));
  }

  for (const test of counts.repeated) say(`passed only when repeated: ${test}`);
  if (failed.length > 0) say(`failed: ${failed.join(', ')}`);
  process.stdout.write(`${closingLine(counts)}\n`);
  return failed.length === 0 ? 0 : 1;
});

/**
 * Names a phase, and its duration at its end.
 * @template Result
 * @param {string} name
 * @param {() => Promise<Result>} run
 * @returns {Promise<Result>}
 */
async function phase(name, run) {
  say(`== ${name}`);
  const started = performance.now();
  try {
    return await run();
  } finally {
    say(`== ${name} took ${duration(performance.now() - started)}`);
  }
}

/**
 * @param {() => Promise<void>} run
 * @returns {Promise<boolean>} false, and its sentence on stderr, where it threw a SetupError
 */
async function succeeds(run) {
  try {
    await run();
    return true;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(error.message);
    return false;
  }
}
