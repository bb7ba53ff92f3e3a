import { describe, expect, it } from 'vitest';
import {
  choosePackage,
  isSandboxImpossible,
  missingLibraries,
  packagesFor,
} from '../../../build/setup/system-libraries.mjs';

const lddOutput = `	linux-vdso.so.1 (0x00007ffd0b3f2000)
	libffmpeg.so => /cache/libffmpeg.so (0x00007f1c)
	libnss3.so => not found
	libnssutil3.so => not found
	libgtk-3.so.0 => not found
	libX11.so.6 => /lib/x86_64-linux-gnu/libX11.so.6 (0x00007f1b)
	libnss3.so => not found
	/lib64/ld-linux-x86-64.so.2 (0x00007f1d)
`;

describe('missingLibraries', () => {
  it('lists what ldd did not find, once each', () => {
    expect(missingLibraries(lddOutput)).toEqual(['libnss3.so', 'libnssutil3.so', 'libgtk-3.so.0']);
  });

  it('finds nothing in a complete listing', () => {
    expect(missingLibraries('\tlibc.so.6 => /lib/libc.so.6 (0x0)\n')).toEqual([]);
  });
});

describe('packagesFor', () => {
  it('names each package once', () => {
    expect(packagesFor(['libnss3.so', 'libnssutil3.so', 'libgbm.so.1'])).toEqual({
      packages: ['libnss3', 'libgbm1'],
      unknown: [],
    });
  });

  it('tells what nobody packages by a name that is known here', () => {
    expect(packagesFor(['libstrange.so.9'])).toEqual({ packages: [], unknown: ['libstrange.so.9'] });
  });
});

describe('choosePackage', () => {
  it('takes the older name on Debian 12', () => {
    expect(choosePackage('libasound2', new Set(['libasound2']))).toBe('libasound2');
  });

  it('takes the newer name where there is one, even if the older is known as well', () => {
    expect(choosePackage('libasound2', new Set(['libasound2', 'libasound2t64']))).toBe('libasound2t64');
  });

  it('keeps the name when apt knows none, so that its message names it', () => {
    expect(choosePackage('libgtk-3-0', new Set())).toBe('libgtk-3-0');
  });
});

describe('isSandboxImpossible', () => {
  it.each([
    [{ isRoot: false, helperIsSetuidRoot: false, userNamespaces: false }, true],
    [{ isRoot: false, helperIsSetuidRoot: true, userNamespaces: false }, false],
    [{ isRoot: false, helperIsSetuidRoot: false, userNamespaces: true }, false],
    [{ isRoot: true, helperIsSetuidRoot: false, userNamespaces: false }, false],
  ])('%o: %s', (found, expected) => {
    expect(isSandboxImpossible(found)).toBe(expected);
  });
});
