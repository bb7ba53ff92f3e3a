import { describe, expect, test } from 'vitest';
import { UnmatchedRegistry } from '../../../../electron/publisher/unmatched';

describe('UnmatchedRegistry', () => {
  test('counts per id, with the newest time and sender', () => {
    const registry = new UnmatchedRegistry();
    expect(registry.add('a', '127.0.0.1:1', 10)).toBe(true);
    expect(registry.add('b', '127.0.0.1:2', 20)).toBe(true);
    expect(registry.add('a', '127.0.0.1:3', 30)).toBe(false);
    expect(registry.list()).toEqual([
      { publisherId: 'a', messages: 2, lastAt: 30, sender: '127.0.0.1:3' },
      { publisherId: 'b', messages: 1, lastAt: 20, sender: '127.0.0.1:2' },
    ]);
  });

  test('is bounded: the one heard longest ago goes, and is counted', () => {
    const registry = new UnmatchedRegistry(3);
    for (const [at, id] of ['a', 'b', 'c', 'a', 'd', 'e'].entries()) registry.add(id, 's', at);
    expect(registry.list().map((entry) => entry.publisherId)).toEqual(['a', 'd', 'e']);
    expect(registry.forgotten).toBe(2);
  });

  test('lets go of the ids that belong to a slot by now', () => {
    const registry = new UnmatchedRegistry();
    for (const id of ['a', 'b', 'c']) registry.add(id, 's', 1);
    registry.remove((id) => id !== 'b');
    expect(registry.list().map((entry) => entry.publisherId)).toEqual(['b']);
  });
});
