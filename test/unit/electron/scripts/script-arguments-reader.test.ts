import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readLocalFile } from '../../../../electron/run/read-local-file';
import type { ReadsFiles } from '../../../../electron/scripts/module-reader';
import { ScriptArgumentsReader } from '../../../../electron/scripts/script-arguments-reader';

const root = join(import.meta.dirname, '../../../..');
const standIns = join(root, 'build/resources/stand-ins');
let folder = '';
let workerFile = '';
let stuckWorker = '';
let brokenWorker = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'smurf-panel-arguments-'));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: folder,
      emptyOutDir: false,
      ssr: join(root, 'electron/scripts/arguments-worker.ts'),
      rolldownOptions: { output: { format: 'es', entryFileNames: 'arguments-worker.mjs' } },
    },
    ssr: { noExternal: true },
  });
  workerFile = join(folder, 'arguments-worker.mjs');
  const turnsOff =
    "import { existsSync } from 'node:fs'; import { parentPort } from 'node:worker_threads';\n";
  stuckWorker = write(
    'stuck.mjs',
    `${turnsOff}parentPort.on('message', ({ id, source }) => {
    while (source.includes('stuck'));
    parentPort.postMessage({ id, read: { form: null, unread: [{ line: null, message: source }] }, wanted: [] });
  });`,
  );
  brokenWorker = write(
    'broken.mjs',
    `${turnsOff}parentPort.on('message', () => { throw new Error('broken to pieces'); });`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

/** The files of this machine, with a list of those that were asked for. */
function filesWithList(): ReadsFiles & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    readFile: (path, limit) => {
      asked.push(path);
      return readLocalFile(path, limit);
    },
  };
}

async function withReader<T>(
  file: string,
  act: (reader: ScriptArgumentsReader) => Promise<T>,
  patience?: number,
): Promise<T> {
  const reader = new ScriptArgumentsReader({
    workerFile: file,
    standIns,
    ...(patience === undefined ? {} : { patience }),
  });
  try {
    return await act(reader);
  } finally {
    await reader.close();
  }
}

const script =
  'import argparse\nfrom helper import add\nimport numpy\np = argparse.ArgumentParser()\nadd(p)\np.parse_args()\n';

describe('reading the arguments of a script where it is', () => {
  it('reads the script and the modules beside it, and reads them anew when one of them changes', async () => {
    const path = write('own/script.py', script);
    write('own/helper/__init__.py', 'from .names import NAME\ndef add(p):\n    p.add_argument(NAME)\n');
    write('own/helper/names.py', "NAME = '--one'\n");
    await withReader(workerFile, async (reader) => {
      const names = async (): Promise<unknown> => {
        const read = await reader.read(filesWithList(), path, []);
        return read.ok ? read.value.form?.arguments.map(({ name }) => name) : read;
      };
      expect(await names()).toEqual(['--one']);
      expect(await names()).toEqual(['--one']);
      write('own/helper/names.py', "NAME = '--two'\n");
      expect(await names()).toEqual(['--two']);
      write('own/script.py', script.replace('add(p)', "p.add_argument('--three')"));
      expect(await names()).toEqual(['--three']);
    });
  });

  it('asks for nothing of Python itself, nor outside the folder', async () => {
    const path = write(
      'far/script.py',
      'import os, argparse\nfrom ... import secrets\nfrom .. import up\nimport lab.more\n',
    );
    const files = filesWithList();
    await withReader(workerFile, (reader) => reader.read(files, path, []));
    expect(files.asked.filter((name) => !name.startsWith(join(folder, 'far/')))).toEqual([]);
    expect(files.asked.some((name) => name.includes('/os'))).toBe(false);
    expect(files.asked).toContain(join(folder, 'far/lab.py'));
  });

  it('looks for what is not beside the script along PYTHONPATH, in its order', async () => {
    const path = write('path/script.py', script);
    write('path-a/numpy.py', '');
    write('path-b/helper.py', "def add(p):\n    p.add_argument('--second')\n");
    const later = write('path-c/helper.py', "def add(p):\n    p.add_argument('--third')\n");
    const along = ['path-a', 'path-b', 'path-c'].map((name) => join(folder, name));
    await withReader(workerFile, async (reader) => {
      const files = filesWithList();
      const read = await reader.read(files, path, along);
      expect(read).toMatchObject({
        ok: true,
        value: { form: { arguments: [{ name: '--second' }] }, unread: [] },
      });
      expect(files.asked).not.toContain(later);
      write('path/helper.py', "def add(p):\n    p.add_argument('--first')\n");
      const beside = await reader.read(files, path, along);
      expect(beside).toMatchObject({ value: { form: { arguments: [{ name: '--first' }] } } });
    });
  });

  describe('of sodetlib', () => {
    const names = ['--sys-file', '--dev-file', '--pysmurf-file', '--uxm-file', '--slot', '--dump-configs'];
    const tuning =
      'import argparse\nimport sodetlib as sdl\nfrom sodetlib.det_config import DetConfig\ncfg = DetConfig()\n' +
      "parser = argparse.ArgumentParser()\nparser.add_argument('--bands', type=int, nargs='+')\n" +
      'args = cfg.parse_args(parser)\n';
    const readForm = async (path: string, along: readonly string[] = []) => {
      const read = await withReader(workerFile, (reader) => reader.read(filesWithList(), path, along));
      if (!read.ok) throw new Error(read.error.message);
      const { form, unread } = read.value;
      return { form, flags: form?.arguments.map((argument) => argument.name), notes: unread };
    };

    it('shows what the panel knows of it where it cannot be read, and says so', async () => {
      const { form, flags, notes } = await readForm(write('so/run_tuning.py', tuning));
      expect(flags).toEqual(['--bands', ...names]);
      expect(form?.arguments.at(-2)).toMatchObject({
        flags: ['--slot', '-N'],
        dest: 'slot',
        action: { kind: 'value', value: { type: 'integer' } },
      });
      expect(form?.arguments.at(-1)).toMatchObject({
        flags: ['--dump-configs', '-D'],
        action: { kind: 'switch' },
      });
      expect(notes).toEqual([
        { line: null, message: expect.stringContaining('the panel’s own idea') as unknown },
      ]);
      expect(notes[0]?.message).toMatch(
        /^sodetlib is neither .*: --sys-file, .*, --slot, --dump-configs are/,
      );
    });

    it('shows a form where the script has no argument of its own', async () => {
      const source = 'from sodetlib.det_config import DetConfig\nDetConfig().parse_args()\n';
      expect((await readForm(write('so/setup.py', source))).flags).toEqual(names);
    });

    it('says nothing where the script takes its arguments by itself', async () => {
      const source = tuning.replace(
        'cfg.parse_args(parser)',
        "parser.parse_args()\ncfg.parse_args(args=['-N', '2'])",
      );
      const { flags, notes } = await readForm(write('so/dump_state.py', source));
      expect(flags).toEqual(['--bands']);
      expect(notes).toEqual([]);
    });

    it('goes by the real one where that can be read', async () => {
      write('site/sodetlib/__init__.py', '');
      write(
        'site/sodetlib/det_config.py',
        "class DetConfig:\n    def parse_args(self, parser):\n        parser.add_argument('--real')\n        return parser.parse_args()\n",
      );
      const { flags, notes } = await readForm(write('so/run_tuning.py', tuning), [join(folder, 'site')]);
      expect(flags).toEqual(['--bands', '--real']);
      expect(notes).toEqual([]);
    });
  });

  it('says which script is not there', async () => {
    const read = await withReader(workerFile, (reader) =>
      reader.read(filesWithList(), '/nowhere/at_all.py', []),
    );
    const message: unknown = expect.stringContaining('/nowhere/at_all.py');
    expect(read).toEqual({ ok: false, error: { code: 'file-unreadable', message } });
  });

  it('reads other encodings', async () => {
    const path = write(
      'latin.py',
      Buffer.from(
        "# coding: latin-1\nimport argparse\np = argparse.ArgumentParser(description='Größe')\np.parse_args()\n",
        'latin1',
      ),
    );
    const read = await withReader(workerFile, (reader) => reader.read(filesWithList(), path, []));
    expect(read).toMatchObject({ ok: true, value: { form: { description: 'Größe' } } });
  });

  it('replaces a worker that is stuck, and answers the next', async () => {
    const [stuck, fine] = [write('stuck.py', 'stuck'), write('fine.py', 'fine')];
    await withReader(
      stuckWorker,
      async (reader) => {
        const [first, second] = await Promise.all([
          reader.read(filesWithList(), stuck, []),
          reader.read(filesWithList(), fine, []),
        ]);
        expect(first).toEqual({
          ok: false,
          error: {
            code: 'arguments-timeout',
            message: 'Reading the arguments of stuck.py took more than 2 s and was given up.',
          },
        });
        expect(second).toMatchObject({ ok: true, value: { unread: [{ message: 'fine' }] } });
      },
      2000,
    );
  });

  it('says why a worker ended, and goes on with another', async () => {
    const path = write('any.py', 'any');
    await withReader(brokenWorker, async (reader) => {
      for (const read of [
        await reader.read(filesWithList(), path, []),
        await reader.read(filesWithList(), path, []),
      ]) {
        expect(read).toEqual({
          ok: false,
          error: {
            code: 'arguments-failed',
            message: 'The arguments of any.py could not be read: broken to pieces.',
          },
        });
      }
    });
  });

  it('answers those who wait when it is closed', async () => {
    const path = write('stuck2.py', 'stuck');
    const reader = new ScriptArgumentsReader({ workerFile: stuckWorker, standIns });
    const read = reader.read(filesWithList(), path, []);
    await reader.close();
    expect((await read).ok).toBe(false);
  });
});
