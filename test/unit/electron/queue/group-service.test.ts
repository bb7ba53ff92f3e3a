import { writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GroupWish } from '../../../../electron/queue/group-service';
import { pause } from '../../../../electron/queue/queue-changes';
import { entryWord, type GroupId } from '../../../../shared/domain/queue';
import { success } from '../../../../shared/result';
import { groupId, slotNumber } from '../../../fixtures/queue';
import { until } from '../../../fixtures/until';
import { gated, QueueBench } from './queue-bench';

let panel: QueueBench;
let script: string;
beforeEach(async () => {
  panel = await QueueBench.open();
  script = await panel.bench.script('gated.py', gated);
});
afterEach(async () => {
  expect(panel.faults).toEqual([]);
  await panel.close();
});

const open = (slot: number): Promise<void> => writeFile(`${script}.${slot}`, '');
const wish = (parts: Partial<GroupWish> = {}): GroupWish => ({
  slots: [2, 3, 4].map(slotNumber),
  script,
  args: [],
  log: true,
  task: null,
  mode: 'concurrent',
  settle: 0,
  onFailure: 'stop',
  whenBusy: 'refuse',
  isImmediate: true,
  ...parts,
});

async function start(parts: Partial<GroupWish> = {}): Promise<GroupId> {
  const started = await panel.groups.start(wish(parts));
  if (!started.ok) throw new Error(started.error.message);
  return started.value;
}

async function words(group: GroupId): Promise<string[]> {
  const read = await panel.groups.read(group);
  if (!read.ok) throw new Error(read.error.message);
  return read.value.members.map((member) => entryWord(member));
}
const expectWords = (group: GroupId, wanted: string): Promise<void> =>
  until(async () => (await words(group)).join(' ') === wanted, `the members are ${wanted}`);

describe('a group', () => {
  it('runs on all its slots at once, each with its own arguments, and is summed up', async () => {
    const group = await start({ args: ['--slot={slot}', '{id}', '{other}'] });
    await expectWords(group, 'running running running');
    expect(panel.status?.groups[0]).toMatchObject({ total: 3, running: 3, endedAt: null });
    const [first] = panel.queue.queue.entries;
    expect(first?.args).toEqual(['--slot=2', 'crate1slot2', '{other}']);
    for (const slot of [2, 3, 4]) await open(slot);
    await expectWords(group, 'succeeded succeeded succeeded');
    const read = await panel.groups.read(group);
    expect(read).toMatchObject({ value: { summary: { succeeded: 3, failed: 0, waiting: 0 } } });
    expect(panel.status?.groups).toEqual([]);
  });

  it('runs one slot after the other, in the order that was given', async () => {
    const group = await start({ mode: 'sequential', slots: [4, 2].map(slotNumber) });
    await expectWords(group, 'running waiting');
    await open(4);
    await expectWords(group, 'succeeded running');
    await open(2);
    await expectWords(group, 'succeeded succeeded');
  });

  it('starts no more after a failure, or goes on, as it was told', async () => {
    await open(3);
    await open(4);
    await open(2);
    const slots = [2, 3].map(slotNumber);
    const stopping = await start({ mode: 'sequential', args: ['fail'], slots });
    await expectWords(stopping, 'failed skipped');
    const going = await start({ mode: 'sequential', args: ['fail'], slots, onFailure: 'go-on' });
    await expectWords(going, 'failed failed');
  });

  it('is aborted as a whole: what runs is aborted, what waits is skipped', async () => {
    const group = await start({ mode: 'sequential' });
    await expectWords(group, 'running waiting waiting');
    await until(() => panel.runs.activeRun(slotNumber(2))?.phase === 'running', 'the run runs');
    expect(await panel.groups.abort(group, 'interrupt')).toEqual({ ok: true, value: null });
    await expectWords(group, 'aborted skipped skipped');
    const read = await panel.groups.read(group);
    expect(read).toMatchObject({
      value: { summary: { group: { stopped: 'The group was aborted by the operator.' } } },
    });
  });

  it('does not go on after the operator has aborted one of its runs', async () => {
    const group = await start({ mode: 'sequential' });
    await until(() => panel.runs.activeRun(slotNumber(2))?.phase === 'running', 'the run runs');
    await panel.runs.abort(panel.runs.activeRun(slotNumber(2))!.id, 'interrupt');
    await expectWords(group, 'aborted skipped skipped');
  });

  it('is held after a restart, and goes on when resumed', async () => {
    const group = await start({ mode: 'sequential', slots: [2, 3].map(slotNumber) });
    await until(() => panel.runs.activeRun(slotNumber(2))?.phase === 'running', 'the run runs');
    await panel.restart();
    await open(2);
    await open(3);
    await expectWords(group, 'succeeded waiting');
    expect(panel.queue.queue.paused?.reason).toContain('started again');
    expect(panel.queue.view().entries.at(-1)?.waitsFor).toBe('The queue is paused.');
  });
});

describe('before a group starts', () => {
  it('names the busy slots, and waits for them where it was told to', async () => {
    await panel.runs.start(panel.slot('crate1slot3'), { script, args: [], log: true, task: null });
    const refused = await panel.groups.start(wish());
    expect(refused).toMatchObject({
      error: { message: 'Nothing was started. crate1slot3 is busy: gated.py runs there.' },
    });
    expect(panel.queue.queue.entries).toEqual([]);
    const group = await start({ whenBusy: 'wait' });
    await expectWords(group, 'running waiting running');
    for (const slot of [2, 3, 4]) await open(slot);
    await expectWords(group, 'succeeded succeeded succeeded');
  });

  it('refuses a script that is missing on a slot, a slot that no crate has, and {slot} without a number', async () => {
    expect(await panel.groups.start(wish({ script: '/nowhere/a.py' }))).toMatchObject({
      error: {
        message: expect.stringMatching(/^Nothing was started\. crate1slot2: \/nowhere\/a\.py cannot/),
      },
    });
    const unknown = await panel.groups.check([slotNumber(9)], script, []);
    expect(unknown[0]?.obstacle).toEqual({ kind: 'fault', message: 'No crate has the slot crate1slot9.' });
    panel.slots = panel.slots.map((slot) => ({ ...slot, number: null }));
    const [numberless] = await panel.groups.check([slotNumber(2)], script, ['{slot}']);
    expect(numberless?.obstacle?.message).toContain('crate1slot2 has no slot number');
  });

  it('says of a paused slot that it will wait', async () => {
    await panel.queue.change((held) => success(pause(held, slotNumber(3), 'Paused.', Date.now())));
    const members = await panel.groups.check([2, 3].map(slotNumber), script, []);
    expect(members.map((member) => member.obstacle?.kind ?? null)).toEqual([null, 'paused']);
  });

  it('can be put in the queue, which a pause then holds', async () => {
    await panel.queue.change((held) => success(pause(held, null, 'Paused.', Date.now())));
    const queued = await start({ isImmediate: false, slots: [slotNumber(2)] });
    expect(await words(queued)).toEqual(['waiting']);
    const immediate = await start({ slots: [slotNumber(2)] });
    await expectWords(immediate, 'running');
    expect(await words(queued)).toEqual(['waiting']);
  });
});

it('a group that is off the page is read from the database, and one that never was is said to be unknown', async () => {
  await open(2);
  const group = await start({ slots: [slotNumber(2)] });
  await expectWords(group, 'succeeded');
  await panel.queue.change((held) => success({ ...held, entries: [], groups: new Map() }));
  expect(await words(group)).toEqual(['succeeded']);
  expect(await panel.groups.read(groupId('none'))).toMatchObject({ error: { code: 'group-unknown' } });
  expect(await panel.groups.abort(group, 'interrupt')).toMatchObject({ error: { code: 'group-over' } });
});
