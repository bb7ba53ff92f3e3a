import { describe, expect, it } from 'vitest';
import { mapPath, placeOf } from '../../../../electron/registered/path-map';
import { makeSlotConfig } from '../../../fixtures/panel-state';
import { remotePlaces } from '../../renderer/support/samples';

const rows = [
  { from: '/data', to: '/mnt/smurf/data' },
  { from: '/data/smurf_data/', to: '/fast' },
  { from: '/other', to: 'not/full' },
];
const mapped = { ...makeSlotConfig('crate1slot2'), paths: rows };
const local = makeSlotConfig('crate1slot2');
const docker = { ...local, transport: remotePlaces.docker };

describe('the path map', () => {
  it.each([
    ['/data/a.png', '/mnt/smurf/data/a.png', '/mnt/smurf/data'],
    ['/data', '/mnt/smurf/data', '/mnt/smurf/data'],
    ['//data//./x/a b.png', '/mnt/smurf/data/x/a b.png', '/mnt/smurf/data'],
    ['/data/smurf_data/20261123/é.png', '/fast/20261123/é.png', '/fast'],
    ['/data/smurf_database/x', '/mnt/smurf/data/smurf_database/x', '/mnt/smurf/data'],
  ])('finds %s at %s', (path, here, root) => {
    expect(placeOf(path, mapped)).toEqual({ kind: 'here', path: here, root });
  });

  it.each([
    ['/database/x', 'unmapped', 'is in no folder of the path map'],
    ['/other/x', 'unmapped', 'not a full path'],
    ['data/x', 'unmapped', 'not a full path'],
    ['~/x', 'unmapped', 'not a full path'],
    ['/data/../etc/passwd', 'refused', 'climbs out'],
    ['/data/a/../b', 'refused', 'climbs out'],
    ['/data/..\\..\\x', 'refused', 'climbs out'],
    ['../../etc/passwd', 'unmapped', 'not a full path'],
  ] as const)('does not open %s: %s', (path, kind, words) => {
    const place = placeOf(path, mapped);
    expect(place).toMatchObject({ kind });
    expect('message' in place && place.message).toContain(words);
  });

  it('is not needed for scripts of this machine, but for system and hidden folders', () => {
    expect(placeOf('/scratch/a.png', local)).toEqual({ kind: 'here', path: '/scratch/a.png', root: null });
    for (const path of ['/etc/passwd', '/proc/self/environ', '/home/ocs/.ssh/id_ed25519', '/dev/sda']) {
      expect(placeOf(path, local)).toMatchObject({ kind: 'refused' });
    }
    const asked = { ...local, paths: [{ from: '/home/ocs/.smurf', to: '/home/ocs/.smurf' }] };
    expect(placeOf('/home/ocs/.smurf/a.png', asked)).toMatchObject({ kind: 'here' });
  });

  it('leaves what it does not cover to the machine of the scripts', () => {
    expect(placeOf('/data/a.png', docker)).toEqual({ kind: 'there', path: '/data/a.png' });
    expect(placeOf('/etc/shadow', docker)).toMatchObject({ kind: 'refused' });
    expect(placeOf('/data/a.png', { ...docker, paths: rows })).toMatchObject({ kind: 'here' });
    expect(placeOf('/config/a.png', { ...docker, paths: rows })).toMatchObject({ kind: 'there' });
  });

  it('covers everything with a row from the root', () => {
    expect(mapPath('/a/b', [{ from: '/', to: '/mnt' }])).toEqual({
      kind: 'here',
      path: '/mnt/a/b',
      root: '/mnt',
    });
    expect(mapPath('/a/b', [])).toBeNull();
  });
});
