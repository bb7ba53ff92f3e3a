import { describe, expect, test } from 'vitest';
import { PublisherMatcher } from '../../../../electron/publisher/matcher';
import { crateWith } from './crates';

describe('PublisherMatcher', () => {
  const matcher = new PublisherMatcher(
    crateWith({ crate1slot2: ['uxm_mv6', 'STREAMER:odd'], crate1slot3: [] }),
  );

  test.each([
    ['crate1slot2', 'crate1slot2'],
    ['crate1slot3', 'crate1slot3'],
    ['uxm_mv6', 'crate1slot2'],
    ['STREAMER:crate1slot2', 'crate1slot2'],
    ['STREAMER:crate1slot3', 'crate1slot3'],
    ['STREAMER:uxm_mv6', 'crate1slot2'],
    ['STREAMER:odd', 'crate1slot2'],
    ['crate1slot', null],
    ['crate1slot22', null],
    ['Crate1slot2', null],
    ['streamer:crate1slot2', null],
    ['STREAMER:', null],
    ['STREAMER:STREAMER:crate1slot2', null],
    ['__proto__', null],
    ['', null],
  ])('%j belongs to %s', (publisherId, slot) => {
    expect(matcher.match(publisherId)).toBe(slot);
  });
});
