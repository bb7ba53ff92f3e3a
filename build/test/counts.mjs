/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Readonly<Counts>} */
export const noTests = { passed: 0, failed: 0, skipped: 0 };

/**
 * The counts in vitest's JSON report.
 * @param {string} text
 * @returns {Counts}
 */
export function vitestCounts(text) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(text);
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests };
}

/**
 * The counts in Playwright's JSON report. A test that passed only when repeated has passed; its own line in the list
 * tells that it is flaky.
 * @param {string} text
 * @returns {Counts}
 */
export function playwrightCounts(text) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(text).stats;
  return { passed: expected + flaky, failed: unexpected, skipped };
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
  };
}

/**
 * The line that CI reads.
 * @param {Counts} counts
 * @returns {string}
 */
export function closingLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
