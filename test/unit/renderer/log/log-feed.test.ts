import { describe, expect, it } from 'vitest';
import { LogFeed } from '../../../../renderer/log/log-feed';
import type { LogWindow } from '../../../../shared/ipc/calls/log-calls';
import { failure, success, type Result } from '../../../../shared/result';
import { sampleWindow } from '../support/samples';

/** A log whose reads are answered one by one, when the test says so. */
class SlowLog {
  total = 0;
  readonly asked: { first: number; count: number }[] = [];
  #waiting: ((reply: Result<LogWindow>) => void)[] = [];

  readonly read = (first: number, count: number): Promise<Result<LogWindow>> => {
    this.asked.push({ first, count });
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  };

  /** Answers the read in flight as main would now, and lets the feed take it. */
  async answer(reply?: Result<LogWindow>): Promise<void> {
    const read = this.asked.at(-1);
    const resolve = this.#waiting.shift();
    if (read === undefined || resolve === undefined) throw new Error('no read is in flight');
    resolve(reply ?? success(sampleWindow(this.total, read.first, read.count)));
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
  }

  get inFlight(): number {
    return this.#waiting.length;
  }
}

function openFeed(log: SlowLog): { feed: LogFeed; changes: () => number; stop: () => void } {
  const feed = new LogFeed(log.read);
  let changes = 0;
  const stop = feed.subscribe(() => {
    changes += 1;
  });
  return { feed, changes: () => changes, stop };
}

describe('reading a log', () => {
  it('has one read in flight and then reads what is wanted last', async () => {
    const log = new SlowLog();
    log.total = 10_000;
    const { feed, changes } = openFeed(log);
    feed.announce(10_000, 1);
    feed.want({ first: 0, end: 50 });
    feed.want({ first: 3000, end: 3050 });
    feed.want({ first: 7000, end: 7050 });
    expect(log.asked).toEqual([{ first: 0, count: 50 }]);
    await log.answer();
    expect(log.asked.slice(1)).toEqual([{ first: 7000, count: 50 }]);
    await log.answer();
    expect(log.inFlight).toBe(0);
    expect(feed.line(7049)?.text).toBe('line 7049');
    expect(feed.line(3000)).toBeUndefined();
    expect(changes()).toBe(2);
  });

  it('does not ask twice for lines that it holds', async () => {
    const log = new SlowLog();
    log.total = 1000;
    const { feed } = openFeed(log);
    feed.announce(1000, 1);
    feed.want({ first: 100, end: 200 });
    await log.answer();
    feed.want({ first: 120, end: 180 });
    feed.want({ first: 150, end: 230 });
    expect(log.asked.slice(1)).toEqual([{ first: 200, count: 30 }]);
  });

  it('reads the open last line again with what came after it, and what came beyond the announcement', async () => {
    const log = new SlowLog();
    log.total = 10;
    const { feed } = openFeed(log);
    feed.announce(10, 100);
    feed.want({ first: 0, end: 210 });
    await log.answer();
    expect(feed.heldEnd).toBe(10);
    log.total = 15;
    feed.announce(13, 130);
    expect(log.asked.at(-1)).toEqual({ first: 9, count: 201 });
    await log.answer();
    expect(feed.heldEnd).toBe(15);
    expect(feed.total).toBe(15);
  });

  it('is quiet while nothing grows', async () => {
    const log = new SlowLog();
    log.total = 10;
    const { feed } = openFeed(log);
    feed.announce(10, 100);
    feed.want({ first: 0, end: 210 });
    await log.answer();
    feed.announce(10, 100);
    feed.want({ first: 0, end: 210 });
    expect(log.asked).toHaveLength(1);
  });

  it('does not ask without end for lines that main does not give', async () => {
    const log = new SlowLog();
    log.total = 5;
    const { feed } = openFeed(log);
    feed.announce(20, 100);
    feed.want({ first: 10, end: 20 });
    await log.answer();
    feed.want({ first: 10, end: 20 });
    expect(log.asked).toHaveLength(1);
    log.total = 20;
    feed.announce(20, 101);
    await log.answer();
    expect(feed.line(19)?.index).toBe(19);
  });

  it('never asks for more lines than one call may', async () => {
    const log = new SlowLog();
    log.total = 5000;
    const { feed } = openFeed(log);
    feed.announce(5000, 1);
    feed.want({ first: 0, end: 1200 });
    await log.answer();
    await log.answer();
    await log.answer();
    expect(log.asked.map((read) => read.count)).toEqual([500, 500, 200]);
  });

  it('tells a fault, asks no more, and goes on when told to try again', async () => {
    const log = new SlowLog();
    log.total = 100;
    const { feed } = openFeed(log);
    feed.announce(100, 1);
    feed.want({ first: 0, end: 100 });
    await log.answer(failure('log-unreadable', 'output.log could not be read: disk error.'));
    expect(feed.fault).toBe('output.log could not be read: disk error.');
    feed.announce(101, 2);
    expect(log.inFlight).toBe(0);
    feed.retry();
    await log.answer();
    expect(feed.fault).toBeNull();
    expect(feed.line(99)?.index).toBe(99);
  });

  it('reads only while somebody listens', () => {
    const log = new SlowLog();
    log.total = 100;
    const { feed, stop } = openFeed(log);
    stop();
    feed.announce(100, 1);
    feed.want({ first: 0, end: 100 });
    expect(log.inFlight).toBe(0);
    feed.subscribe(() => undefined);
    expect(log.inFlight).toBe(1);
  });
});
