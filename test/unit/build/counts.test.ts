import { describe, expect, it } from 'vitest';
import { closingLine, judged, playwrightCounts, sum, vitestCounts } from '../../../build/test/counts.mjs';

describe('judged', () => {
  const good = { passed: 3, failed: 0, skipped: 1, repeated: [] };

  it('keeps the counts of a good run', () => {
    expect(judged(0, good)).toEqual(good);
  });

  it('keeps the counts of a run with failed tests', () => {
    expect(judged(1, { passed: 3, failed: 2, skipped: 0, repeated: [] })).toEqual({
      passed: 3,
      failed: 2,
      skipped: 0,
      repeated: [],
    });
  });

  it('counts a failure that names no test', () => {
    expect(judged(1, good)).toEqual({ passed: 3, failed: 1, skipped: 1, repeated: [] });
  });

  it('counts a run that found no test as failed', () => {
    expect(judged(0, { passed: 0, failed: 0, skipped: 2, repeated: [] })).toEqual({
      passed: 0,
      failed: 1,
      skipped: 2,
      repeated: [],
    });
  });

  it('counts a run without a report as failed', () => {
    expect(judged(0, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0, repeated: [] });
  });
});

describe('reports', () => {
  it("reads vitest's", () => {
    const text = JSON.stringify({
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
      testResults: [
        {
          assertionResults: [
            { status: 'passed', fullName: 'at once', failureMessages: [] },
            { status: 'passed', fullName: 'a slow one', failureMessages: ['Error: too late\n    at once'] },
            { status: 'failed', fullName: 'a bad one', failureMessages: ['Error', 'Error'] },
          ],
        },
      ],
    });
    expect(vitestCounts(text)).toEqual({
      passed: 5,
      failed: 1,
      skipped: 3,
      repeated: ['a slow one: Error: too late'],
    });
  });

  it("reads Playwright's", () => {
    const spec = (title: string, status: string, message: string): unknown => ({
      title,
      tests: [{ status, results: [{ error: { message } }, {}] }],
    });
    const text = JSON.stringify({
      stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2, duration: 9 },
      suites: [
        {
          specs: [spec('a bad one', 'unexpected', 'no')],
          suites: [{ specs: [spec('a slow one', 'flaky', 'Error: too late\n\nCall log')] }],
        },
      ],
    });
    expect(playwrightCounts(text)).toEqual({
      passed: 5,
      failed: 1,
      skipped: 2,
      repeated: ['a slow one: Error: too late'],
    });
  });
});

describe('closingLine', () => {
  it('adds up, and leaves out skipped where there are none', () => {
    const counts = sum(
      { passed: 2, failed: 0, skipped: 0, repeated: [] },
      { passed: 3, failed: 1, skipped: 0, repeated: [] },
    );
    expect(closingLine(counts)).toBe('5 passed, 1 failed');
    expect(closingLine({ ...counts, skipped: 4 })).toBe('5 passed, 1 failed, 4 skipped');
    const repeated = { ...counts, repeated: ['a slow one: too late'] };
    expect(closingLine(sum(repeated, repeated))).toBe('10 passed, 2 failed, 2 repeated');
  });
});
