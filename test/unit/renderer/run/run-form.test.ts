import { describe, expect, it } from 'vitest';
import { groupScripts, isFullPath, namedScript } from '../../../../renderer/run/script-groups';
import { runEnvironment } from '../../../../renderer/run/run-environment';
import {
  asText,
  describeCommand,
  draftOf,
  emptyRunForm,
  fillForm,
  previewWords,
  readRunForm,
  runFormSchema,
  settleFill,
  withDraft,
} from '../../../../renderer/run/run-form';
import type { SlotConfig } from '../../../../shared/config/crates';
import { argument, formOf, uses } from '../../shared/arguments/forms';
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
    const filled = fillForm(form, { task: 'tune_squids', script: '/t.py', args: ['--a', 'b c'] });
    expect(readRunForm(slotId, filled)).toMatchObject({
      ok: true,
      value: { script: '/t.py', args: ['--a', 'b c'], task: 'tune_squids' },
    });
  });
});

describe('a form with fields', () => {
  const reading = {
    arguments: { form: formOf([argument('--step', { required: true }), argument('--note')]), unread: [] },
    isReading: false,
    fault: null,
  };
  const filled = fillForm(form, { script: '/s.py', args: ['--step', '1', '--what', 'x y'], log: false });

  it('shows words that wait as typed ones, and runs them so until the fields are known', () => {
    expect(filled).toMatchObject({ args: "--step 1 --what 'x y'", log: 'discard', task: null });
    expect(readRunForm(slotId, filled)).toMatchObject({
      ok: true,
      value: { args: ['--step', '1', '--what', 'x y'] },
    });
    const settled = settleFill(filled, reading);
    expect(settled).toMatchObject({
      args: "--what 'x y'",
      values: { '/--step': uses(['1']) },
      fill: null,
    });
    expect(readRunForm(slotId, settled, reading)).toMatchObject({
      ok: true,
      value: { args: ['--step', '1', '--what', 'x y'] },
    });
  });

  it('is not run while what was entered cannot be written, nor with something missing', () => {
    const entered = { ...form, args: '', values: { '/--note': uses(['n']) } };
    expect(readRunForm(slotId, entered)).toMatchObject({ ok: false, error: { code: 'fields' } });
    expect(readRunForm(slotId, entered, reading)).toEqual({
      ok: false,
      error: { code: 'fields', message: '--step: Has to be given.' },
    });
    expect(previewWords(entered, reading)).toEqual(['--note', 'n']);
    expect(asText({ ...entered, args: `--half "x` }, reading)).toBe('--note n --half "x');
    const typedOnly = { ...entered, usesFields: false, args: '--any' };
    expect(readRunForm(slotId, typedOnly, reading)).toMatchObject({ ok: true, value: { args: ['--any'] } });
  });

  it('counts no fields of a script that has none any more', () => {
    const entered = { ...form, args: 'x', values: { '/--note': uses(['n']) } };
    const without = { ...reading, arguments: { form: null, unread: [] } };
    expect(readRunForm(slotId, entered, without)).toMatchObject({ ok: true, value: { args: ['x'] } });
  });

  it('is remembered as it is, half a quote and all; what cannot be read is forgotten', () => {
    const entered = { ...form, args: `--note "half`, values: { '/--step': uses(['']) }, logPath: '/a' };
    expect(withDraft(emptyRunForm, draftOf(entered))).toEqual({ ...entered, script: '', task: null });
    expect(withDraft(entered, '{"args": 3')).toEqual({ ...emptyRunForm, script: entered.script });
    expect(withDraft(entered, '{"args": 3}')).toEqual({ ...emptyRunForm, script: entered.script });
  });

  it('is read from what an earlier panel stored', () => {
    const stored = { script: '/s.py', args: '-a', log: 'run-log', logPath: '', task: null };
    expect(runFormSchema.parse(stored)).toEqual({ ...emptyRunForm, script: '/s.py', args: '-a' });
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

  it('has favourites first, then those run last, each script once, those typed once too', () => {
    const order = { favourites: ['/b/tune.py'], recent: ['/typed/once.py', '/b/tune.py', '/a/take_iv.py'] };
    const groups = groupScripts(scripts, '', order);
    expect(groups.map(({ title, scripts: found }) => [title, ...found.map(({ name }) => name)])).toEqual([
      ['Favourites', 'tune.py'],
      ['Recent', 'once.py', 'take_iv.py'],
      ['/a', 'take_noise.py'],
    ]);
  });

  it('finds parts of folder and name in any order', () => {
    expect(names('noise /a')).toEqual([['/a', 'take_noise.py']]);
  });

  it('names a script by the end of its path where only one has it', () => {
    expect(namedScript(scripts, ' tune.py ')).toBe('/b/tune.py');
    expect(namedScript([...scripts, { path: '/c/tune.py', name: 'tune.py', folder: '/c' }], 'tune.py')).toBe(
      'tune.py',
    );
    expect(namedScript(scripts, 'une.py')).toBe('une.py');
    expect(namedScript(scripts, '/not/there.py')).toBe('/not/there.py');
  });

  it('takes a path of Windows for one, with either separator', () => {
    const listed = [{ path: 'C:/s/tune.py', name: 'tune.py', folder: 'C:/s' }];
    expect(namedScript(listed, 'C:\\s\\tune.py')).toBe('C:/s/tune.py');
    expect(isFullPath('C:\\s\\tune.py')).toBe(true);
    expect(groupScripts(listed, 'C:\\s\\tune.py')).toHaveLength(1);
    const favourites = [namedScript(listed, 'C:\\once\\typed.py')];
    expect(groupScripts([], '', { favourites, recent: [] })).toMatchObject([
      { scripts: [{ name: 'typed.py', folder: 'C:/once' }] },
    ]);
  });

  it('shows all again once one is chosen', () => {
    expect(names('/b/tune.py')).toHaveLength(2);
  });
});
