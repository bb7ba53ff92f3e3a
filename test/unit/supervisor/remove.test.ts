import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { answerOf, containing, startRemotely } from './remote';
import { closeRuns, pythons, waiting, type SupervisedRun } from './supervised-run';

const interpreters = await pythons();

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'smurf-remove-'));
});
afterEach(async () => {
  await closeRuns();
  await rm(home, { recursive: true, force: true });
});

/** A run that is over, with its folder. */
async function overRun(): Promise<SupervisedRun> {
  const { run } = await startRemotely("print('over')\n");
  await run.statusWhen('the end', (status) => status.outputEnded);
  return run;
}

const refusal = (why: string) => ({
  code: 1,
  content: { failure: { code: 'run-kept', path: containing('/'), message: containing(why) } },
});

describe('remove', () => {
  it.each(interpreters)('removes the folder of a run that is over under $version', async ({ path }) => {
    const run = await overRun();
    expect(await answerOf(['remove', run.folder], '', { python: path })).toEqual({
      code: 0,
      content: { removed: true },
    });
    expect(existsSync(run.folder)).toBe(false);
    expect(await answerOf(['remove', run.folder])).toEqual({ code: 0, content: { removed: false } });
  });

  it('leaves what links in the folder lead to', async () => {
    const run = await overRun();
    const outside = join(home, 'outside');
    await mkdir(outside);
    await writeFile(join(outside, 'data'), 'x');
    await symlink(outside, join(run.folder, 'link'));
    expect(await answerOf(['remove', `${run.folder}/`])).toMatchObject({ content: { removed: true } });
    expect(existsSync(join(outside, 'data'))).toBe(true);
  });

  it('removes nothing while the run is not over', async () => {
    const { run } = await startRemotely(`${waiting}\nuntil_go()\n`);
    expect(await answerOf(['remove', run.folder])).toEqual(refusal('not over'));
    await run.go();
    await run.statusWhen('the end', (status) => status.outputEnded);
    expect(existsSync(run.folder)).toBe(true);
  });

  it('removes the folder of a run whose supervisor was killed once nothing of it lives', async () => {
    const { run, started } = await startRemotely(`${waiting}\nprint('up')\nuntil_go()\n`);
    await run.logContains('up');
    process.kill(started.supervisor.pid, 'SIGKILL');
    expect(await answerOf(['remove', run.folder])).toEqual(refusal('not over'));
    await run.signal('KILL');
    expect(await answerOf(['remove', run.folder])).toMatchObject({ content: { removed: true } });
  });

  it('refuses every folder that is not a run’s own', async () => {
    const run = await overRun();
    const link = join(home, run.id);
    await symlink(run.folder, link);
    expect(await answerOf(['remove', link])).toEqual(refusal('it is no folder'));
    const file = join(home, 'file');
    await writeFile(file, '');
    expect(await answerOf(['remove', file])).toEqual(refusal('it is no folder'));
    expect(await answerOf(['remove', home])).toEqual(refusal('not the folder of a run'));
    const renamed = join(home, 'another name');
    await rename(run.folder, renamed);
    expect(await answerOf(['remove', renamed])).toEqual(refusal('not named for its run'));
    await rm(link);
    await rename(renamed, link);
    // A status that is a link may speak of another run.
    const status = await readFile(join(link, 'status.json'));
    await rm(join(link, 'status.json'));
    await writeFile(join(home, 'status.json'), status);
    await symlink(join(home, 'status.json'), join(link, 'status.json'));
    expect(await answerOf(['remove', link])).toEqual(refusal('not the folder of a run'));
    expect(existsSync(join(link, 'output.log'))).toBe(true);
  });
});
