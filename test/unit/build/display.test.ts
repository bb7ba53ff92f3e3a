import { describe, expect, it } from 'vitest';
import { authorityFile, needsVirtualDisplay } from '../../../build/setup/display.mjs';
import { electronArguments } from '../../../build/setup/run-electron.mjs';

describe('needsVirtualDisplay', () => {
  it.each([
    ['linux', {}, true],
    ['linux', { DISPLAY: '' }, true],
    ['linux', { DISPLAY: ':0' }, false],
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, false],
    ['win32', {}, false],
    ['darwin', {}, false],
  ])('%s with %o: %s', (platform, environment, expected) => {
    expect(needsVirtualDisplay(platform, environment)).toBe(expected);
  });
});

describe('authorityFile', () => {
  it('holds one cookie for any host and display', () => {
    const cookie = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    const name = Buffer.from('MIT-MAGIC-COOKIE-1').toString('hex');
    expect(authorityFile(cookie).toString('hex')).toBe(
      `ffff000000000012${name}0010${cookie.toString('hex')}`,
    );
  });
});

describe('electronArguments', () => {
  it('turns the sandbox off for root, who cannot have it', () => {
    expect(electronArguments(['.'], { isRoot: true })).toEqual(['.', '--no-sandbox']);
  });

  it('says so once', () => {
    expect(electronArguments(['--no-sandbox', '.'], { isRoot: true })).toEqual(['--no-sandbox', '.']);
  });

  it('leaves it on for everybody else', () => {
    expect(electronArguments(['.'], { isRoot: false })).toEqual(['.']);
  });
});
