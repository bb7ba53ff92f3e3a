import { describe, expect, it } from 'vitest';
import { compareSessions } from '../../../../renderer/history/compare-session';
import { comparedFacts, comparisonText, differenceText } from '../../../../renderer/history/compare-text';
import { sampleRun, start } from '../support/samples';

const over = { phase: 'done', outcome: { kind: 'exited', code: 0 } } as const;
const before = sampleRun({ ...over, endedAt: start + 61_000 });
const after = sampleRun({ args: ['--bands', '1'] }, 5);

describe('a comparison in words', () => {
  it('says how values differ', () => {
    const values = compareSessions(
      { a: 3, b: [1, 2], c: 'x', gone: 1, n: Number.NaN },
      { a: 1.5, b: [1, 4, 7], c: 'y', come: 1, n: 1 },
      0,
    );
    expect(values.map(differenceText)).toEqual([
      '-1.5 (-50 %)',
      '2 and 3 values; 2 of 3 differ, at most by 2 at [1]',
      '',
      'only in the first',
      '',
      'only in the second',
    ]);
  });

  it('sets facts beside each other, and does not give an active run a duration', () => {
    const facts = comparedFacts(before, after);
    expect(facts.find(({ name }) => name === 'Duration')).toEqual({
      name: 'Duration',
      before: '1:01',
      after: 'still running',
    });
    expect(facts.find(({ name }) => name === 'Arguments')).toMatchObject({
      before: '--bands 0',
      after: '--bands 1',
    });
  });

  it('is text that can be pasted', () => {
    const text = comparisonText(
      before,
      after,
      compareSessions({ a: 1, n: Number.NaN }, { a: 2, n: Number.NaN, z: [] }, 0),
    );
    expect(text).toContain(`First:  ${before.id}, take_iv.py on crate1slot3, 2026-11-23 02:00:00 UTC`);
    expect(text).toContain('* Arguments: --bands 0 -> --bands 1');
    expect(text).toContain('* a: 1 -> 2  [+1 (+100 %)]\n  n: NaN\n+ z: []\n');
    expect(comparisonText(before, after, [])).toContain('(nothing to show)');
  });
});
