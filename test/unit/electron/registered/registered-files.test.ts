import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import {
  RegisteredFiles,
  type RegisteredFilesOptions,
} from '../../../../electron/registered/registered-files';
import type { Transport } from '../../../../electron/run/transport';
import type { PanelDatabase } from '../../../../electron/store/database';
import type { FileId } from '../../../../shared/domain/registered-file';
import { failure, success } from '../../../../shared/result';
import { makeSlotConfig } from '../../../fixtures/panel-state';
import { remotePlaces } from '../../renderer/support/samples';
import { batch, message, openDatabase, runId, slotA } from '../store/fixtures';
import { freshFolder, png } from './support';

/** The service over a real database, with a slot whose map leads from /data to a folder. */
function bench(changes: Partial<RegisteredFilesOptions> = {}) {
  const home = freshFolder();
  const folder = join(home, 'mapped');
  mkdirSync(folder);
  const database = openDatabase(join(home, 'panel.sqlite'));
  const slot = { ...makeSlotConfig(slotA), paths: [{ from: '/data', to: folder }] };
  const files = new RegisteredFiles({
    store: { ask: askOf(database) },
    slotOf: () => slot,
    transportOf: () => {
      throw new Error('nothing is elsewhere');
    },
    now: () => Date.now() + 60_000,
    onFault: (error) => {
      throw error;
    },
    ...changes,
  });
  const register = (path: string, more: object = {}): FileId => {
    const payload = {
      path,
      type: 'iv',
      format: '',
      plot: false,
      action: 'take_iv',
      action_ts: '17',
      ...more,
    };
    const text = JSON.stringify({ payload });
    database.record(batch({ messages: [message({ msgtype: 'data_file', run: runId(), text })] }));
    const found = database.files.ofRun(runId()).find((file) => file.path === path);
    if (found === undefined) throw new Error(`${path} was not registered`);
    return found.id;
  };
  return { files, folder, home, register };
}

function askOf(database: PanelDatabase): RegisteredFilesOptions['store']['ask'] {
  const ask = async (name: string, request: never): Promise<unknown> => {
    if (name === 'readFile') return success(database.files.read((request as { file: FileId }).file));
    if (name === 'filesOfRun') return success(database.files.ofRun(runId()));
    return success(database.files.list(request));
  };
  return ask as RegisteredFilesOptions['store']['ask'];
}

describe('registered files', () => {
  it('are served as what their bytes are, and only what is drawn', async () => {
    const { files, folder, home, register } = bench();
    writeFileSync(join(folder, 'no ending'), png);
    writeFileSync(join(folder, 'page.png'), '<html><script>1</script></html>');
    writeFileSync(join(home, 'secret.png'), png);
    symlinkSync(join(home, 'secret.png'), join(folder, 'link.png'));
    expect(await files.serve(register('/data/no ending'))).toEqual({ contentType: 'image/png', bytes: png });
    for (const path of [
      '/data/page.png',
      '/data/link.png',
      '/data/gone.png',
      '/data/../secret.png',
      '/etc/passwd',
    ]) {
      expect([path, await files.serve(register(path))]).toEqual([path, null]);
    }
    expect(await files.serve(999 as FileId)).toBeNull();
  });

  it('are looked at in one go, in order, unknown ids left out', async () => {
    const { files, folder, register } = bench();
    writeFileSync(join(folder, 'a.png'), png);
    const ids = [register('/data/gone'), register('/data/a.png'), 999 as FileId, register('/else/x')];
    const found = await files.inspect(ids, false);
    expect(found.map(({ id, state }) => [id, state])).toEqual([
      [ids[0], 'missing'],
      [ids[1], 'ready'],
      [ids[3], 'unmapped'],
    ]);
    expect(found[1]).toMatchObject({ kind: 'png', here: join(folder, 'a.png'), size: png.length });
  });

  it('that meet a fault of the panel leave the answers about others alone', async () => {
    const faults: unknown[] = [];
    const slot = { ...makeSlotConfig(slotA), transport: remotePlaces.ssh };
    const { files, register } = bench({ slotOf: () => slot, onFault: (error) => faults.push(error) });
    const found = await files.inspect([register('/data/a.png'), register('/etc/shadow')], true);
    expect(found.map(({ state }) => state)).toEqual(['unreadable', 'refused']);
    expect(faults).toEqual([new Error('nothing is elsewhere')]);
  });

  it('of np.save are found under the name that it made', async () => {
    const { files, folder, register } = bench();
    writeFileSync(join(folder, 'noise.npy'), 'x');
    expect(await files.inspect([register('/data/noise', { format: 'npy' })], false)).toMatchObject([
      { here: join(folder, 'noise.npy') },
    ]);
    expect(await files.inspect([register('/data/other')], false)).toMatchObject([{ state: 'missing' }]);
  });

  it('show their folder where they are missing, and none where they are not mapped', async () => {
    const { files, folder, register } = bench();
    writeFileSync(join(folder, 'a'), 'x');
    expect(await files.pathToShow(register('/data/a'))).toEqual(success(join(folder, 'a')));
    expect(await files.pathToShow(register('/data/sub/gone'))).toEqual(success(join(folder, 'sub')));
    expect(await files.pathToShow(register('/else/a'))).toMatchObject({ error: { code: 'file-unmapped' } });
  });

  it('of other machines are fetched when asked to, up to a limit', async () => {
    const sizes = new Map([
      ['/data/plot.png', png.length],
      ['/data/large.npy', 40_000_000],
    ]);
    const asked: string[] = [];
    const transport: Partial<Transport> = {
      statFile: async (path) => {
        const size = sizes.get(path);
        return size === undefined
          ? failure(path.includes('far') ? 'no-answer' : 'file-missing', `${path} is not there.`)
          : success({ size, mtime: 1000 });
      },
      readFile: async (path) => {
        asked.push(path);
        return success(png);
      },
    };
    const slot = { ...makeSlotConfig(slotA), transport: remotePlaces.ssh };
    const { files, register } = bench({ slotOf: () => slot, transportOf: () => transport as Transport });
    const id = register('/data/plot.png');
    expect(await files.inspect([id], false)).toMatchObject([
      { state: 'elsewhere', message: '/data/plot.png is on smurf-srv27; it is fetched when it is opened.' },
    ]);
    expect(asked).toEqual([]);
    expect(await files.inspect([id], true)).toMatchObject([{ state: 'ready', kind: 'png', here: null }]);
    expect(await files.serve(id)).toMatchObject({ contentType: 'image/png' });
    expect(await files.inspect([register('/data/large.npy')], true)).toMatchObject([
      { state: 'too-large', size: 40_000_000 },
    ]);
    expect(await files.inspect([register('/data/far')], true)).toMatchObject([{ state: 'unreachable' }]);
    expect(await files.inspect([register('/data/gone')], true)).toMatchObject([{ state: 'missing' }]);
    expect(await files.inspect([register('/etc/shadow')], true)).toMatchObject([{ state: 'refused' }]);
    expect(asked).toEqual(['/data/plot.png', '/data/plot.png']);
    expect(await files.pathToShow(id)).toMatchObject({ error: { code: 'file-elsewhere' } });
  });

  it('of a run go into an archive under the name of their group, or say why not', async () => {
    const { files, folder, register } = bench();
    mkdirSync(join(folder, 'sub'));
    writeFileSync(join(folder, 'a.txt'), 'one');
    writeFileSync(join(folder, 'sub', 'a.txt'), 'two');
    register('/data/a.txt');
    register('/data/sub/a.txt');
    register('/data/gone', { action: null, action_ts: null });
    register('/data/a:b', { action: '../..', action_ts: 'x/y' });
    const found: [string, string][] = [];
    for await (const file of files.exportedFiles(runId())) {
      const { name } = file;
      const opened = await file.open();
      found.push([name, opened.ok ? (await buffer(opened.value)).toString() : opened.error.code]);
    }
    expect(found).toEqual([
      ['17_take_iv/a.txt', 'one'],
      ['17_take_iv/a.txt', 'two'],
      ['without_action/gone', 'file-unreadable'],
      ['x_y_.._../a_b', 'file-unreadable'],
    ]);
  });

  it('that a streamer wrote stay where they are, and say where', async () => {
    const { files, folder, register } = bench();
    writeFileSync(join(folder, '1584402016_000.g3'), 'raw');
    register('/data/1584402016_000.g3', { type: 'g3', format: 'g3' });
    for await (const file of files.exportedFiles(runId()))
      expect(await file.open()).toEqual({
        ok: false,
        error: {
          code: 'file-raw',
          message: 'raw timestreams are not copied; where it was written it is /data/1584402016_000.g3',
        },
      });
    expect.assertions(1);
  });

  it('tell whether a row of the path map is good', async () => {
    const { files, folder, home, register } = bench();
    writeFileSync(join(folder, 'a.png'), png);
    writeFileSync(join(folder, 'noise.npy'), '');
    const test = async (from: string, to: string): Promise<unknown> => {
      const reply = await files.testPath(slotA, from, to);
      return reply.ok ? [reply.value.isGood, reply.value.message] : reply;
    };
    expect(await test('/data', folder)).toEqual([
      true,
      `${folder} is there and can be read. This slot has registered no file yet.`,
    ]);
    register('/data/a.png');
    register('/data/noise');
    register('/data/../x');
    expect(await test('/data', folder)).toEqual([
      true,
      `${folder} is there, and holds all of the 2 newest registered files below /data.`,
    ]);
    expect(await test('/data', home)).toMatchObject([
      false,
      expect.stringContaining('none of the 2 newest') as string,
    ]);
    expect(await test('/other', folder)).toMatchObject([
      true,
      expect.stringContaining('is below /other') as string,
    ]);
    expect(await test('/data', join(home, 'no'))).toEqual([
      false,
      `There is no folder ${join(home, 'no')} on this machine.`,
    ]);
    expect(await test('/data', join(folder, 'a.png'))).toMatchObject([
      false,
      expect.stringContaining('not a folder') as string,
    ]);
    expect(await test('data', folder)).toEqual([false, 'data is not a full path.']);
    expect(await test('/data', 'relative')).toEqual([false, 'relative is not a full path of this machine.']);
  });
});
