// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../../renderer/palette/command';
import { allCommands } from '../../../../renderer/palette/commands';
import { emptyRunForm, type RunForm } from '../../../../renderer/run/run-form';
import { useRememberedStore } from '../../../../renderer/run/remembered-store';
import { useRunFormStore } from '../../../../renderer/run/run-form-store';
import { useNoticeStore } from '../../../../renderer/stores/notice-store';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import type { QueueStatus } from '../../../../shared/domain/queue';
import type { Run } from '../../../../shared/domain/run';
import { useViewStore } from '../../../../renderer/stores/view-store';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleSlot, sampleState, sampleStatus, slotId, start } from '../support/samples';
import { eventually } from '../../../fixtures/eventually';

function context(run: Run | null, change: Partial<CommandContext> = {}): CommandContext {
  const panel = sampleState(sampleStatus(run));
  usePanelStore.setState({ state: panel, version: 1, fault: null, watched: null });
  return {
    panel,
    slot: sampleSlot,
    scripts: [],
    recentRuns: [],
    setColourScheme: () => undefined,
    now: start,
    ...change,
  };
}

beforeEach(() => localStorage.clear());

describe('the commands', () => {
  it('have ids of their own, whatever there is', () => {
    const script = { path: '/a/take iv.py', name: 'take iv.py', folder: '/a' };
    const commands = allCommands(context(sampleRun(), { scripts: [script], recentRuns: [sampleRun()] }));
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });

  it('say why they cannot be done now', () => {
    const refusal = (run: Run | null, title: string) =>
      allCommands(context(run)).find((command) => command.title === title)?.refusal;
    expect(refusal(null, 'Abort…')).toBe(`Nothing runs on ${slotId} that could be aborted.`);
    expect(refusal(sampleRun({ phase: 'running' }), 'Abort…')).toBeNull();
    expect(refusal(sampleRun({ phase: 'running' }), 'Run')).toBe(
      `${slotId} is busy until its run has ended.`,
    );
    expect(refusal(null, 'Export the last run…')).toBe(`${slotId} has not run anything yet.`);
  });

  it('pause and resume the queue, and resume the slot that is paused', async () => {
    const bridge = new PanelBridgeDouble({
      'queue.pause': () => success({}),
      'queue.resume': () => success({}),
    });
    const pause = { since: start, reason: 'It failed.' };
    const named = (title: string, queue: Partial<QueueStatus>) => {
      const { panel, ...rest } = context(null);
      return allCommands({ ...rest, panel: { ...panel, queue: { ...panel.queue, ...queue } } }).find(
        (command) => command.title === title,
      );
    };
    expect(named('Resume queue', {})?.refusal).toBe('The queue is not paused.');
    expect(named('Pause queue', { paused: pause })?.refusal).toBe('The queue is paused already.');
    expect(named(`Resume ${slotId}`, {})).toBeUndefined();
    named('Pause queue', {})?.act();
    named('Resume queue', { paused: pause })?.act();
    named(`Resume ${slotId}`, { pausedSlots: { [slotId]: pause } })?.act();
    await eventually(() => expect(bridge.asked('queue.resume')).toEqual([{ slot: null }, { slot: slotId }]));
    expect(bridge.asked('queue.pause')).toEqual([{ slot: null }]);
  });

  it('that change something are refused while the controls are locked, an abort is not', () => {
    const state = context(sampleRun({ phase: 'running' }), {
      scripts: [{ path: '/s/take_iv.py', name: 'take_iv.py', folder: '/s' }],
    });
    const lock = { since: start, by: 'ocs', reason: 'operator' } as const;
    const commands = allCommands({ ...state, panel: { ...state.panel, lock } });
    const refused = commands.filter(({ refusal }) => refusal === 'The controls are locked.');
    expect(refused.map(({ title }) => title)).toEqual([
      'Run again with edits',
      'Export the last run…',
      'Check connection',
      'Pause queue',
      'Fill in take_iv.py',
    ]);
    expect(commands.find(({ title }) => title === 'Abort…')?.refusal).toBeNull();
  });

  it('are only those of pages, the queue and the panel where there is no crate', () => {
    const state = context(null);
    const commands = allCommands({ ...state, panel: { ...state.panel, crates: [], slots: {} }, slot: null });
    expect(new Set(commands.map(({ group }) => group))).toEqual(new Set(['Pages', 'Queue', 'Panel']));
  });

  it('do not open a run whose slot is gone', () => {
    const state = context(null, { recentRuns: [sampleRun()] });
    const run = allCommands({ ...state, panel: { ...state.panel, crates: [] } }).find(
      ({ group }) => group === 'Recent runs',
    );
    expect(run?.refusal).toContain('is not in crates.yaml any more');
  });
});

describe('filling in a script', () => {
  const former: RunForm = {
    ...emptyRunForm,
    script: '/s/former.py',
    args: '--extra',
    values: { '/--band': { kind: 'words', uses: [['4']] } },
    log: 'discard',
  };
  const { script: _script, task: _task, ...entered } = { ...emptyRunForm, args: '--entered before' };
  const fillIn = async (): Promise<RunForm | undefined> => {
    useRunFormStore.setState({ forms: { [slotId]: former }, refusals: {}, starting: {} });
    useRememberedStore.setState({ slots: {} });
    useViewStore.setState({ page: 'overview', tabs: { [slotId]: 'log' } });
    const script = { path: '/s/take_iv.py', name: 'take_iv.py', folder: '/s' };
    const commands = allCommands(context(null, { scripts: [script] }));
    commands.find(({ title }) => title === 'Fill in take_iv.py')?.act();
    expect(useViewStore.getState().page).toBe('overview');
    await eventually(() => expect(useViewStore.getState().page).toBe('slot'));
    expect(useViewStore.getState().tabs[slotId]).toBe('run');
    return useRunFormStore.getState().forms[slotId];
  };
  const answer = (drafts: { script: string; draft: string }[]): PanelBridgeDouble =>
    new PanelBridgeDouble({
      'presets.list': () => success({ presets: [], favourites: [], recent: [], drafts }),
      'presets.remember': () => success({}),
    });

  it('fills in what was entered for it before, although the form was not shown yet', async () => {
    answer([{ script: '/s/take_iv.py', draft: JSON.stringify(entered) }]);
    expect(await fillIn()).toEqual({ ...emptyRunForm, script: '/s/take_iv.py', args: '--entered before' });
  });

  it('takes nothing along of the former script, which keeps its own', async () => {
    answer([]);
    expect(await fillIn()).toEqual({ ...emptyRunForm, script: '/s/take_iv.py' });
    const kept = useRememberedStore.getState().slots[slotId]?.drafts ?? [];
    expect(kept.map(({ script }) => script)).toEqual(['/s/former.py']);
    expect(JSON.parse(kept[0]?.draft ?? '')).toMatchObject({ args: '--extra', values: former.values });
  });

  it('goes on where nothing can be read of what was entered, and says so', async () => {
    void new PanelBridgeDouble({
      'presets.list': () => failure('store-failed', 'The database failed.'),
      'presets.remember': () => success({}),
    });
    expect(await fillIn()).toEqual({ ...emptyRunForm, script: '/s/take_iv.py' });
    expect(useNoticeStore.getState().notices.at(-1)?.message).toContain('The database failed.');
  });
});
