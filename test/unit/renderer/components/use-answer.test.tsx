import { act, renderHook } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { useAnswer } from '../../../../renderer/components/use-answer';
import { failure, success, type Result } from '../../../../shared/result';

/** A view that asks for a row's text, and whose questions are answered by hand, oldest first. */
function asking(key: string, version: number) {
  const waiting: ((reply: Result<string>) => void)[] = [];
  const ask = (): Promise<Result<string>> => new Promise((resolve) => waiting.push(resolve));
  const { result, rerender } = renderHook((row) => useAnswer(row.key, ask, row.version), {
    initialProps: { key, version },
  });
  return {
    result,
    rerender,
    answer: (reply: Result<string>) => act(async () => waiting.shift()?.(reply)),
  };
}

describe('an answer', () => {
  it('stays until that for another version of its key has come', async () => {
    const { result, rerender, answer } = asking('A', 1);
    expect(result.current).toEqual({ state: 'waiting' });
    await answer(success('first'));
    rerender({ key: 'A', version: 2 });
    expect(result.current).toEqual({ state: 'answered', value: 'first' });
    await answer(failure('gone', 'It is gone.'));
    expect(result.current).toEqual({ state: 'failed', message: 'It is gone.' });
  });

  it('goes at once with its key, and one that comes too late is not shown', async () => {
    const { result, rerender, answer } = asking('A', 1);
    await answer(success('of A'));
    rerender({ key: 'B', version: 1 });
    expect(result.current).toEqual({ state: 'waiting' });
    rerender({ key: 'C', version: 1 });
    await answer(success('of B'));
    expect(result.current).toEqual({ state: 'waiting' });
    await answer(success('of C'));
    expect(result.current).toEqual({ state: 'answered', value: 'of C' });
  });
});
