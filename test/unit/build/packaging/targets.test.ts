import { describe, expect, it } from 'vitest';
import { planTargets, programsOf } from '../../../../build/packaging/targets.mjs';

const everywhere = new Set(['linux', 'win32', 'darwin'].flatMap((name) => [`${name}-x64`, `${name}-arm64`]));
const connected = {
  platform: 'linux' as NodeJS.Platform,
  toolsReachable: true,
  runtimes: everywhere,
  programs: new Set<string>(),
};
const offline = { ...connected, toolsReachable: false, runtimes: new Set(['linux-x64', 'win32-x64']) };
const all = new Set<string>();

const names = (targets: readonly { name: string; architecture: string }[]) =>
  targets.map(({ name, architecture }) => `${name} ${architecture}`);

describe('which packages are built', () => {
  it('on a connected Linux: all but those of macOS, for both architectures', () => {
    const { build, leftOut } = planTargets(all, connected);
    expect(names(build)).toEqual(
      ['deb', 'rpm', 'AppImage', 'tar.gz', 'nsis'].flatMap((name) => [`${name} x64`, `${name} arm64`]),
    );
    expect(leftOut.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 4 }, () => 'packages for macOS are built on a Mac.'),
    );
  });

  it('on a Mac: those of macOS too', () => {
    expect(names(planTargets(new Set(['dmg', 'zip']), { ...connected, platform: 'darwin' }).build)).toEqual([
      'dmg x64',
      'dmg arm64',
      'zip x64',
      'zip arm64',
    ]);
  });

  it('without internet: what the system’s programs can make, for the runtimes that are there', () => {
    const { build } = planTargets(all, { ...offline, programs: new Set(programsOf) });
    expect(names(build)).toEqual(['deb x64', 'rpm x64', 'AppImage x64', 'tar.gz x64', 'nsis x64']);
  });

  it('names the packages that are missing', () => {
    const { build, leftOut } = planTargets(new Set(['rpm']), { ...offline, programs: new Set(['dpkg-deb']) });
    expect(build).toEqual([]);
    expect(leftOut[0]?.reason).toContain('apt-get install rpm');
    expect(leftOut[1]?.reason).toContain('no Electron runtime for linux-arm64');
  });

  it('builds only what was asked for', () => {
    expect(names(planTargets(new Set(['deb']), connected).build)).toEqual(['deb x64', 'deb arm64']);
  });
});
