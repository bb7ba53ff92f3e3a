import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { homeOf, prepareHome } from '../../../electron/home-folder';

describe('the home folder of the environment', () => {
  it.each([
    [undefined, null],
    ['', null],
    ['/data/panel', '/data/panel'],
    ['panel', '/work/panel'],
    ['../panel two', '/panel two'],
  ])('%j is %j', (named, home) => {
    expect(homeOf(named === undefined ? {} : { SMURF_PANEL_HOME: named }, '/work')).toBe(home);
  });
});

describe('preparing the home folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'smurf-home-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('makes it with the folder of the runs, and leaves one that is there', async () => {
    prepareHome(join(folder, 'a', 'b'));
    prepareHome(join(folder, 'a', 'b'));
    expect((await stat(join(folder, 'a', 'b', 'runs'))).isDirectory()).toBe(true);
  });

  it('says in a sentence which cannot be used, and why', async () => {
    await writeFile(join(folder, 'file'), '');
    const home = join(folder, 'file', 'home');
    expect(() => prepareHome(home)).toThrow(
      `The home folder ${home} cannot be used: what should be a folder on its way is a file`,
    );
    await writeFile(join(folder, 'runs'), '');
    expect(() => prepareHome(folder)).toThrow(
      `The home folder ${folder} cannot be used: what should be a folder on its way is a file`,
    );
  });
});
