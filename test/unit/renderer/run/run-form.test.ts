import { describe, expect, it } from 'vitest';
import { groupScripts } from '../../../../renderer/run/script-groups';
import { runEnvironment } from '../../../../renderer/run/run-environment';
import { describeCommand, emptyRunForm, fillFromTask, readRunForm } from '../../../../renderer/run/run-form';
import type { SlotConfig } from '../../../../shared/config/crates';
import { remotePlaces, sampleSlot, slotId } from '../support/samples';

const form = { ...emptyRunForm, script: ' /scripts/take_iv.py ', args: '--note "two words"' };

describe('reading the form', () => {
  it('asks for the script with its words and the run’s log', () => {
    expect(readRunForm(slotId, form)).toEqual({
      ok: true,
      value: {
        slot: slotId,
        script: '/scripts/take_iv.py',
        args: ['--note', 'two words'],
        log: true,
        task: null,
      },
    });
  });

  it('says where the output goes as the contract does', () => {
    expect(readRunForm(slotId, { ...form, log: 'discard' })).toMatchObject({
      ok: true,
      value: { log: false },
    });
    expect(readRunForm(slotId, { ...form, log: 'append', logPath: ' /data/a.log ' })).toMatchObject({
      ok: true,
      value: { log: '/data/a.log' },
    });
  });

  it.each([
    [{ script: '  ' }, 'script'],
    [{ args: "it's" }, 'args'],
    [{ log: 'append' as const, logPath: ' ' }, 'logPath'],
  ])('names the field at fault for %j', (change, field) => {
    expect(readRunForm(slotId, { ...form, ...change })).toMatchObject({ ok: false, error: { code: field } });
  });
});

describe('a task', () => {
  it('fills in its script and arguments and is named in the request', () => {
    const filled = fillFromTask(form, { name: 'tune_squids', script: '/t.py', args: ['--a', 'b c'] });
    expect(readRunForm(slotId, filled)).toMatchObject({
      ok: true,
      value: { script: '/t.py', args: ['--a', 'b c'], task: 'tune_squids' },
    });
  });
});

describe('the command and its environment', () => {
  it('is what will be run, to the letter', () => {
    expect(describeCommand(sampleSlot.transport, '/my scripts/a.py', ['--x', '$1'])).toBe(
      `python3 -u '/my scripts/a.py' --x '$1'`,
    );
  });

  it('lets the slot’s own variables win', () => {
    const slot = {
      ...sampleSlot,
      transport: { ...sampleSlot.transport, env: { SMURFPUB_BACKEND: 'null', A: '1' } },
    };
    expect(runEnvironment(slot, 8300)).toEqual([
      { name: 'SMURFPUB_ID', value: 'crate1slot3' },
      { name: 'SMURFPUB_BACKEND', value: 'null' },
      { name: 'SMURFPUB_UDP_HOST', value: '127.0.0.1' },
      { name: 'SMURFPUB_UDP_PORT', value: '8300' },
      { name: 'SLOT', value: '3' },
      { name: 'A', value: '1' },
    ]);
  });
});

describe('the environment beside a relay', () => {
  it('leaves the way of the messages to the supervisor, whatever the slot says', () => {
    const slot: SlotConfig = {
      ...sampleSlot,
      transport: { ...remotePlaces.ssh, env: { SMURFPUB_UDP_HOST: '10.0.0.1', A: '1' } },
      relay: { forward: null },
    };
    expect(runEnvironment(slot, 8300)).toEqual([
      { name: 'SMURFPUB_ID', value: 'crate1slot3' },
      { name: 'SMURFPUB_BACKEND', value: 'udp' },
      { name: 'SMURFPUB_UDP_HOST', value: 'set by the supervisor' },
      { name: 'SMURFPUB_UDP_PORT', value: 'set by the supervisor' },
      { name: 'SLOT', value: '3' },
      { name: 'A', value: '1' },
    ]);
  });
});

describe('the list under Script', () => {
  const scripts = [
    { path: '/a/take_iv.py', name: 'take_iv.py', folder: '/a' },
    { path: '/b/tune.py', name: 'tune.py', folder: '/b' },
    { path: '/a/take_noise.py', name: 'take_noise.py', folder: '/a' },
  ];
  const names = (typed: string): string[][] =>
    groupScripts(scripts, typed).map((group) => [group.title, ...group.scripts.map((script) => script.name)]);

  it('is by folder, filtered by what was typed', () => {
    expect(names('')).toEqual([
      ['/a', 'take_iv.py', 'take_noise.py'],
      ['/b', 'tune.py'],
    ]);
    expect(names('TUNE')).toEqual([['/b', 'tune.py']]);
    expect(names('nothing like it')).toEqual([]);
  });

  it('shows all again once one is chosen', () => {
    expect(names('/b/tune.py')).toHaveLength(2);
  });
});
