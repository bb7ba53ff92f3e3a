// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { LogFinder, type FindCalls } from '../../../../renderer/log/log-finder';
import {
  wholeLog,
  type LogFindStatus,
  type LogLook,
  type LogMarks,
  type LogMatch,
} from '../../../../shared/domain/log-find';
import { failure, success, type Result } from '../../../../shared/result';
import { eventually } from '../../../fixtures/eventually';

const query = (text: string) => ({ text, regex: false, matchCase: false });

/** Main's end: a log in which the query is found `matches` times, gone through in so many answers. */
class Found implements FindCalls {
  looks: LogLook[] = [];
  marked: number[] = [];
  matches = 3;
  answersLeft = 0;
  fault: string | null = null;

  async find(look: LogLook): Promise<Result<LogFindStatus>> {
    this.looks.push(look);
    if (this.fault !== null) return failure('log-unreadable', this.fault);
    const complete = this.answersLeft === 0;
    if (!complete) this.answersLeft -= 1;
    const matches = complete ? this.matches : 0;
    return success({
      id: this.looks.length,
      rows: null,
      progress: complete ? 1 : 0.5,
      complete,
      matchingLines: matches,
      matches,
      fault: null,
      note: null,
    });
  }

  async step({ line, inLine, forward }: { line: number; inLine: number | null; forward: boolean }) {
    // Matches stand at the lines 0, 10, 20.
    const before = inLine === -1 ? line - 1 : line;
    const next = forward ? Math.floor(before / 10) + 1 : Math.ceil(line / 10) - 1;
    const at = (next + this.matches) % this.matches;
    const match: LogMatch = { line: at * 10, row: at * 10, inLine: 0, ordinal: at + 1, wrapped: at !== next };
    return success(match);
  }

  async marks(first: number, count: number): Promise<Result<LogMarks[]>> {
    this.marked.push(first);
    return success(
      Array.from({ length: count }, (_, at) => ({ row: first + at, ranges: [[0, 1]] as [number, number][] })),
    );
  }
}

function watched(found: Found): { finder: LogFinder; stop: () => void } {
  const finder = new LogFinder(found);
  return { finder, stop: finder.subscribe(() => undefined) };
}

describe('LogFinder', () => {
  it('goes to the first match from where the operator looks, as soon as one is known', async () => {
    const found = new Found();
    found.answersLeft = 2;
    const { finder, stop } = watched(found);
    finder.lookFor(query('a'), 5);
    await eventually(() => expect(finder.status?.complete).toBe(false));
    expect(finder.current).toBeNull();
    await eventually(() => expect(finder.current).toMatchObject({ line: 10, ordinal: 2 }));
    finder.step(true, 0);
    await eventually(() => expect(finder.current?.ordinal).toBe(3));
    finder.step(true, 0);
    await eventually(() => expect(finder.current).toMatchObject({ ordinal: 1, wrapped: true }));
    finder.step(false, 0);
    await eventually(() => expect(finder.current).toMatchObject({ ordinal: 3, wrapped: true }));
    stop();
  });

  it('goes to the first match of what is looked for now, also where an earlier step is answered late', async () => {
    const found = new Found();
    const answers: (() => void)[] = [];
    const step = found.step.bind(found);
    found.step = async (from) => {
      await new Promise<void>((answer) => answers.push(answer));
      return step(from);
    };
    const { finder, stop } = watched(found);
    finder.lookFor(query('a'), 0);
    await eventually(() => expect(answers).toHaveLength(1));
    finder.lookFor(query('ab'), 15);
    answers[0]?.();
    await eventually(() => expect(answers).toHaveLength(2));
    answers[1]?.();
    await eventually(() => expect(finder.current).toMatchObject({ line: 20 }));
    stop();
  });

  it('takes each step from where the one before it ended, and no more of them than it can remember', async () => {
    const found = new Found();
    found.matches = 1000;
    const { finder, stop } = watched(found);
    finder.lookFor(query('a'), 0);
    await eventually(() => expect(finder.current?.ordinal).toBe(1));
    for (const forward of [true, true, true, false]) finder.step(forward, 0);
    await eventually(() => expect(finder.current?.ordinal).toBe(3));
    const step = vi.spyOn(found, 'step');
    for (let key = 0; key < 500; key += 1) finder.step(true, 0);
    finder.lookFor(query('ab'), 0);
    await eventually(() => expect(finder.current?.ordinal).toBe(1));
    expect(step.mock.calls.length).toBeLessThan(5);
    for (let key = 0; key < 500; key += 1) finder.step(true, 0);
    await eventually(() => expect(finder.current?.ordinal).toBe(22));
    finder.step(true, 0);
    await eventually(() => expect(finder.current?.ordinal).toBe(23));
    stop();
  });

  it('asks no more once it is complete, until the log grows', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const found = new Found();
    found.answersLeft = 3;
    const { finder, stop } = watched(found);
    finder.announce(100);
    finder.lookFor(query('a'), 0);
    await vi.advanceTimersByTimeAsync(5000);
    expect(finder.current).not.toBeNull();
    expect(found.looks).toHaveLength(4);
    finder.announce(100);
    found.matches = 4;
    finder.announce(200);
    await vi.advanceTimersByTimeAsync(5000);
    expect(finder.status?.matches).toBe(4);
    expect(found.looks).toHaveLength(5);
    expect(finder.current?.ordinal).toBe(1);
    stop();
  });

  it('drops what it knew when something else is looked for, and does not ask for nothing', async () => {
    const found = new Found();
    const { finder, stop } = watched(found);
    finder.lookFor(query('a'), 0);
    finder.lookFor(query('ab'), 0);
    await eventually(() => expect(finder.current).not.toBeNull());
    expect(found.looks.at(-1)?.query?.text).toBe('ab');
    finder.lookFor(null, 0);
    expect([finder.status, finder.current]).toEqual([null, null]);
    const asked = found.looks.length;
    finder.step(true, 0);
    finder.announce(5);
    expect(found.looks).toHaveLength(asked);
    expect(finder.isFiltered).toBe(false);
    stop();
  });

  it('marks the rows in sight, each once until the log grows', async () => {
    const found = new Found();
    const { finder, stop } = watched(found);
    finder.lookFor(query('a'), 0);
    finder.wantMarks({ first: 40, end: 60 });
    await eventually(() => expect(finder.marks(59)).toEqual([[0, 1]]));
    expect(finder.marks(60)).toEqual([]);
    const asked = found.marked.length;
    finder.wantMarks({ first: 41, end: 60 });
    expect(found.marked).toHaveLength(asked);
    finder.wantMarks({ first: 41, end: 70 });
    await eventually(() => expect(finder.marks(69)).toEqual([[0, 1]]));
    expect(found.marked.at(-1)).toBe(60);
    stop();
  });

  it('asks once for marks that are refused, however often the rows are drawn, until it is to try again', async () => {
    const found = new Found();
    const marks = found.marks.bind(found);
    let refusals = 5;
    found.marks = async (first, count) => {
      const read = await marks(first, count);
      if (refusals === 0) return read;
      refusals -= 1;
      return failure('log-unreadable', 'output.log cannot be read.');
    };
    const finder = new LogFinder(found);
    const stop = finder.subscribe(() => finder.wantMarks({ first: 40, end: 60 }));
    finder.lookFor(query('a'), 0);
    await eventually(() => expect(finder.fault).toBe('output.log cannot be read.'));
    expect(found.marked).toHaveLength(1);
    refusals = 0;
    finder.retry();
    await eventually(() => expect(finder.marks(40)).toEqual([[0, 1]]));
    stop();
  });

  it('says what went wrong, and tries again', async () => {
    const found = new Found();
    found.fault = 'output.log cannot be read.';
    const { finder, stop } = watched(found);
    finder.filter({ ...wholeLog, stderrOnly: true });
    await eventually(() => expect(finder.fault).toBe('output.log cannot be read.'));
    found.fault = null;
    finder.retry();
    await eventually(() => expect(finder.status?.complete).toBe(true));
    expect(finder.fault).toBeNull();
    stop();
  });
});
