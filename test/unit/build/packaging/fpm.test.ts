import { describe, expect, it } from 'vitest';
import { readFpmArguments } from '../../../../build/packaging/fpm-arguments.mjs';
import { controlText } from '../../../../build/packaging/linux/deb.mjs';
import { specText } from '../../../../build/packaging/linux/rpm.mjs';

/** What electron-builder 26 calls fpm with, shortened. */
const words =
  '-s dir --force -t deb --architecture amd64 --name smurf-panel -d libnss3 -d libgbm1 --deb-recommends python3'
    .split(' ')
    .concat(
      ['--description', 'A panel\n Runs scripts.\n Follows 100 % of them.', '--version', '1.2.0~rc1'],
      [
        '--package',
        '/dist/smurf-panel.deb',
        '--maintainer',
        'Developers <d@example.org>',
        '--url',
        'https://e.org',
      ],
      [
        '--deb-compression=xz',
        '/dist/linux-unpacked/=/opt/SMuRF Panel',
        '/icons/16.png=/usr/share/icons/16.png',
      ],
    );

describe('the stand-in for fpm', () => {
  it('reads what electron-builder says', () => {
    const request = readFpmArguments(words);
    expect(request.type).toBe('deb');
    expect(request.all('--depends')).toEqual(['libnss3', 'libgbm1']);
    expect(request.maybe('--deb-compression')).toBe('xz');
    expect(request.files).toEqual([
      { from: '/dist/linux-unpacked/', to: '/opt/SMuRF Panel' },
      { from: '/icons/16.png', to: '/usr/share/icons/16.png' },
    ]);
  });

  it.each([
    [['-t', 'deb', '--pre-depends', 'x'], /does not know the option --pre-depends/],
    [['-t', 'snap'], /makes no snap/],
    [['-t', 'deb', '--name'], /has no value/],
    [['-t', 'deb', '/a/file'], /does not say where/],
    [['--name', 'x'], /--output-type is missing/],
  ])('refuses %j', (given, message) => {
    expect(() => readFpmArguments(given)).toThrow(message);
  });

  it('writes Debian’s control file', () => {
    expect(controlText(readFpmArguments(words), 264)).toBe(`Package: smurf-panel
Version: 1.2.0~rc1
Architecture: amd64
Maintainer: Developers <d@example.org>
Installed-Size: 264
Depends: libnss3, libgbm1
Recommends: python3
Section: misc
Homepage: https://e.org
Description: A panel
 Runs scripts.
 Follows 100 % of them.
`);
  });

  it('writes rpm’s spec, in which a percent sign is not a macro', () => {
    const request = readFpmArguments(words.map((word) => (word === 'deb' ? 'rpm' : word)));
    const spec = specText(request, ['/opt/SMuRF Panel/100%'], { install: 'echo 5%', remove: '' });
    expect(spec).toContain('Requires: libnss3\nRequires: libgbm1\n');
    expect(spec).toContain('Follows 100 %% of them.');
    expect(spec).toContain('"/opt/SMuRF Panel/100%%"');
    expect(spec).toContain('%post -p /bin/bash\necho 5%%\n');
  });
});
