import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { listScripts, readLocalDirectory } from '../../../../electron/scripts/catalogue';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function folderWith(...files: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'smurf-panel-scripts-'));
  folders.push(folder);
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), '');
  }
  return folder;
}

describe('the catalogue of scripts', () => {
  it('lists Python files by name, with those of folders below, and leaves modules and hidden ones out', async () => {
    const root = folderWith(
      'tune.py',
      'a/noise.py',
      'a/b/c/deep.py',
      'a/b/c/d/too_deep.py',
      'Bias.py',
      '_helper.py',
      '__init__.py',
      '.hidden.py',
      '.git/x.py',
      '__pycache__/tune.py',
      'notes.txt',
      'tune.pyc',
    );
    const { scripts, problems } = await listScripts({ scripts: [root] });
    expect(scripts.map((script) => script.name)).toEqual([
      'Bias.py',
      'a/b/c/deep.py',
      'a/noise.py',
      'tune.py',
    ]);
    expect(scripts[2]).toEqual({ path: join(root, 'a/noise.py'), name: 'a/noise.py', folder: root });
    expect(problems).toEqual([]);
  });

  it('goes through the folders in their order, each once', async () => {
    const [second, first] = [folderWith('b.py'), folderWith('z.py')];
    const { scripts } = await listScripts({ scripts: [first, second, first] });
    expect(scripts.map((script) => script.name)).toEqual(['z.py', 'b.py']);
  });

  it('takes a linked script and does not follow a linked folder in a circle', async () => {
    const root = folderWith('real.py');
    symlinkSync(join(root, 'real.py'), join(root, 'linked.py'));
    symlinkSync(root, join(root, 'again'));
    const { scripts } = await listScripts({ scripts: [root] });
    expect(scripts.map((script) => script.name)).toEqual(['linked.py', 'real.py']);
  });

  it('says which folders cannot be listed and lists the others', async () => {
    const root = folderWith('a.py', 'file');
    const missing = join(root, 'missing');
    const forbidden: typeof readLocalDirectory = (path) =>
      path === '/forbidden'
        ? Promise.reject(Object.assign(new Error('no'), { code: 'EACCES' }))
        : readLocalDirectory(path);
    const { scripts, problems } = await listScripts(
      { scripts: [missing, join(root, 'file'), '/forbidden', root] },
      forbidden,
    );
    expect(scripts).toHaveLength(1);
    expect(problems).toEqual([
      `The folder ${missing} cannot be listed: it does not exist.`,
      `The folder ${join(root, 'file')} cannot be listed: it is not a folder.`,
      'The folder /forbidden cannot be listed: this user has no permission.',
    ]);
  });

  it('stops at 2,000 entries and says so', async () => {
    const root = folderWith(
      ...Array.from({ length: 2100 }, (_, index) => `s${String(index).padStart(4, '0')}.py`),
    );
    const { scripts, problems } = await listScripts({ scripts: [root, folderWith('later.py')] });
    expect([scripts.length, scripts.at(-1)?.name]).toEqual([2000, 's1999.py']);
    expect(problems).toEqual(["The slot's folders hold more than 2000 entries; the rest is not listed."]);
  });
});
