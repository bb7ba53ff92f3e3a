import { beforeEach, describe, expect, it } from 'vitest';
import type { CommandContext } from '../../../../renderer/palette/command';
import { allCommands } from '../../../../renderer/palette/commands';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import type { Run } from '../../../../shared/domain/run';
import { sampleRun, sampleSlot, sampleState, sampleStatus, slotId, start } from '../support/samples';

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

  it('are only those of pages and the panel where there is no crate', () => {
    const state = context(null);
    const commands = allCommands({ ...state, panel: { ...state.panel, crates: [], slots: {} }, slot: null });
    expect(new Set(commands.map(({ group }) => group))).toEqual(new Set(['Pages', 'Panel']));
  });

  it('do not open a run whose slot is gone', () => {
    const state = context(null, { recentRuns: [sampleRun()] });
    const run = allCommands({ ...state, panel: { ...state.panel, crates: [] } }).find(
      ({ group }) => group === 'Recent runs',
    );
    expect(run?.refusal).toContain('is not in crates.yaml any more');
  });
});
