import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import {
  draftOf,
  newCrateDraft,
  newSlotDraft,
  type ConfigDraft,
  type SlotDraft,
} from '../../../../renderer/settings/config-draft';
import { configEdits } from '../../../../renderer/settings/config-edits';
import { faultsOf } from '../../../../renderer/settings/config-faults';
import { documentOf } from '../../../../renderer/settings/draft-document';
import {
  changeCrate,
  changeSlot,
  removeCrate,
  removeSlot,
} from '../../../../renderer/settings/draft-changes';
import { cratesFileSchema } from '../../../../shared/config/crates-file';

const text = `# the observatory's crates
listener: { host: 127.0.0.1, port: 8200 }
crates:
  - name: crate1 # in the dome
    slots:
      - slot: 2
        publisher-id: crate1slot2 # the old card
        aliases: [uxm_mv6]
        transport: { kind: local, python: python3.9, env: { A: "1", B: x } }
        tasks: [{ name: tune, script: /s/tune.py, args: [--band, "4 5", 6] }]
      - slot: 3
        publisher-id: crate1slot3 # the new card
      - slot: 4
        publisher-id: crate1slot4
        paths: [{ from: /data, to: /mnt/data }]
        abort: { interrupt: 10 }
  - name: lab
    publisher-id: readout_crate_1 # no slots here
`;

function read(source: string): ConfigDraft {
  const draft = draftOf(parseDocument(source).toJS());
  if (draft === null) throw new Error('the form cannot show the sample');
  return draft;
}

/** Applies edits as main does: to the document, in order. Returns the text. */
function applyEdits(source: string, before: ConfigDraft, after: ConfigDraft): string {
  const document = parseDocument(source);
  for (const edit of configEdits(before, after)) {
    if (edit.value === undefined) document.deleteIn(edit.path);
    else document.setIn(edit.path, document.createNode(edit.value));
  }
  return document.toString();
}

/** What the file means, defaults filled in. */
function meaning(document: unknown): unknown {
  return cratesFileSchema.parse(document);
}

const slotOf = (draft: ConfigDraft, id: string): SlotDraft =>
  draft.crates.flatMap((crate) => crate.slots).find((slot) => slot.publisherId === id)!;

describe('the edits that a form asks for', () => {
  it('are none while nothing changed', () => {
    const draft = read(text);
    expect(configEdits(draft, draft)).toEqual([]);
    expect(configEdits(draft, read(text))).toEqual([]);
  });

  it('stands for the same file that it was read from', () => {
    expect(meaning(documentOf(read(text)))).toEqual(meaning(parseDocument(text).toJS()));
  });

  it('are only the paths that changed', () => {
    const before = read(text);
    const slot = slotOf(before, 'crate1slot2');
    const after = changeSlot({ ...before, port: '8300' }, slot.key, {
      publisherId: ' s2 ',
      cwd: '/home/ocs',
      env: [{ key: 'k', left: 'A', right: '2' }],
      aliases: [],
    });
    const at = ['crates', 0, 'slots', 0];
    expect(configEdits(before, after)).toEqual([
      { path: ['listener', 'port'], value: 8300 },
      { path: [...at, 'publisher-id'], value: 's2' },
      { path: [...at, 'aliases'] },
      { path: [...at, 'transport', 'cwd'], value: '/home/ocs' },
      { path: [...at, 'transport', 'env', 'A'], value: '2' },
      { path: [...at, 'transport', 'env', 'B'] },
    ]);
  });

  it('writes a transport whole where the file has none', () => {
    const before = read(text);
    const after = changeSlot(before, slotOf(before, 'crate1slot3').key, { python: 'python3.11' });
    expect(configEdits(before, after)).toEqual([
      { path: ['crates', 0, 'slots', 1, 'transport'], value: { kind: 'local', python: 'python3.11' } },
    ]);
  });

  it('keep what two kinds of place share, and drop what the new one does not know', () => {
    const source = `crates:
  - name: crate1
    slots:
      - slot: 2
        publisher-id: s2
        # the container of the dome
        transport: { kind: docker, container: ocs-pysmurf, program: podman, user: "9000", runs: /r, python: py, env: { A: x } }
        relay: true # for the monitor
`;
    const before = read(source);
    const slot = slotOf(before, 's2');
    const at = ['crates', 0, 'slots', 0];
    const away = changeSlot(before, slot.key, { kind: 'ssh', host: 'smurf-srv27' });
    expect(configEdits(before, away)).toEqual([
      { path: [...at, 'transport', 'kind'], value: 'ssh' },
      { path: [...at, 'transport', 'container'] },
      { path: [...at, 'transport', 'program'] },
      { path: [...at, 'transport', 'user'] },
      { path: [...at, 'transport', 'host'], value: 'smurf-srv27' },
    ]);
    const written = applyEdits(source, before, away);
    expect(meaning(parseDocument(written).toJS())).toEqual(meaning(documentOf(away)));
    expect(written).toContain('# the container of the dome');
    // Back to the first kind, everything is as it was.
    expect(configEdits(before, changeSlot(away, slot.key, { kind: 'docker' }))).toEqual([]);
    expect(
      configEdits(before, changeSlot(before, slot.key, { kind: 'local' })).map((edit) => edit.path.at(-1)),
    ).toEqual(['kind', 'container', 'program', 'user', 'runs']);
  });

  it('write a place whole where the file has none, and text that looks like a number as text', () => {
    const before = read(text);
    const after = changeSlot(before, slotOf(before, 'crate1slot3').key, {
      kind: 'compose',
      service: 'smurf',
      file: '/opt/docker-compose.yml',
      user: '9000',
    });
    expect(configEdits(before, after)).toEqual([
      {
        path: ['crates', 0, 'slots', 1, 'transport'],
        value: { kind: 'compose', service: 'smurf', file: '/opt/docker-compose.yml', user: '9000' },
      },
    ]);
    expect(applyEdits(text, before, after)).toContain('user: "9000"');
  });

  it('say how messages come, and change only a part of the monitor they are handed on to', () => {
    const before = read(text);
    const { key } = slotOf(before, 'crate1slot3');
    const path = ['crates', 0, 'slots', 1, 'relay'];
    const edits = (change: Partial<SlotDraft>): unknown =>
      configEdits(before, changeSlot(before, key, change));
    expect(edits({ messages: 'direct' })).toEqual([{ path, value: false }]);
    expect(edits({ messages: 'recorded' })).toEqual([{ path, value: true }]);
    const forwarding = { messages: 'recorded', forwardHost: ' ocs-monitor ', forwardPort: '8200' } as const;
    expect(edits(forwarding)).toEqual([{ path, value: { forward: { host: 'ocs-monitor', port: 8200 } } }]);
    const saved = read(applyEdits(text, before, changeSlot(before, key, forwarding)));
    const slot = slotOf(saved, 'crate1slot3');
    expect(slot).toMatchObject({ messages: 'recorded', forwardHost: 'ocs-monitor', forwardPort: '8200' });
    expect(configEdits(saved, changeSlot(saved, slot.key, { forwardPort: '8300' }))).toEqual([
      { path: [...path, 'forward', 'port'], value: 8300 },
    ]);
    expect(configEdits(saved, changeSlot(saved, slot.key, { messages: 'default' }))).toEqual([{ path }]);
  });

  const changes: Record<string, (draft: ConfigDraft) => ConfigDraft> = {
    'a removed slot': (draft) => removeSlot(draft, slotOf(draft, 'crate1slot3').key),
    'two removed slots and a new one': (draft) => {
      const first = removeSlot(draft, slotOf(draft, 'crate1slot2').key);
      const second = removeSlot(first, slotOf(first, 'crate1slot4').key);
      const [crate] = second.crates;
      return changeCrate(second, crate!.key, { slots: [...crate!.slots, newSlotDraft(crate!)] });
    },
    'a removed crate and a new one': (draft) => {
      const less = removeCrate(draft, draft.crates[0]!.key);
      return { ...less, crates: [...less.crates, newCrateDraft(less.crates)] };
    },
    'a removal beside a change': (draft) => {
      const less = removeSlot(draft, slotOf(draft, 'crate1slot2').key);
      return changeSlot(less, slotOf(less, 'crate1slot4').key, {
        interrupt: '',
        terminate: '2.5',
        paths: [],
      });
    },
    'a crate without slots': (draft) =>
      changeSlot(draft, slotOf(draft, 'readout_crate_1').key, { scripts: ['/a', '/b'], udpHost: '10.0.0.1' }),
    'a task': (draft) =>
      changeSlot(draft, slotOf(draft, 'crate1slot2').key, {
        tasks: [{ key: 'k', name: 'iv', script: '/s/iv.py', args: `--note 'a b'` }],
      }),
  };

  it.each(Object.keys(changes))('make the file mean what the form says after %s', (name) => {
    const before = read(text);
    const after = changes[name]!(before);
    const written = applyEdits(text, before, after);
    expect(meaning(parseDocument(written).toJS())).toEqual(meaning(documentOf(after)));
    expect(configEdits(read(written), read(written))).toEqual([]);
  });

  it('name the site, and take the name out again', () => {
    const before = read(text);
    expect(before.site).toBe('');
    const set = applyEdits(text, before, { ...before, site: ' SAT1 ' });
    expect(meaning(parseDocument(set).toJS())).toMatchObject({ site: 'SAT1' });
    expect(read(set).site).toBe('SAT1');
    expect(documentOf(read(set))).toMatchObject({ site: 'SAT1' });
    const unset = applyEdits(set, read(set), { ...read(set), site: '' });
    expect(meaning(parseDocument(unset).toJS())).toEqual(meaning(parseDocument(text).toJS()));
    expect(faultsOf({ ...before, site: 'x'.repeat(61) }).get('site')).toContain('60 letters');
  });

  it('set the feed of updates, mend it, and take it out again', () => {
    const before = read(text);
    const set = applyEdits(text, before, { ...before, updateFeed: ' https://daq.lab.example/panel/ ' });
    expect(meaning(parseDocument(set).toJS())).toMatchObject({
      updates: { feed: 'https://daq.lab.example/panel/' },
    });
    expect(documentOf(read(set))).toMatchObject({ updates: { feed: 'https://daq.lab.example/panel/' } });
    const unset = applyEdits(set, read(set), { ...read(set), updateFeed: '' });
    expect(meaning(parseDocument(unset).toJS())).toMatchObject({ updates: {} });
    const faults = faultsOf({ ...before, updateFeed: 'ftp://daq' });
    expect(faults.get('updates.feed')).toBe('write a web address, https://…');
    const unsafe = faultsOf({ ...before, updateFeed: 'http://daq.lab.example/panel/' });
    expect(unsafe.get('updates.feed')).toContain('write an https address');
    expect(faultsOf({ ...before, updateFeed: 'http://127.0.0.1:8000/' }).get('updates.feed')).toBeUndefined();
  });

  it('keep the comments of what they do not touch', () => {
    const before = read(text);
    const after = removeSlot(before, slotOf(before, 'crate1slot2').key);
    const written = applyEdits(text, before, after);
    expect(written).not.toContain('# the old card');
    for (const comment of [
      "# the observatory's crates",
      '# in the dome',
      '# the new card',
      '# no slots here',
    ]) {
      expect(written).toContain(comment);
    }
  });
});

describe('what is wrong with a form', () => {
  it('is nothing for a valid file', () => {
    expect([...faultsOf(read(text))]).toEqual([]);
  });

  it('is named at its place in the file', () => {
    const before = read(text);
    const slot = slotOf(before, 'crate1slot4');
    const after = changeSlot({ ...before, port: 'eight' }, slot.key, {
      publisherId: 'uxm_mv6',
      interrupt: '-1',
      tasks: [{ key: 'k', name: 'iv', script: '/s/iv.py', args: `it's` }],
    });
    const faults = faultsOf(after);
    expect(faults.get('listener.port')).toContain('number');
    expect(faults.get('crates.0.slots.2.abort.interrupt')).toBeDefined();
    expect(faults.get('crates.0.slots.2.tasks.0.args')).toContain('single quote');
    const duplicate = faultsOf(changeSlot(before, slot.key, { publisherId: 'uxm_mv6' }));
    expect(duplicate.get('crates.0.slots.2.publisher-id')).toContain('already belongs to crate1slot2');
  });

  it('is named at the fields of a place and of the monitor', () => {
    const before = read(text);
    const { key } = slotOf(before, 'crate1slot4');
    const at = 'crates.0.slots.2';
    const faults = (change: Partial<SlotDraft>): [string, string][] => [
      ...faultsOf(changeSlot(before, key, change)),
    ];
    expect(faults({ kind: 'docker' })).toEqual([[`${at}.transport.container`, 'is missing']]);
    expect(faults({ kind: 'compose', file: '/f' })).toEqual([[`${at}.transport.service`, 'is missing']]);
    expect(faults({ kind: 'ssh', host: '-oProxyCommand=x' })).toEqual([
      [`${at}.transport.host`, expect.stringContaining('must not begin with a dash')],
    ]);
    expect(faults({ messages: 'recorded', forwardHost: 'ocs-monitor' })).toEqual([
      [`${at}.relay.forward.port`, 'is missing'],
    ]);
    expect(faults({ messages: 'recorded', forwardHost: 'ocs-monitor', forwardPort: '70000' })).toEqual([
      [`${at}.relay.forward.port`, 'has to be 65535 or less, not 70000'],
    ]);
    // What is typed for another kind, or with another choice, is not written and so is no fault.
    expect(faults({ host: '-x', forwardPort: 'many' })).toEqual([]);
  });

  it('is that the form cannot show it, where the file is of another shape', () => {
    expect(draftOf(null)).toBeNull();
    expect(draftOf({ crates: 'none' })).toBeNull();
    expect(draftOf({ crates: [{ name: 'a', slots: [{ tasks: [{ name: 'x' }] }] }] })).toBeNull();
  });
});

describe('what is new', () => {
  it('gets the next free number and name', () => {
    const draft = read(text);
    const crate = draft.crates[0]!;
    expect(newSlotDraft(crate)).toMatchObject({ number: '5', publisherId: 'crate1slot5', origin: null });
    expect(newCrateDraft([{ ...crate, name: 'crate2' }])).toMatchObject({ name: 'crate3', hasSlots: true });
  });
});
