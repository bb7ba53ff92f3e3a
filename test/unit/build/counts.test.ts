import { describe, expect, it } from 'vitest';
import { closingLine, judged, playwrightCounts, sum, vitestCounts } from '../../../build/test/counts.mjs';

describe('judged', () => {
  const good = { passed: 3, failed: 0, skipped: 1 };

  it('keeps the counts of a good run', () => {
    expect(judged(0, good)).toEqual(good);
  });

  it('keeps the counts of a run with failed tests', () => {
    expect(judged(1, { passed: 3, failed: 2, skipped: 0 })).toEqual({ passed: 3, failed: 2, skipped: 0 });
  });

  it('counts a failure that names no test', () => {
    expect(judged(1, good)).toEqual({ passed: 3, failed: 1, skipped: 1 });
  });

  it('counts a run that found no test as failed', () => {
    expect(judged(0, { passed: 0, failed: 0, skipped: 2 })).toEqual({ passed: 0, failed: 1, skipped: 2 });
  });

  it('counts a run without a report as failed', () => {
    expect(judged(0, undefined)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe('reports', () => {
  it("reads vitest's", () => {
    const text = JSON.stringify({
      numPassedTests: 5,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 1,
    });
    expect(vitestCounts(text)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it("reads Playwright's", () => {
    const text = JSON.stringify({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2, duration: 9 } });
    expect(playwrightCounts(text)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });
});

describe('closingLine', () => {
  it('adds up, and leaves out skipped where there are none', () => {
    const counts = sum({ passed: 2, failed: 0, skipped: 0 }, { passed: 3, failed: 1, skipped: 0 });
    expect(closingLine(counts)).toBe('5 passed, 1 failed');
    expect(closingLine({ ...counts, skipped: 4 })).toBe('5 passed, 1 failed, 4 skipped');
  });
});
