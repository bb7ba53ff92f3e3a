import { cleanup, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactElement } from 'react';
import { beforeEach, describe, expect, it } from 'vitest';
import { LogToolbar } from '../../../../renderer/log/LogToolbar';
import { RunTab } from '../../../../renderer/run/RunTab';
import { Rail } from '../../../../renderer/shell/Rail';
import { QuitDialog } from '../../../../renderer/shell/QuitDialog';
import { SlotBanners } from '../../../../renderer/slot/SlotBanners';
import { SlotHeader } from '../../../../renderer/slot/SlotHeader';
import type { SlotConfig } from '../../../../shared/config/crates';
import type { Run } from '../../../../shared/domain/run';
import type { PanelState } from '../../../../shared/ipc/state';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { remotePlaces, sampleRun, sampleSlot, sampleState, sampleStatus } from '../support/samples';
import { renderView } from '../support/screen';

const farSlot: SlotConfig = { ...sampleSlot, transport: remotePlaces.ssh, relay: { forward: null } };

function stateOf(slot: SlotConfig, run: Run | null): PanelState {
  return { ...sampleState(sampleStatus(run)), crates: [{ name: 'crate1', slots: [slot] }] };
}

/** A run whose connection was lost 52 s ago, to be tried again in 4 s. */
function cutRun(change: Partial<Run> = {}): Run {
  const now = Date.now();
  const connection = { since: now - 52_000, message: 'No route to host.', retryAt: now + 60_000 };
  return sampleRun({ startedAt: now - 600_000, connection, ...change });
}

function show(view: (slot: SlotConfig) => ReactElement, run: Run | null, slot = farSlot): PanelBridgeDouble {
  const bridge = new PanelBridgeDouble({
    'scripts.list': () => success({ scripts: [], problems: [] }),
    'run.giveUp': () => success({}),
  });
  renderView(view(slot), stateOf(slot, run));
  return bridge;
}

beforeEach(() => localStorage.clear());

describe('a run whose connection is lost', () => {
  it('keeps its state’s word, with a banner on what goes on where', () => {
    const run = cutRun();
    show(
      (slot) => (
        <>
          <SlotHeader slot={slot} />
          <SlotBanners shown={run} />
        </>
      ),
      run,
    );
    expect(screen.getByRole('status', { name: 'Run state' })).toHaveTextContent(/^running$/);
    expect(screen.getByRole('alert')).toHaveTextContent(
      /^Connection to smurf-srv27 lost 0:5\d ago; the run goes on there\. No route to host\. Next try in \d\d s\.Give up on this run…$/,
    );
    expect(screen.getByText(/, connection lost, run continues$/)).toBeInTheDocument();
    expect(screen.getByText('on smurf-srv27')).toBeInTheDocument();
  });

  it('says once the script has ended that the rest of its output is still to come', () => {
    const run = cutRun({ phase: 'done', endedAt: 1, outcome: { kind: 'exited', code: 0 } });
    show(() => <SlotBanners shown={run} />, run);
    expect(screen.getByRole('alert')).toHaveTextContent(
      /ago; what was not fetched of the output of this run is fetched later\. No route to host\. Next try/,
    );
  });

  it('can be given up on, but for the first moments, and after a warning that the script may go on', async () => {
    const user = userEvent.setup();
    const fresh = cutRun({ connection: { since: Date.now(), message: 'x', retryAt: null } });
    show(() => <SlotBanners shown={fresh} />, fresh);
    expect(screen.queryByRole('button', { name: 'Give up on this run…' })).toBeNull();
    cleanup();
    const run = cutRun();
    const bridge = show(() => <SlotBanners shown={run} />, run);
    await user.click(screen.getByRole('button', { name: 'Give up on this run…' }));
    const dialog = await screen.findByRole('dialog', { name: 'Give up on this run' });
    expect(dialog).toHaveTextContent('it may go on running there');
    await user.click(within(dialog).getByRole('button', { name: 'Keep waiting' }));
    expect(bridge.asked('run.giveUp')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Give up on this run…' }));
    await user.click(await screen.findByRole('button', { name: 'Give up' }));
    expect(bridge.asked('run.giveUp')).toEqual([{ run: run.id }]);
  });

  it('cannot be given up on while the controls are locked', () => {
    const run = cutRun();
    const lock = { since: Date.now(), by: 'ocs', reason: 'operator' } as const;
    renderView(<SlotBanners shown={run} />, { ...stateOf(farSlot, run), lock });
    expect(screen.getByRole('button', { name: 'Give up on this run…' })).toBeDisabled();
  });

  it('is told apart in the rail and when quitting', () => {
    const run = cutRun();
    show(() => <Rail />, run);
    const entry = within(screen.getByRole('navigation', { name: 'Crates' })).getByRole('button');
    expect(entry).toHaveAccessibleName('crate1slot3');
    expect(entry).toHaveAccessibleDescription('connection lost, run continues');
    expect(screen.getByTitle('Since the connection was lost')).toHaveTextContent(/^5\d s$/);
    renderView(<QuitDialog />, {
      ...stateOf(farSlot, run),
      quitRequested: { runs: [run.id], isAborting: false },
    });
    expect(screen.getByRole('dialog')).toHaveTextContent('take_iv.py, connection lost');
  });

  it('shows its log as of when the connection was lost', () => {
    const toolbar = (run: Run): ReactElement => (
      <LogToolbar
        run={run}
        lines={3}
        rows={null}
        filtered={1}
        selection={null}
        newLines={null}
        onJumpToEnd={() => undefined}
      />
    );
    const since = Date.UTC(2026, 10, 23, 2, 13, 10);
    show(() => toolbar(cutRun({ connection: { since, message: 'x', retryAt: null } })), null);
    expect(screen.getByText('as of 2026-11-23 02:13:10')).toBeInTheDocument();
    expect(screen.queryByText('following')).toBeNull();
  });

  it('is aborted with a warning that the signal may not reach it', async () => {
    const user = userEvent.setup();
    show((slot) => <SlotHeader slot={slot} />, cutRun());
    await user.click(screen.getByRole('button', { name: 'Abort' }));
    expect(await screen.findByRole('dialog', { name: 'Abort run' })).toHaveTextContent(
      'The connection to the run is lost at present',
    );
  });
});

describe('the Run tab of a slot', () => {
  const windowsSentence = /^On Windows a local script ends with the panel/;

  it('says where the command runs, and what only the supervisor knows', () => {
    show((slot) => <RunTab slot={slot} />, null);
    expect(screen.getByText('on smurf-srv27')).toBeInTheDocument();
    expect(screen.getAllByText('set by the supervisor')).toHaveLength(2);
    expect(screen.getByText(/those that a command on smurf-srv27 has\./)).toBeInTheDocument();
  });

  it.each([
    ['win32', sampleSlot, true],
    ['win32', farSlot, false],
    ['linux', sampleSlot, false],
  ] as const)('says on %s what becomes of a local script', (platform, slot, isSaid) => {
    const state = stateOf(slot, null);
    const bridge = new PanelBridgeDouble({
      'scripts.list': () => success({ scripts: [], problems: [] }),
    });
    renderView(<RunTab slot={slot} />, { ...state, facts: { ...state.facts, platform } });
    expect(screen.queryAllByText(windowsSentence)).toHaveLength(isSaid ? 1 : 0);
    expect(bridge.asked('scripts.list')).toHaveLength(1);
  });
});
