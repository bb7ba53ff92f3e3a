import { describe, expect, it } from 'vitest';
import { lostForText, nextTryText, placePhrase } from '../../../../renderer/slot/connection-text';
import { remotePlaces, sampleSlot, start } from '../support/samples';

const cut = { since: start, message: 'No route to host.', retryAt: start + 60_000 };

describe('a cut connection in words', () => {
  it('counts up since the cut and down to the next try', () => {
    expect(lostForText(cut, start + 52_900)).toBe('0:52');
    expect(lostForText(cut, start + 3_725_000)).toBe('1:02:05');
    expect(nextTryText(cut, start + 56_500)).toBe('Next try in 4 s.');
    expect(nextTryText(cut, start + 60_000)).toBe('Trying now.');
    expect(nextTryText({ ...cut, retryAt: null }, start)).toBe('Trying now.');
  });
});

describe('where scripts run', () => {
  it('is said where it is not this machine', () => {
    expect(placePhrase(sampleSlot.transport)).toBeNull();
    expect(placePhrase(remotePlaces.docker)).toBe('in container ocs-pysmurf-s2');
    expect(placePhrase(remotePlaces.ssh)).toBe('on smurf-srv27');
    const { container: _none, ...shared } = remotePlaces.docker;
    const service = { ...shared, kind: 'compose', service: 'smurf', file: null, project: null } as const;
    expect(placePhrase(service)).toBe('in service smurf');
  });
});
