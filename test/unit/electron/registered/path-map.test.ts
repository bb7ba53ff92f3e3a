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

  it.each([
    ['win32', String.raw`\\evil.example\share\a.png`, 'on another machine'],
    ['win32', '//evil.example/share/a.png', 'on another machine'],
    ['win32', String.raw`/\evil.example\share\a.png`, 'on another machine'],
    ['win32', String.raw`\\?\C:\data\a.png`, 'on another machine'],
    ['win32', String.raw`\\.\pipe\x`, 'on another machine'],
    ['win32', String.raw`C:\Users\ocs\.ssh\id_ed25519`, 'a hidden folder'],
    ['win32', String.raw`C:/Users/ocs\.ssh/id_ed25519`, 'a hidden folder'],
    ['win32', String.raw`/Users/ocs\.ssh\id_ed25519`, 'a hidden folder'],
    ['win32', String.raw`C:\Users\ocs\AppData\Roaming\keys.png`, 'a hidden folder'],
    ['win32', String.raw`C:\Users\ocs\appdata. \Local\x`, 'a hidden folder'],
    ['win32', String.raw`C:\Windows\win.ini`, 'a folder of the system'],
    ['win32', String.raw`\WINDOWS.\win.ini`, 'a folder of the system'],
    ['win32', '/windows/win.ini', 'a folder of the system'],
    ['win32', String.raw`D:\Program Files (x86)\x\a.png`, 'a folder of the system'],
    ['win32', String.raw`C:\ProgramData\ssh\ssh_host_ed25519_key`, 'a folder of the system'],
    ['win32', String.raw`C:\Windows::$INDEX_ALLOCATION\win.ini`, 'cannot be a path'],
    ['win32', String.raw`C:\data\a.png:stream`, 'cannot be a path'],
    ['darwin', '/System/Library/a.png', 'a folder of the system'],
    ['darwin', '/library/Preferences/a.plist', 'a folder of the system'],
    ['darwin', '/ETC/master.passwd', 'a folder of the system'],
    ['darwin', '/private/etc/master.passwd', 'a folder of the system'],
    ['darwin', '/private/var/db/a', 'a folder of the system'],
    ['darwin', '/Users/ocs/Library/Keychains/a', 'a hidden folder'],
    ['linux', '/etc', 'a folder of the system'],
    ['linux', '//etc/passwd', 'a folder of the system'],
  ] as const)('on %s does not open %s without a row for it', (platform, path, words) => {
    const place = placeOf(path, local, platform);
    expect(place).toMatchObject({ kind: 'refused' });
    expect('message' in place && place.message).toContain(words);
  });

  it.each([
    ['win32', String.raw`C:\data\a.png`],
    ['win32', 'D:/windows data/a.png'],
    ['win32', String.raw`C:\Users\ocs\data\a.png`],
    ['darwin', '/Users/ocs/data/a.png'],
    ['darwin', '/private/var/folders/x/a.png'],
    ['linux', '/Library/a.png'],
    ['linux', '/etcetera/a.png'],
    ['linux', String.raw`/data/C:\a.png`],
  ] as const)('on %s opens %s as it is', (platform, path) => {
    expect(placeOf(path, local, platform)).toEqual({ kind: 'here', path, root: null });
  });

  it('maps paths of Windows, those on other machines too, with either separator', () => {
    const to = String.raw`D:\smurf`;
    const windowsRows = [
      { from: String.raw`C:\Windows\data`, to },
      { from: String.raw`\\nas\smurf`, to: String.raw`\\nas\smurf` },
      { from: '/data', to },
    ];
    const asked = { ...local, paths: windowsRows };
    const found = (path: string) => placeOf(path, asked, 'win32');
    for (const path of [String.raw`C:\Windows\data\x\a.png`, 'C:/Windows/data/x/a.png', '/data/x/a.png'])
      expect(found(path)).toEqual({ kind: 'here', path: String.raw`D:\smurf\x\a.png`, root: to });
    expect(found(String.raw`\\nas\smurf\a.png`)).toEqual({
      kind: 'here',
      path: String.raw`\\nas\smurf\a.png`,
      root: String.raw`\\nas\smurf`,
    });
    expect(found(String.raw`\\evil.example\share\a.png`)).toMatchObject({ kind: 'unmapped' });
    expect(found(String.raw`/data/x\y.png`)).toMatchObject({ kind: 'refused' });
    expect(found('/data/C:x.png')).toMatchObject({ kind: 'refused' });
  });

  it('judges paths of other machines by what those are', () => {
    expect(placeOf('/windows/a.png', docker, 'win32')).toEqual({ kind: 'there', path: '/windows/a.png' });
    expect(placeOf('//data/a.png', docker, 'win32')).toEqual({ kind: 'there', path: '//data/a.png' });
    expect(placeOf('/etc/shadow', docker, 'win32')).toMatchObject({ kind: 'refused' });
    expect(placeOf('C:/data/a.png', docker, 'win32')).toMatchObject({ kind: 'unmapped' });
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
