import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { changeRunForm, useRunFormStore } from '../../../../renderer/run/run-form-store';
import { emptyRunForm } from '../../../../renderer/run/run-form';
import { RunTab } from '../../../../renderer/run/RunTab';
import { SlotBanners } from '../../../../renderer/slot/SlotBanners';
import { SlotHeader } from '../../../../renderer/slot/SlotHeader';
import { useViewStore } from '../../../../renderer/stores/view-store';
import type { Run } from '../../../../shared/domain/run';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleSlot, sampleState, sampleStatus, slotId, start } from '../support/samples';
import { renderView, showState } from '../support/screen';

const scripts = [{ path: '/s/take_iv.py', name: 'take_iv.py', folder: '/s' }];

function open(
  run: Run | null,
  answers: ConstructorParameters<typeof PanelBridgeDouble>[0] = {},
): PanelBridgeDouble {
  const bridge = new PanelBridgeDouble({
    'scripts.list': () => success({ scripts, problems: [] }),
    'run.abort': () => success({}),
    ...answers,
  });
  renderView(
    <>
      <SlotHeader slot={sampleSlot} />
      <SlotBanners shown={run} />
      <RunTab slot={sampleSlot} />
    </>,
    sampleState(sampleStatus(run)),
  );
  return bridge;
}

const button = (name: string): HTMLElement => screen.getByRole('button', { name });
const state = (): HTMLElement => screen.getByRole('status', { name: 'Run state' });

beforeEach(() => {
  localStorage.clear();
  useRunFormStore.setState({ forms: {}, refusals: {}, starting: {} });
  useViewStore.setState({ tabs: {}, shownRuns: {} });
});

describe('starting a run', () => {
  it('offers Run only once the form can be run', async () => {
    const user = userEvent.setup();
    open(null);
    expect(state()).toHaveTextContent(/^idle$/);
    expect(button('Run')).toBeDisabled();
    expect(button('Abort')).toBeDisabled();
    await user.type(screen.getByRole('textbox', { name: 'Script' }), '/s/other.py');
    expect(button('Run')).toBeEnabled();
    await user.type(screen.getByRole('textbox', { name: 'Arguments' }), `--note 'a`);
    expect(button('Run')).toBeDisabled();
    expect(screen.getAllByText(/single quote before “a” is not closed/)).not.toHaveLength(0);
  });

  it('asks main for the words that were typed, shows the log, and remembers the form', async () => {
    const user = userEvent.setup();
    const bridge = open(null, { 'run.start': () => success({ run: sampleRun().id }) });
    await user.click(screen.getByRole('textbox', { name: 'Script' }));
    await user.click(await screen.findByRole('option', { name: 'take_iv.py' }));
    await user.type(screen.getByRole('textbox', { name: 'Arguments' }), `--note 'a b' $HOME`);
    await user.click(button('Run'));
    await waitFor(() => expect(useViewStore.getState().tabs[slotId]).toBe('log'));
    expect(bridge.asked('run.start')).toEqual([
      { slot: slotId, script: '/s/take_iv.py', args: ['--note', 'a b', '$HOME'], log: true, task: null },
    ]);
    expect(localStorage.getItem('smurf-panel.run-forms')).toContain('/s/take_iv.py');
  });

  it('shows a refusal at the form and keeps what was typed', async () => {
    const user = userEvent.setup();
    changeRunForm(slotId, { ...emptyRunForm, script: '/s/take_iv.py', args: '--a 1' });
    open(null, { 'run.start': () => failure('busy', 'Operation "run" already in progress.') });
    await user.click(button('Run'));
    expect(await screen.findByRole('alert')).toHaveTextContent('Operation "run" already in progress.');
    expect(screen.getByRole('textbox', { name: 'Arguments' })).toHaveValue('--a 1');
    expect(useViewStore.getState().tabs[slotId]).toBe('run');
    await user.type(screen.getByRole('textbox', { name: 'Arguments' }), '2');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('is asked for once, however often it is clicked', async () => {
    const user = userEvent.setup();
    changeRunForm(slotId, { ...emptyRunForm, script: '/s/take_iv.py' });
    const bridge = open(null, { 'run.start': () => success({ run: sampleRun().id }) });
    bridge.hold('run.start');
    await user.click(button('Run'));
    expect(button('Run')).toBeDisabled();
    await user.click(button('Run'));
    bridge.release('run.start');
    await waitFor(() => expect(useViewStore.getState().tabs[slotId]).toBe('log'));
    expect(bridge.asked('run.start')).toHaveLength(1);
  });
});

describe('aborting a run', () => {
  it('asks first, naming the script, the slot and the signals', async () => {
    const user = userEvent.setup();
    const bridge = open(sampleRun());
    expect(state()).toHaveTextContent(/^running$/);
    expect(button('Run')).toBeDisabled();
    await user.click(button('Abort'));
    const dialog = await screen.findByRole('dialog', { name: 'Abort run' });
    expect(dialog).toHaveTextContent('Abort take_iv.py on crate1slot3?');
    expect(dialog).toHaveTextContent(/SIGINT first.*5.s gets SIGTERM, and after another 5.s SIGKILL/);
    expect(bridge.asked('run.abort')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Abort' }));
    await waitFor(() =>
      expect(bridge.asked('run.abort')).toEqual([{ run: sampleRun().id, stage: 'interrupt' }]),
    );
  });

  it('shows the stage while stopping and lets the operator skip ahead', async () => {
    const user = userEvent.setup();
    const stopping = (stage: 'interrupt' | 'terminate' | 'kill'): Run =>
      sampleRun({
        phase: 'stopping',
        abort: { stage, sentAt: start, until: stage === 'kill' ? null : start },
      });
    const bridge = open(stopping('interrupt'));
    expect(state()).toHaveTextContent(/^stopping$/);
    expect(screen.getByText('SIGINT sent, SIGTERM in 0 s')).toBeInTheDocument();
    expect(button('Abort')).toBeDisabled();
    await user.click(button('Send SIGTERM now'));
    act(() => showState(sampleState(sampleStatus(stopping('terminate')))));
    await user.click(button('Send SIGKILL now'));
    act(() => showState(sampleState(sampleStatus(stopping('kill')))));
    expect(screen.queryByRole('button', { name: /^Send/ })).toBeNull();
    expect(bridge.asked('run.abort').map((request) => request.stage)).toEqual(['terminate', 'kill']);
  });

  it('names processes that outlived the run and ends them', async () => {
    const user = userEvent.setup();
    const run = sampleRun({
      phase: 'done',
      endedAt: start + 1000,
      outcome: { kind: 'aborted', stage: 'kill', code: null, signal: 'SIGKILL' },
      survivors: [
        { pid: 41, name: 'python3' },
        { pid: 42, name: '/usr/bin/python3 -c import os, signal, sys, time; os.pause()' },
      ],
      problems: ['The output could not be kept.'],
    });
    const bridge = open(run);
    expect(state()).toHaveTextContent(/^aborted$/);
    expect(screen.getByText(/python3 \(41\), python3 -c import os, signal.*… \(42\)$/)).toBeInTheDocument();
    expect(screen.getByText('The output could not be kept.')).toBeInTheDocument();
    expect(screen.getByText('Aborted with SIGKILL; the script was ended by SIGKILL')).toBeInTheDocument();
    await user.click(button('End 2 processes'));
    await waitFor(() => expect(bridge.asked('run.abort')).toEqual([{ run: run.id, stage: 'terminate' }]));
  });
});
