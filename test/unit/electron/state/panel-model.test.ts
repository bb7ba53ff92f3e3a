import { beforeEach, describe, expect, test } from 'vitest';
import { keepEveryRun } from '../../../../shared/domain/history';
import { runIdSchema } from '../../../../shared/domain/ids';
import { PanelModel } from '../../../../electron/state/panel-model';
import { makePanelState, makeRun, makeSlotStatus } from '../../../fixtures/panel-state';

const idOf = (time: string, random: string) => runIdSchema.parse(`20261123-${time}-${random}`);
let model: PanelModel;
let said: string | null;
const shown = () => model.slotStatus(makeRun().slot).run;

beforeEach(() => {
  said = null;
  const { facts, listener } = makePanelState();
  const traffic = { status: () => listener, unmatched: () => [], slotTraffic: () => makeSlotStatus() };
  model = new PanelModel(facts, traffic, { said: () => said }, () => 0, '/home/crates.yaml');
});

describe('the run that a slot shows', () => {
  test('is the active one of two that were asked for within one second, whatever their ids', () => {
    model.setRun(makeRun({ id: idOf('120000', 'zzzzzz'), phase: 'done', requestedAt: 1000 }));
    const active = makeRun({ id: idOf('120000', 'aaaaaa'), phase: 'starting', requestedAt: 1400 });
    model.setRun(active);
    expect(shown()).toEqual(active);
  });

  test('is the active one also where the clock was set back', () => {
    model.setRun(makeRun({ id: idOf('120000', 'aaaaaa'), phase: 'done', requestedAt: 9000 }));
    const active = makeRun({ id: idOf('110000', 'aaaaaa'), requestedAt: 5000 });
    model.setRun(active);
    expect(shown()).toEqual(active);
  });

  test('is not pushed away by an older one whose processes end', () => {
    const newest = makeRun({ id: idOf('120001', 'aaaaaa'), phase: 'done', requestedAt: 2000 });
    model.setRun(newest);
    model.setRun(makeRun({ id: idOf('120000', 'aaaaaa'), phase: 'done', requestedAt: 1000 }));
    expect(shown()).toEqual(newest);
  });

  test('follows what becomes of it', () => {
    model.setRun(makeRun());
    const done = makeRun({ phase: 'done', outcome: { kind: 'exited', code: 0 } });
    model.setRun(done);
    expect(shown()).toEqual(done);
  });
});

describe('a slot that was taken out of crates.yaml', () => {
  const configuredSlots = () =>
    model.state().crates.map(({ name, slots }) => [name, slots.map(({ id }) => id)]);

  test('stays in sight while something lives on it, and no longer', () => {
    model.setRun(makeRun());
    expect(configuredSlots()).toEqual([['not in crates.yaml', ['crate1slot2']]]);
    expect(model.state().slots[makeRun().slot]?.run).toEqual(makeRun());
    expect(model.slot(makeRun().slot)).toBeNull();
    const survivors = [{ pid: 7, name: 'sleep' }];
    model.setRun(makeRun({ phase: 'done', survivors }));
    expect(configuredSlots()).toHaveLength(1);
    model.setRun(makeRun({ phase: 'done' }));
    expect(configuredSlots()).toEqual([]);
  });

  test('is not shown twice while it is configured', () => {
    const { crates, config } = makePanelState();
    model.setConfig(
      {
        crates,
        listener: { host: '127.0.0.1', port: 0 },
        retention: { messages: 1000, runs: keepEveryRun },
        site: null,
        updates: { feed: null },
      },
      config,
    );
    model.setRun(makeRun());
    expect(configuredSlots()).toEqual([['crate1', ['crate1slot2']]]);
  });
});

describe('what a script said last', () => {
  const shownWords = () => model.slotStatus(makeRun().slot).said;

  test('is shown while its run is active, its first line alone', () => {
    said = '\n Band 2: finding resonances \nand more';
    expect(shownWords()).toBeNull();
    model.setRun(makeRun());
    expect(shownWords()).toBe('Band 2: finding resonances');
    model.setRun(makeRun({ phase: 'settling' }));
    expect(shownWords()).toBeNull();
    model.setRun(makeRun({ phase: 'done' }));
    expect(shownWords()).toBeNull();
  });

  test('is cut where it is long, and nothing where it is blank', () => {
    model.setRun(makeRun());
    said = 'x'.repeat(100_000);
    expect(shownWords()).toBe('x'.repeat(120));
    said = ' \n ';
    expect(shownWords()).toBeNull();
  });
});

describe('the progress bar of a slot', () => {
  const bar = {
    description: 'IV',
    percent: 37,
    done: '37',
    total: '100',
    elapsed: '00:12',
    remaining: '00:20',
    rate: '3.10it/s',
  };
  const shownBar = () => model.slotStatus(makeRun().slot).bar;

  test('is that of the active run, and goes when the run ends', () => {
    const run = makeRun();
    model.setRun(run);
    expect(shownBar()).toBeNull();
    model.setBar(run, bar);
    expect(shownBar()).toEqual(bar);
    model.setRun({ ...run, phase: 'settling' });
    expect(shownBar()).toBeNull();
    model.setRun({ ...run, phase: 'done' });
    expect(shownBar()).toBeNull();
  });

  test('is not shown beside another run', () => {
    model.setRun(makeRun());
    model.setBar({ id: idOf('120000', 'bbbbbb'), slot: makeRun().slot }, bar);
    expect(shownBar()).toBeNull();
  });
});
