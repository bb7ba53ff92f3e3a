import { describe, expect, it } from 'vitest';
import { KeysetFeed, type KeysetPage } from '../../../../renderer/stores/keyset-feed';
import { failure, success, type Result } from '../../../../shared/result';
import { eventually } from '../../../fixtures/eventually';

interface Row {
  readonly at: number;
  readonly word: string;
}

/** A list whose newest row is `newest` and whose oldest is 1. */
function openFeed(most = 1000): {
  feed: KeysetFeed<Row, number>;
  list: {
    newest: number;
    word: string;
    fault: string | null;
    reads: (number | null)[];
    /** Rows that can change. */
    live: Set<number>;
    /** Rows that the list holds no more. */
    gone: Set<number>;
  };
} {
  const list = {
    newest: 0,
    word: '',
    fault: null as string | null,
    reads: [] as (number | null)[],
    live: new Set<number>(),
    gone: new Set<number>(),
  };
  const read = async (before: Row | null, limit: number): Promise<Result<KeysetPage<Row, number>>> => {
    list.reads.push(before?.at ?? null);
    await Promise.resolve();
    if (list.fault !== null) return failure('failed', list.fault);
    const from = before === null ? list.newest : before.at - 1;
    const rows = Array.from({ length: Math.max(0, from) }, (_, offset) => from - offset)
      .filter((at) => !list.gone.has(at))
      .slice(0, limit)
      .map((at) => ({ at, word: list.live.has(at) ? 'live' : list.word }));
    return success({ rows, extra: list.newest });
  };
  return {
    feed: new KeysetFeed({
      read,
      isOlder: (row, other) => row.at < other.at,
      canChange: (row) => row.word === 'live',
      pageSize: 10,
      most,
    }),
    list,
  };
}

const places = (feed: KeysetFeed<Row, number>): number[] => feed.shown().rows.map((row) => row.at);
const down = (from: number, to: number): number[] =>
  Array.from({ length: from - to + 1 }, (_, offset) => from - offset);

async function settled(feed: KeysetFeed<Row, number>, expected: number[]): Promise<void> {
  await eventually(() => expect(places(feed)).toEqual(expected));
}

describe('a list read in pages', () => {
  it('reads the newest page, then older ones until there are none', async () => {
    const { feed, list } = openFeed();
    list.newest = 25;
    feed.refresh('first');
    await settled(feed, down(25, 16));
    expect(feed.shown()).toMatchObject({ extra: 25, older: 'more', mark: 'first' });
    feed.loadOlder();
    await settled(feed, down(25, 6));
    feed.loadOlder();
    await settled(feed, down(25, 1));
    expect(feed.shown().older).toBe('all');
    feed.loadOlder();
    expect(list.reads).toEqual([null, 16, 6]);
  });

  it('puts what is new before what is held, with rows as they are now', async () => {
    const { feed, list } = openFeed();
    list.newest = 25;
    feed.refresh(1);
    await settled(feed, down(25, 16));
    feed.loadOlder();
    await settled(feed, down(25, 6));
    list.newest = 28;
    list.word = 'changed';
    feed.refresh(2);
    await settled(feed, down(28, 6));
    expect(feed.shown().rows.find((row) => row.at === 19)?.word).toBe('changed');
    expect(feed.shown().rows.find((row) => row.at === 18)?.word).toBe('');
  });

  it('reads those of the older ones anew that can change, and only them', async () => {
    const { feed, list } = openFeed();
    list.newest = 45;
    list.live = new Set([44, 30, 21, 3]);
    feed.refresh(1);
    await settled(feed, down(45, 36));
    for (const oldest of [26, 16, 6, 1]) {
      feed.loadOlder();
      await settled(feed, down(45, oldest));
    }
    list.reads.length = 0;
    list.live = new Set();
    list.gone = new Set([21]);
    list.word = 'ended';
    feed.refresh(2);
    await eventually(() => expect(feed.shown().rows.some((row) => row.word === 'live')).toBe(false));
    expect(list.reads).toEqual([null, 31, 4]);
    expect(places(feed)).toEqual(down(45, 1).filter((at) => at !== 21));
    expect(feed.shown()).toMatchObject({ older: 'all', mark: 2 });
    feed.refresh(3);
    await eventually(() => expect(list.reads).toEqual([null, 31, 4, null]));
  });

  it('begins anew rather than hide a gap when more came than a page holds', async () => {
    const { feed, list } = openFeed();
    list.newest = 25;
    feed.refresh(1);
    await settled(feed, down(25, 16));
    list.newest = 60;
    feed.refresh(2);
    await settled(feed, down(60, 51));
    expect(feed.shown().older).toBe('more');
    feed.loadOlder();
    await settled(feed, down(60, 41));
  });

  it('holds a bounded number of rows and says when older ones exist beyond them', async () => {
    const { feed, list } = openFeed(20);
    list.newest = 100;
    feed.refresh(1);
    await settled(feed, down(100, 91));
    feed.loadOlder();
    await settled(feed, down(100, 81));
    expect(feed.shown().older).toBe('full');
    list.newest = 103;
    feed.refresh(2);
    await settled(feed, down(103, 84));
    expect(feed.shown().older).toBe('full');
  });

  it('tells a fault, keeps its rows, and forgets the fault after a good read', async () => {
    const { feed, list } = openFeed();
    list.newest = 5;
    feed.refresh(1);
    await settled(feed, down(5, 1));
    list.fault = 'The database is locked.';
    feed.refresh(2);
    await eventually(() => expect(feed.shown().fault).toBe('The database is locked.'));
    expect(places(feed)).toEqual(down(5, 1));
    list.fault = null;
    list.newest = 6;
    feed.refresh(3);
    await settled(feed, down(6, 1));
    expect(feed.shown().fault).toBeNull();
  });

  it('has one read in flight and joins refreshes asked for meanwhile', async () => {
    const { feed, list } = openFeed();
    list.newest = 5;
    feed.refresh(1);
    feed.refresh(2);
    feed.refresh(3);
    expect(list.reads).toHaveLength(1);
    await eventually(() => expect(list.reads).toHaveLength(2));
    await settled(feed, down(5, 1));
    expect(list.reads).toHaveLength(2);
  });
});
