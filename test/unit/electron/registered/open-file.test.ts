import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openHere } from '../../../../electron/registered/open-file';
import { NoAnswerError, PatientGate } from '../../../../electron/registered/patient-gate';
import { faultOf, freshFolder } from './support';

const gate = new PatientGate();

describe('opening a file of this machine', () => {
  it('gives its bytes, piece by piece, from inside the mapped folder', async () => {
    const root = freshFolder();
    const path = join(root, 'a b ü.txt');
    writeFileSync(path, 'one two three');
    const file = await openHere(path, root, gate);
    expect(file).toMatchObject({ here: path, size: 13 });
    expect((await file.read(4, 3)).toString()).toBe('two');
    expect((await file.read(8, 1000)).toString()).toBe('three');
    expect(await file.read(100, 10)).toHaveLength(0);
    await file.close();
  });

  it('refuses links that lead out, also by a folder, and takes those that stay inside', async () => {
    const root = freshFolder();
    const outside = freshFolder();
    writeFileSync(join(outside, 'secret'), 'x');
    writeFileSync(join(root, 'inside'), 'y');
    symlinkSync(join(outside, 'secret'), join(root, 'link'));
    symlinkSync(outside, join(root, 'folder'));
    symlinkSync('inside', join(root, 'fine'));
    symlinkSync(join(root, 'loop'), join(root, 'loop'));
    for (const name of ['link', 'folder/secret']) {
      expect(await faultOf(openHere(join(root, name), root, gate))).toMatchObject({ state: 'refused' });
    }
    expect((await faultOf(openHere(join(root, 'link'), root, gate))).message).toContain(outside);
    expect(await faultOf(openHere(join(root, 'loop'), root, gate))).toMatchObject({ state: 'refused' });
    const file = await openHere(join(root, 'fine'), root, gate);
    expect((await file.read(0, 9)).toString()).toBe('y');
    await file.close();
  });

  it('takes a mapped folder that is itself a link', async () => {
    const real = freshFolder();
    const link = join(freshFolder(), 'mount');
    symlinkSync(real, link);
    writeFileSync(join(real, 'a'), 'z');
    const file = await openHere(join(link, 'a'), link, gate);
    await file.close();
    expect(file.here).toBe(join(real, 'a'));
  });

  it('refuses a sibling of the mapped folder whose name begins alike', async () => {
    const parent = freshFolder();
    mkdirSync(join(parent, 'data'));
    mkdirSync(join(parent, 'data2'));
    writeFileSync(join(parent, 'data2', 'x'), 'x');
    symlinkSync(join(parent, 'data2', 'x'), join(parent, 'data', 'x'));
    const opening = openHere(join(parent, 'data', 'x'), join(parent, 'data'), gate);
    expect(await faultOf(opening)).toMatchObject({ state: 'refused' });
  });

  it('opens nothing but ordinary files', async () => {
    const root = freshFolder();
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await faultOf(openHere(root, root, gate))).toMatchObject({ state: 'refused' });
    expect(await faultOf(openHere(join(root, 'pipe'), root, gate))).toMatchObject({ state: 'refused' });
    expect(await faultOf(openHere('/dev/zero', '/dev', gate))).toMatchObject({ state: 'refused' });
  });

  it('without a map refuses what a link leads to in a system folder', async () => {
    const root = freshFolder();
    symlinkSync('/etc/passwd', join(root, 'plot.png'));
    expect(await faultOf(openHere(join(root, 'plot.png'), null, gate))).toMatchObject({ state: 'refused' });
  });

  it('says what is missing, too long, or not allowed', async () => {
    const root = freshFolder();
    writeFileSync(join(root, 'file'), '');
    for (const name of ['gone', 'file/below', 'x'.repeat(300)]) {
      expect(await faultOf(openHere(join(root, name), root, gate))).toMatchObject({ state: 'missing' });
    }
    expect(await faultOf(openHere(join(root, 'a'), join(root, 'gone'), gate))).toMatchObject({
      state: 'missing',
    });
  });

  it.skipIf(process.getuid?.() === 0)('says that a file may not be read', async () => {
    const root = freshFolder();
    writeFileSync(join(root, 'file'), 'x');
    chmodSync(join(root, 'file'), 0);
    expect(await faultOf(openHere(join(root, 'file'), root, gate))).toMatchObject({ state: 'unreadable' });
  });
});

describe('the gate', () => {
  it('runs few at once, gives up on what hangs, and refuses more while all hang', async () => {
    const narrow = new PatientGate(2, 30);
    const ends: (() => void)[] = [];
    let running = 0;
    const hang = (): Promise<string> => {
      running += 1;
      return new Promise((resolve) => {
        ends.push(() => resolve('late'));
      });
    };
    const results = await Promise.allSettled([1, 2, 3].map(() => narrow.run(hang)));
    expect(results.every((each) => each.status === 'rejected' && each.reason instanceof NoAnswerError)).toBe(
      true,
    );
    expect(running).toBe(2);
    await expect(narrow.run(async () => 'never')).rejects.toBeInstanceOf(NoAnswerError);
    for (const end of ends) end();
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(await narrow.run(async () => 'again')).toBe('again');
  });

  it('hands over what comes too late, to be closed', async () => {
    const late: string[] = [];
    let answer: (value: string) => void = () => undefined;
    const work = (): Promise<string> =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const result = new PatientGate(1, 10).run(work, async (value) => {
      late.push(value);
    });
    await expect(result).rejects.toBeInstanceOf(NoAnswerError);
    answer('handle');
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    expect(late).toEqual(['handle']);
  });

  it('passes on errors, and goes on', async () => {
    const one = new PatientGate(1, 1000);
    const outcomes = await Promise.allSettled([
      one.run(async () => {
        throw new Error('broken');
      }),
      one.run(async () => 2),
      one.run(async () => 3),
    ]);
    expect(outcomes.map((each) => each.status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  });
});
