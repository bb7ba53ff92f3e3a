import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigService } from '../../../../electron/config/config-service';
import type { PanelConfig } from '../../../../shared/config/crates';
import { keepEveryRun } from '../../../../shared/domain/history';
import { slotIdSchema } from '../../../../shared/domain/ids';
import type { ConfigStatus } from '../../../../shared/ipc/state';
import { eventually } from '../../../fixtures/eventually';

const demo = '# The demo crate\ncrates:\n  - name: demo\n    publisher-id: demo1 # its only slot\n';
const site = (port: number) =>
  `# site\nlistener: { port: ${port} }\ncrates:\n  - name: c\n    slots:\n      - { slot: 1, publisher-id: c1 }\n`;

const services: ConfigService[] = [];
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.close()));
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(text: string | null, prepare?: (home: string) => void) {
  const home = mkdtempSync(join(tmpdir(), 'smurf-panel-config-'));
  folders.push(home);
  const path = join(home, 'crates.yaml');
  if (text !== null) writeFileSync(path, text);
  prepare?.(home);
  const changes: { config: PanelConfig; status: ConfigStatus }[] = [];
  const statuses: ConfigStatus[] = [];
  const service = new ConfigService({
    home,
    demo,
    onChange: (config, status) => changes.push({ config, status }),
    onStatus: (status) => statuses.push(status),
  });
  services.push(service);
  await service.load();
  return { service, home, path, changes, statuses };
}

const names = (config: PanelConfig) => config.crates.map((crate) => crate.name);

describe('at the start', () => {
  it('the file is in force', async () => {
    const { service, changes } = await start(site(8300));
    expect(changes).toHaveLength(1);
    expect(changes[0]?.status).toEqual({ path: service.path, source: 'file', problems: [] });
    expect(service.config.listener.port).toBe(8300);
  });

  it('without a file the demo crate is in force, and nothing is written', async () => {
    const { service, home, changes } = await start(null);
    expect(changes).toHaveLength(1);
    expect([service.status.source, names(service.config)]).toEqual(['demo', ['demo']]);
    expect(await service.read()).toMatchObject({ exists: false, text: demo, problems: [] });
    expect(readdirSync(home)).toEqual([]);
  });

  it('without a good file nothing that was kept goes', async () => {
    const broken = await start('retention: { messages: 50000000\ncrates: []\n');
    const none = await start(null);
    for (const { changes } of [broken, none])
      expect(changes[0]?.config.retention).toEqual({ messages: null, runs: keepEveryRun });
    const good = await start(`retention: { messages: 50000000 }\n${site(8300)}`);
    expect(good.changes[0]?.config.retention.messages).toBe(50_000_000);
  });

  it('a broken file leaves no crates in force, with its problems shown', async () => {
    const { service, changes } = await start('crates:\n  - nam: c\n');
    expect(changes[0]?.config.crates).toEqual([]);
    expect(service.status.source).toBe('last-good');
    expect(service.status.problems[0]).toMatchObject({ line: 2, column: 5 });
    expect(await service.read()).toMatchObject({ exists: true, document: { crates: [{ nam: 'c' }] } });
  });

  it('a folder in place of the file, and text that is not UTF-8, are said in sentences', async () => {
    const folder = await start(null, (home) => mkdirSync(join(home, 'crates.yaml')));
    expect(folder.service.status.problems[0]?.message).toBe(`${folder.path} cannot be read: it is a folder.`);
    const latin = await start(null, (home) =>
      writeFileSync(join(home, 'crates.yaml'), Buffer.from([0x23, 0xe9])),
    );
    expect(latin.service.status.problems[0]?.message).toBe(`${latin.path} is not UTF-8 text.`);
    expect((await latin.service.read()).problems).toEqual(latin.service.status.problems);
  });
});

describe('a change from outside', () => {
  it('is taken up, also when an editor replaces the file', async () => {
    const { service, path, changes } = await start(site(8300));
    writeFileSync(path, site(8301));
    await eventually(() => expect(service.config.listener.port).toBe(8301));
    writeFileSync(`${path}~`, site(8302));
    renameSync(`${path}~`, path);
    await eventually(() => expect(service.config.listener.port).toBe(8302));
    expect(changes).toHaveLength(3);
  });

  it('that breaks the file leaves the last good state in force, until it is mended', async () => {
    const { service, path, changes, statuses } = await start(site(8300));
    writeFileSync(path, site(8300).replace('slot: 1', 'slot: one'));
    await eventually(() => expect(service.status.source).toBe('last-good'));
    expect(service.config.listener.port).toBe(8300);
    expect(statuses.at(-1)?.problems[0]).toMatchObject({ line: 6, column: 17 });
    writeFileSync(path, site(8300));
    await eventually(() => expect(service.status.source).toBe('file'));
    expect(changes).toHaveLength(1);
  });

  it('that removes the file leaves the last good state in force', async () => {
    const { service, path } = await start(site(8300));
    rmSync(path);
    await service.refresh();
    expect(service.status).toMatchObject({ source: 'last-good', problems: [{ line: null }] });
    expect(service.config.listener.port).toBe(8300);
  });

  it('that makes the first file ends the demo', async () => {
    const { service, path } = await start(null);
    writeFileSync(path, site(8300));
    await service.refresh();
    expect([service.status.source, names(service.config)]).toEqual(['file', ['c']]);
  });
});

describe('an edit in the panel', () => {
  it('is written with the comments kept, and is in force at once', async () => {
    const { service, path, changes } = await start(site(8300));
    const { revision } = await service.read();
    const edited = await service.edit(revision, [{ path: ['listener', 'port'], value: 8400 }]);
    expect(edited).toMatchObject({ ok: true, value: { text: site(8400), problems: [] } });
    expect(readFileSync(path, 'utf8')).toBe(site(8400));
    expect(service.config.listener.port).toBe(8400);
    expect(changes).toHaveLength(2);
    expect(edited.ok && edited.value.revision).not.toBe(revision);
  });

  it('of an older state is refused, and so is one of a file made meanwhile', async () => {
    const { service, path } = await start(site(8300));
    const { revision } = await service.read();
    writeFileSync(path, site(8301));
    const refused = await service.edit(revision, [{ path: ['listener', 'port'], value: 8400 }]);
    expect(refused).toMatchObject({ ok: false, error: { code: 'config-stale' } });
    expect(!refused.ok && refused.error.message).toContain(`${path} was changed by someone else`);
    expect(readFileSync(path, 'utf8')).toBe(site(8301));

    const fresh = await start(null);
    const first = await fresh.service.read();
    writeFileSync(fresh.path, demo);
    expect(await fresh.service.write(first.revision, site(1))).toMatchObject({
      ok: false,
      error: { code: 'config-stale' },
    });
  });

  it('of which only one of two at the same time is taken', async () => {
    const { service } = await start(site(8300));
    const { revision } = await service.read();
    const both = await Promise.all([
      service.edit(revision, [{ path: ['listener', 'port'], value: 1 }]),
      service.edit(revision, [{ path: ['listener', 'port'], value: 2 }]),
    ]);
    expect(both.map((each) => each.ok)).toEqual([true, false]);
    expect(service.config.listener.port).toBe(1);
  });

  it('that is not valid changes nothing', async () => {
    const { service, path } = await start(site(8300));
    const { revision } = await service.read();
    const edited = await service.edit(revision, [{ path: ['listener', 'port'], value: 'x' }]);
    expect(!edited.ok && edited.error.message).toContain('listener.port: has to be a number');
    const written = await service.write(revision, 'crates: []');
    expect(!written.ok && written.error.message).toContain('needs at least 1 entry');
    expect(readFileSync(path, 'utf8')).toBe(site(8300));
  });

  it('without a file starts from the demo crate', async () => {
    const { service, path } = await start(null);
    const { revision } = await service.read();
    await service.edit(revision, [{ path: ['crates', 0, 'aliases'], value: ['d'] }]);
    expect(readFileSync(path, 'utf8')).toContain('# its only slot');
    expect(service.status.source).toBe('file');
  });

  it('mends a broken file by writing it anew', async () => {
    const { service } = await start('crates: [');
    const { revision } = await service.read();
    expect(await service.write(revision, site(8300))).toMatchObject({ ok: true });
    expect(service.status).toMatchObject({ source: 'file', problems: [] });
  });

  it('keeps the permissions, follows a link, and leaves no other file behind', async () => {
    const { service, home, path } = await start(null, (folder) => {
      mkdirSync(join(folder, 'shared'));
      writeFileSync(join(folder, 'shared', 'real.yaml'), site(8300));
      chmodSync(join(folder, 'shared', 'real.yaml'), 0o640);
      symlinkSync(join('shared', 'real.yaml'), join(folder, 'crates.yaml'));
    });
    const { revision } = await service.read();
    expect(await service.write(revision, site(8400))).toMatchObject({ ok: true });
    expect(lstatSync(path).isSymbolicLink()).toBe(true);
    const target = join(home, 'shared', 'real.yaml');
    expect(readFileSync(target, 'utf8')).toBe(site(8400));
    expect(statSync(target).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(home, 'shared'))).toEqual(['real.yaml']);
  });

  it('on a read-only file system is refused in a sentence', async (context) => {
    const mounted = (home: string) => {
      if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'none', home]).status !== 0) {
        context.skip('this user may not mount a file system');
      }
      writeFileSync(join(home, 'crates.yaml'), site(8300));
      spawnSync('mount', ['-o', 'remount,ro', home]);
    };
    const { service, home, path } = await start(null, mounted);
    try {
      const { revision } = await service.read();
      expect(await service.write(revision, site(8400))).toEqual({
        ok: false,
        error: {
          code: 'config-unwritable',
          message: `${path} cannot be written: the file system is read-only. Nothing was changed.`,
        },
      });
      await service.close();
    } finally {
      spawnSync('umount', [home]);
    }
  });
});

describe('an alias', () => {
  const slot = slotIdSchema.parse('c1');

  it('is added to its slot, once', async () => {
    const { service } = await start(site(8300));
    expect(await service.addAlias(slot, 'uxm_mv6')).toMatchObject({ ok: true });
    const second = await service.addAlias(slot, 'STREAMER_2');
    expect(service.config.crates[0]?.slots[0]?.aliases).toEqual(['uxm_mv6', 'STREAMER_2']);
    const again = await service.addAlias(slot, 'uxm_mv6');
    expect(again.ok && second.ok && again.value.revision === second.value.revision).toBe(true);
  });

  it('of the demo crate makes the file', async () => {
    const { service, path } = await start(null);
    await service.addAlias(slotIdSchema.parse('demo1'), 'other');
    expect(readFileSync(path, 'utf8')).toMatch(/^# The demo crate/);
    expect(service.config.crates[0]?.slots[0]?.aliases).toEqual(['other']);
  });

  it('is refused where it is taken, and where there is no such slot', async () => {
    const { service } = await start(`${site(8300)}  - name: d\n    publisher-id: d1\n`);
    const taken = await service.addAlias(slot, 'd1');
    expect(!taken.ok && taken.error.message).toContain('"d1" already belongs to c1');
    expect(await service.addAlias(slotIdSchema.parse('zz'), 'a')).toMatchObject({
      ok: false,
      error: { code: 'config-unknown-slot' },
    });
  });
});
