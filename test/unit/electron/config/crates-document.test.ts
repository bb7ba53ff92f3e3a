import { describe, expect, it } from 'vitest';
import { editCrates, longestCratesFile, readCrates } from '../../../../electron/config/crates-document';
import type { ConfigEdit } from '../../../../shared/ipc/calls/config-calls';

/** The example of the design document, with its comments and its own way of spacing. */
const sample = `# Crates of the site
listener: { host: 127.0.0.1, port: 8200 }


crates:
  - name: crate1
    slots:                       # a crate without slots has publisher-id on itself
      - slot: 2
        publisher-id: crate1slot2          # SMURFPUB_ID
        aliases: [uxm_mv6]                 # other ids that are this slot's
        transport: { kind: local, python: python3, env: { EPICS_CA_ADDR_LIST: 127.255.255.255 } }
        scripts: [/config/scripts/pysmurf]
        abort: { interrupt: 5, terminate: 5 }           # seconds of grace
      - slot: 3
        publisher-id: "crate1slot3"
  # the one on the bench
  - name: bench
    publisher-id: bench1
`;

function problems(text: string) {
  const read = readCrates(text);
  return read.ok
    ? []
    : read.error.problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
}

function edited(text: string, ...edits: ConfigEdit[]): string {
  const result = editCrates(text, edits);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

describe('reading', () => {
  it('gives the file with defaults, the configuration, and what is written', () => {
    const read = readCrates(sample);
    if (!read.ok) throw new Error(read.error.message);
    expect(read.value.file.retention).toEqual({ messages: 5_000_000, runs: {} });
    expect(read.value.config.crates.map((crate) => crate.slots.map((slot) => slot.id))).toEqual([
      ['crate1slot2', 'crate1slot3'],
      ['bench1'],
    ]);
    expect(read.value.document).toHaveProperty('crates.1', { name: 'bench', 'publisher-id': 'bench1' });
  });

  it.each([
    ['line ends of Windows', sample.replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${sample}`],
    [
      'anchors and merge keys',
      'crates:\n  - name: a\n    slots:\n      - &first { slot: 1, publisher-id: a1 }\n      - { <<: *first, slot: 2, publisher-id: a2 }\n',
    ],
  ])('accepts %s', (_name, text) => {
    expect(problems(text)).toEqual([]);
  });

  const crate = (lines: string) => `crates:\n  - name: a\n${lines}`;
  it.each([
    ['', '1:1 The file is empty: it needs the key "crates".'],
    ['# nothing\n', '1:1 The file is empty: it needs the key "crates".'],
    ['just text', '1:1 the file: has to be a group of keys, not the text "just text"'],
    ['listener: {}\n', '1:1 crates: is missing'],
    ['crates: []\n', '1:1 crates: needs at least 1 entry'],
    ['crates:\n', '1:1 crates: has to be a list, not empty'],
    [crate('    publisher_id: x\n'), '2:5 crates[0].publisher-id: is missing'],
    [
      crate('    publisher-id: x\n    publisher_id: y\n'),
      '4:5 crates[0].publisher_id: is not a key that the panel knows; did you mean "publisher-id"?',
    ],
    [
      crate('    publisher-id: x\n    colour: red\n'),
      '4:5 crates[0].colour: is not a key that the panel knows; known here: name, slots, publisher-id, aliases, udp-host, transport, relay, scripts, tasks, paths, abort',
    ],
    [
      crate('    publisher-id: x\n    transport: { kind: local, pyton: a }\n'),
      '4:31 crates[0].transport.pyton: is not a key that the panel knows; did you mean "python"?',
    ],
    [
      crate('    publisher-id: x\n    transport: { kind: telnet }\n'),
      '4:24 crates[0].transport.kind: has to be "local", "docker", "compose" or "ssh"',
    ],
    [
      crate('    publisher-id: x\n    transport: { kind: local, env: { A: 3 } }\n'),
      '4:41 crates[0].transport.env.A: has to be text, not the number 3; put it in quotes to make it text',
    ],
    [
      crate('    publisher-id: x\n    transport: { kind: local, env: { 1A: "3" } }\n'),
      '4:38 crates[0].transport.env.1A: not a name of a variable',
    ],
    [
      crate('    publisher-id: a b\n'),
      '3:19 crates[0].publisher-id: "a b" is not allowed here: use letters, digits, and . _ : - only',
    ],
    [
      crate('    publisher-id: x\n    abort: { interrupt: -1 }\n'),
      '4:25 crates[0].abort.interrupt: has to be 0 or more, not -1',
    ],
    [
      crate('    publisher-id: x\n    scripts: /a\n'),
      '4:14 crates[0].scripts: has to be a list, not the text "/a"',
    ],
    [
      crate('    publisher-id: x\n    tasks: [{ name: t, script: s, args: [true] }]\n'),
      '4:42 crates[0].tasks[0].args[0]: has to be text or a number, not true',
    ],
    [
      crate('    slots:\n      - slot: 1.5\n        publisher-id: x\n'),
      '4:15 crates[0].slots[0].slot: has to be a whole number, not 1.5',
    ],
    [
      crate('    scripts: []\n    slots: [{ slot: 1, publisher-id: x }]\n'),
      '3:5 crates[0].scripts: belongs to each of the slots, because this crate has slots',
    ],
    [
      `listener: { port: 70000 }\n${crate('    publisher-id: x\n')}`,
      '1:19 listener.port: has to be 65535 or less, not 70000',
    ],
    [
      crate('    publisher-id: x\n  - name: b\n    publisher-id: x\n'),
      '5:19 crates[1].publisher-id: "x" already belongs to x; an id may name one slot only',
    ],
    [
      crate('    publisher-id: x\n  - name: a\n    publisher-id: y\n'),
      '4:11 crates[1].name: two crates are named "a"',
    ],
    [crate('    publisher-id: x\n    publisher-id: y\n'), '4:5 the same key is there twice'],
    ['crates: *b\n', '1:9 the alias "*b" has no anchor "&b" before it'],
    [
      'crates: { name: a\n',
      '2:1 the indentation is wrong, or a bracket is not closed: Flow map in block collection must be sufficiently indented and end with a }',
    ],
    [crate('\tpublisher-id: x\n'), '3:1 the line is indented with a tab; YAML wants spaces'],
    [
      `${crate('    publisher-id: x\n')}---\na: 1\n`,
      '4:1 the file holds more than one document; remove the line "---"',
    ],
  ])('of %j says where and what', (text, problem) => {
    expect(problems(text)).toContain(problem);
    expect(problems(text.replaceAll('\n', '\r\n'))).toContain(problem);
  });

  it('reports every fault, in the order of the file, and sums them up in a sentence', () => {
    const read = readCrates('listener: { port: x }\ncrates:\n  - name: 1\n    publisher-id: y\n');
    expect(!read.ok && read.error.problems.map((problem) => problem.line)).toEqual([1, 3]);
    expect(!read.ok && read.error.message).toBe(
      'crates.yaml is not valid: line 1, column 19: listener.port: has to be a number, not the text "x" (and 1 more)',
    );
  });

  it('refuses what would take the memory', () => {
    expect(problems('x'.repeat(longestCratesFile + 1))[0]).toContain('larger than 5 MB');
    const levels = Array.from(
      { length: 20 },
      (_, index) => `l${index + 1}: &l${index + 1} [${`*l${index},`.repeat(9)}]`,
    );
    expect(problems(`l0: &l0 [x]\n${levels.join('\n')}\n`)[0]).toContain('aliases cannot be resolved');
  });
});

describe('editing', () => {
  it('changes the one line, and nothing else in the file', () => {
    const result = edited(sample, { path: ['crates', 0, 'slots', 1, 'publisher-id'], value: 'other' });
    expect(result).toBe(sample.replace('"crate1slot3"', '"other"'));
  });

  it('extends a list in place', () => {
    const result = edited(sample, { path: ['crates', 0, 'slots', 0, 'aliases', 1], value: 'mv7' });
    const line = '        aliases: [uxm_mv6]                 # other ids';
    expect(result).toBe(sample.replace(line, '        aliases: [ uxm_mv6, mv7 ] # other ids'));
  });

  it('adds and removes, with the comments of everything else', () => {
    const added = edited(sample, { path: ['crates', 1, 'scripts'], value: ['/a', '/b'] });
    expect(added.startsWith(sample)).toBe(true);
    expect(readCrates(added)).toMatchObject({
      ok: true,
      value: { document: { crates: [{}, { scripts: ['/a', '/b'] }] } },
    });
    expect(edited(added, { path: ['crates', 1, 'scripts'] })).toBe(sample);
    const without = edited(sample, { path: ['crates', 0, 'slots', 1] });
    expect(without).toBe(sample.replace(/ {6}- slot: 3\n.*\n/, ''));
  });

  it('keeps a byte order mark and the line ends of Windows', () => {
    const windows = `\uFEFF${sample.replaceAll('\n', '\r\n')}`;
    const result = edited(windows, { path: ['listener', 'port'], value: 8300 });
    expect(result).toBe(windows.replace('8200', '8300'));
  });

  it('applies all of a list of edits', () => {
    const result = edited(
      sample,
      { path: ['crates', 2], value: { name: 'new', 'publisher-id': 'new1' } },
      { path: ['crates', 2, 'aliases'], value: ['n'] },
      { path: ['listener'] },
    );
    const read = readCrates(result);
    expect(read.ok && read.value.document).toMatchObject({
      crates: [{}, {}, { name: 'new', aliases: ['n'] }],
    });
    expect(result).not.toContain('listener');
    expect(result).toContain('# the one on the bench');
  });

  it('does not take a change of spacing inside a text for formatting', () => {
    const text = 'crates:\n  - name: "a b"\n    publisher-id: x\n';
    expect(edited(text, { path: ['crates', 0, 'name'], value: 'ab' })).toContain('name: "ab"');
  });

  it('refuses a result that is not valid, with its problems', () => {
    const result = editCrates(sample, [{ path: ['crates', 1, 'publisher-id'], value: 'crate1slot2' }]);
    expect(!result.ok && result.error.code).toBe('config-invalid');
    expect(!result.ok && result.error.problems[0]?.message).toContain('already belongs to crate1slot2');
  });

  it('refuses an edit that leads nowhere, and a text that is broken', () => {
    const nowhere = editCrates(sample, [{ path: ['crates', 0, 'name', 'x'], value: 1 }]);
    expect(!nowhere.ok && nowhere.error).toMatchObject({ code: 'config-edit' });
    expect(!nowhere.ok && nowhere.error.message).toContain('crates[0].name.x cannot be changed');
    expect(editCrates('a: [', [{ path: ['b'], value: 1 }])).toMatchObject({
      ok: false,
      error: { code: 'config-invalid' },
    });
  });
});
