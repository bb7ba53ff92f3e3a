/**
 * Counts of tests. `repeated` names those that passed only when repeated, each with what its first try failed of: they
 * count as passed, and want to be looked at.
 * @typedef {{ passed: number, failed: number, skipped: number, repeated: readonly string[] }} Counts
 */

/** @type {Readonly<Counts>} */
export const noTests = { passed: 0, failed: 0, skipped: 0, repeated: [] };

/**
 * The counts in vitest's JSON report.
 * @param {string} text
 * @returns {Counts}
 */
export function vitestCounts(text) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(text);
  const repeated = testResults.flatMap((/** @type {any} */ file) =>
    file.assertionResults
      .filter((/** @type {any} */ test) => test.status === 'passed' && test.failureMessages.length > 0)
      .map((/** @type {any} */ test) => named(test.fullName, test.failureMessages[0])),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests,
    skipped: numPendingTests + numTodoTests,
    repeated,
  };
}

/**
 * The counts in Playwright's JSON report.
 * @param {string} text
 * @returns {Counts}
 */
export function playwrightCounts(text) {
  const { stats, suites } = JSON.parse(text);
  const { expected, unexpected, flaky, skipped } = stats;
  return { passed: expected + flaky, failed: unexpected, skipped, repeated: suites.flatMap(repeatedIn) };
}

/**
 * @param {any} suite of Playwright's report, which nests
 * @returns {string[]}
 */
function repeatedIn(suite) {
  const here = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests
      .filter((/** @type {any} */ test) => test.status === 'flaky')
      .map((/** @type {any} */ test) => named(spec.title, test.results[0]?.error?.message ?? '')),
  );
  return [...here, ...(suite.suites ?? []).flatMap(repeatedIn)];
}

/**
 * @param {string} name
 * @param {string} failure of which the first line is told
 */
function named(name, failure) {
  return `${name}: ${failure.split('\n', 1)[0]}`;
}

/**
 * What a test runner's end counts for. One that failed without naming a failed test (it could not load a file, it
 * died) or that found no tests at all counts as one failed test, so that no sum looks better than it is.
 * @param {number} code the runner's exit code
 * @param {Counts | undefined} counts undefined where it left no report
 * @returns {Counts}
 */
export function judged(code, counts = noTests) {
  const foundNone = counts.passed + counts.failed === 0;
  const failedUnnamed = code !== 0 && counts.failed === 0;
  return foundNone || failedUnnamed ? { ...counts, failed: counts.failed + 1 } : counts;
}

/**
 * @param {Counts} one
 * @param {Counts} other
 * @returns {Counts}
 */
export function sum(one, other) {
  return {
    passed: one.passed + other.passed,
    failed: one.failed + other.failed,
    skipped: one.skipped + other.skipped,
    repeated: [...one.repeated, ...other.repeated],
  };
}

/**
 * The line that CI reads.
 * @param {Counts} counts
 * @returns {string}
 */
export function closingLine({ passed, failed, skipped, repeated }) {
  const rest = [
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(repeated.length > 0 ? [`${repeated.length} repeated`] : []),
  ];
  return [`${passed} passed`, `${failed} failed`, ...rest].join(', ');
}
