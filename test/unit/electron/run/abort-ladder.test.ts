import { expect, test } from 'vitest';
import { isFurther, nextStage, stageProgress, stageSignal } from '../../../../electron/run/abort-ladder';

test('the stages escalate and end with KILL', () => {
  expect(nextStage('interrupt')).toBe('terminate');
  expect(nextStage('terminate')).toBe('kill');
  expect(nextStage('kill')).toBeNull();
  expect((['interrupt', 'terminate', 'kill'] as const).map(stageSignal)).toEqual(['INT', 'TERM', 'KILL']);
});

test('an abort goes ahead and never back', () => {
  expect(isFurther('interrupt', null)).toBe(true);
  expect(isFurther('kill', 'interrupt')).toBe(true);
  expect(isFurther('interrupt', 'interrupt')).toBe(false);
  expect(isFurther('terminate', 'kill')).toBe(false);
});

test('the grace of a stage ends when the slot says, and after KILL nothing follows', () => {
  const grace = { interrupt: 5, terminate: 0 };
  expect(stageProgress('interrupt', 1000, grace)).toEqual({ stage: 'interrupt', sentAt: 1000, until: 6000 });
  expect(stageProgress('terminate', 1000, grace)).toEqual({ stage: 'terminate', sentAt: 1000, until: 1000 });
  expect(stageProgress('kill', 1000, grace)).toEqual({ stage: 'kill', sentAt: 1000, until: null });
});
