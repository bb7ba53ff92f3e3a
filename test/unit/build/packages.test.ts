import { describe, expect, it } from 'vitest';
import { isNodeNewEnough, lockHash, packagesProblem } from '../../../build/setup/packages.mjs';

const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages: { '': {}, ...packages } });
const zod = { version: '4.6.7', integrity: 'sha512-a' };
const windowsOnly = { version: '1.0.0', integrity: 'sha512-b', optional: true };
const lockText = lock({ 'node_modules/zod': zod, 'node_modules/only-windows': windowsOnly });

describe('packagesProblem', () => {
  it('says missing without an install', () => {
    expect(packagesProblem({ lockText, stamp: undefined, installedText: undefined })).toBe('missing');
  });

  it('says missing when node_modules was deleted but a stamp was kept', () => {
    expect(packagesProblem({ lockText, stamp: lockHash(lockText), installedText: undefined })).toBe(
      'missing',
    );
  });

  it('trusts the stamp of this lock file, with its line end', () => {
    const stamp = `${lockHash(lockText)}\n`;
    expect(packagesProblem({ lockText, stamp, installedText: lock({}) })).toBeUndefined();
  });

  it('says stale for the stamp of another lock file', () => {
    const stamp = lockHash(`${lockText} `);
    expect(packagesProblem({ lockText, stamp, installedText: lockText })).toBe('stale');
  });

  it.each([
    ['the same packages', { 'node_modules/zod': zod, 'node_modules/only-windows': windowsOnly }, undefined],
    ['an optional package of another platform absent', { 'node_modules/zod': zod }, undefined],
    ['a package absent', { 'node_modules/only-windows': windowsOnly }, 'stale'],
    ['another version', { 'node_modules/zod': { ...zod, version: '4.6.6' } }, 'stale'],
    ['other contents', { 'node_modules/zod': { ...zod, integrity: 'sha512-c' } }, 'stale'],
    ['a package too many', { 'node_modules/zod': zod, 'node_modules/left-over': zod }, 'stale'],
  ])('without a stamp compares what is installed: %s', (_name, installed, expected) => {
    expect(packagesProblem({ lockText, stamp: undefined, installedText: lock(installed) })).toBe(expected);
  });
});

describe('isNodeNewEnough', () => {
  it.each([
    ['20.19.0', true],
    ['20.18.3', false],
    ['18.99.0', false],
    ['22.0.0', true],
    ['24.15.0', true],
  ])('%s: %s', (version, expected) => {
    expect(isNodeNewEnough(version)).toBe(expected);
  });
});
