import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, onControlsLocked } from '../../../../renderer/bridge';
import { LockBanner } from '../../../../renderer/care/LockBanner';
import { LockButton } from '../../../../renderer/care/LockButton';
import { LockedArea } from '../../../../renderer/care/LockedArea';
import { askUnlock, useUnlockStore } from '../../../../renderer/care/lock-store';
import { UnlockDialog } from '../../../../renderer/care/UnlockDialog';
import { useGoTo } from '../../../../renderer/care/use-go-to';
import { useIdleLock } from '../../../../renderer/care/use-idle-lock';
import { RunOnSlotsButton } from '../../../../renderer/many-slots/RunOnSlotsButton';
import { AskedAbort } from '../../../../renderer/slot/AbortDialog';
import { askAbort, useAbortStore } from '../../../../renderer/slot/abort-store';
import { addNotice, useNoticeStore } from '../../../../renderer/stores/notice-store';
import { useViewStore } from '../../../../renderer/stores/view-store';
import { controlsLockedMessage } from '../../../../shared/domain/controls-lock';
import type { PanelState } from '../../../../shared/ipc/state';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, slotId, start } from '../support/samples';
import { renderView, showState } from '../support/screen';

const locked: Partial<PanelState> = { lock: { since: start, by: 'ocs', reason: 'operator' } };
const state = (parts: Partial<PanelState> = {}): PanelState => ({
  ...sampleState(sampleStatus(null)),
  ...parts,
});

function answering(): PanelBridgeDouble {
  return new PanelBridgeDouble({
    'controls.lock': () => success({}),
    'controls.unlock': () => success({}),
    'run.abort': () => success({}),
    'panel.arrived': () => success({}),
  });
}

beforeEach(() => {
  localStorage.clear();
  useUnlockStore.setState({ asked: false });
  useAbortStore.setState({ asked: null });
});
afterEach(() => {
  vi.useRealTimers();
  onControlsLocked(() => undefined);
});

describe('the lock', () => {
  it('locks at once, and asks before it unlocks, with the focus on Cancel', async () => {
    const user = userEvent.setup();
    const bridge = answering();
    const view = (
      <>
        <LockButton />
        <LockBanner />
        <UnlockDialog />
      </>
    );
    renderView(view, state());
    expect(screen.queryByRole('status', { name: 'Controls' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Lock the controls' }));
    expect(bridge.asked('controls.lock')).toEqual([{ reason: 'operator' }]);
    act(() => showState(state(locked)));
    expect(screen.getByRole('status', { name: 'Controls' })).toHaveTextContent(
      'Controls locked since 2026-11-23 02:00:00 UTC by ocs.',
    );
    await user.click(screen.getByRole('button', { name: 'Unlock the controls' }));
    const dialog = await screen.findByRole('dialog', { name: 'Controls are locked' });
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Cancel' })).toHaveFocus());
    expect(bridge.asked('controls.unlock')).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Unlock' }));
    expect(bridge.asked('controls.unlock')).toEqual([{}]);
  });

  it('takes input away from what it covers', () => {
    answering();
    renderView(
      <LockedArea>
        <button type="button">Change</button>
      </LockedArea>,
      state(locked),
    );
    const shut = screen.getByText('Change').closest('[inert]');
    expect(shut).not.toBeNull();
    // Where a browser's pointer ends up that meets something inert.
    fireEvent.click(shut!.parentElement!);
    expect(useUnlockStore.getState().asked).toBe(true);
    useUnlockStore.setState({ asked: false });
    act(() => showState(state()));
    fireEvent.click(screen.getByText('Change').parentElement!.parentElement!);
    expect(useUnlockStore.getState().asked).toBe(false);
    expect(screen.getByText('Change').closest('[inert]')).toBeNull();
  });

  it('is asked about where a script would be run on several slots, instead of a dialog that main refuses', async () => {
    const user = userEvent.setup();
    answering();
    renderView(<RunOnSlotsButton form={null} />, state(locked));
    await user.click(screen.getByRole('button', { name: 'Run on slots…' }));
    expect(useUnlockStore.getState().asked).toBe(true);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('takes the notices of what it refused along when it is lifted', () => {
    answering();
    useNoticeStore.setState({ notices: [] });
    showState(state(locked));
    addNotice('error', controlsLockedMessage);
    addNotice('error', 'Another.');
    showState(state(locked));
    expect(useNoticeStore.getState().notices).toHaveLength(2);
    showState(state());
    expect(useNoticeStore.getState().notices.map(({ message }) => message)).toEqual(['Another.']);
  });

  it('is offered to be lifted when main refuses because of it, and only then', async () => {
    const bridge = new PanelBridgeDouble({
      'run.abort': () => failure('controls-locked', 'Locked.'),
      'config.read': () => failure('other', 'Other.'),
    });
    onControlsLocked(askUnlock);
    await call('config.read', {});
    expect(useUnlockStore.getState().asked).toBe(false);
    await call('run.abort', { run: sampleRun().id, stage: 'kill' });
    expect(useUnlockStore.getState().asked).toBe(true);
    expect(bridge.requests).toHaveLength(2);
  });
});

describe('an abort', () => {
  it('names script, slot, how long it has run and what will be done, and Escape cancels it', async () => {
    const user = userEvent.setup();
    const bridge = answering();
    const run = sampleRun({ startedAt: Date.now() - 65_000 });
    renderView(<AskedAbort run={run} />, sampleState(sampleStatus(run)));
    act(() => askAbort(run.id));
    const dialog = await screen.findByRole('dialog', { name: 'Abort run' });
    expect(dialog).toHaveTextContent(/Abort take_iv\.py on crate1slot3\? It has run for 1:0\d\./);
    expect(dialog).toHaveTextContent(/SIGINT first.+SIGTERM.+SIGKILL/);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(bridge.asked('run.abort')).toEqual([]);
  });

  it('goes through the lock in one step', async () => {
    const user = userEvent.setup();
    const bridge = answering();
    const run = sampleRun();
    renderView(<AskedAbort run={run} />, { ...sampleState(sampleStatus(run)), ...locked });
    act(() => askAbort(run.id));
    await user.click(await screen.findByRole('button', { name: 'Unlock and abort' }));
    await waitFor(() => expect(bridge.asked('run.abort')).toHaveLength(1));
    expect(bridge.requests.map(({ name }) => name)).toEqual(['controls.unlock', 'run.abort']);
  });

  it('is not confirmed by the key that is still held down', async () => {
    answering();
    const run = sampleRun();
    renderView(<AskedAbort run={run} />, sampleState(sampleStatus(run)));
    act(() => askAbort(run.id));
    const confirm = await screen.findByRole('button', { name: 'Abort' });
    // `fireEvent` answers false where the default, the click, was prevented.
    expect(fireEvent.keyDown(confirm, { key: 'Enter', repeat: true })).toBe(false);
    expect(fireEvent.keyDown(confirm, { key: 'Enter', repeat: false })).toBe(true);
  });
});

function Idle(): null {
  useIdleLock();
  return null;
}

describe('without input', () => {
  const after = (lockAfter: number | null): Partial<PanelState> => ({
    preferences: { ...state().preferences, lockAfter },
  });

  it('the controls lock themselves after the time that was chosen, counted from the last input', async () => {
    vi.useFakeTimers();
    const bridge = answering();
    renderView(<Idle />, state(after(2)));
    await vi.advanceTimersByTimeAsync(100_000);
    fireEvent.keyDown(window, { key: 'a' });
    await vi.advanceTimersByTimeAsync(119_000);
    expect(bridge.asked('controls.lock')).toEqual([]);
    await vi.advanceTimersByTimeAsync(2000);
    expect(bridge.asked('controls.lock')).toEqual([{ reason: 'idle' }]);
  });

  it('nothing happens where that was not chosen, or where they are locked already', async () => {
    vi.useFakeTimers();
    const bridge = answering();
    renderView(<Idle />, state(after(null)));
    await vi.advanceTimersByTimeAsync(10_000_000);
    act(() => showState(state({ ...after(1), ...locked })));
    await vi.advanceTimersByTimeAsync(10_000_000);
    expect(bridge.asked('controls.lock')).toEqual([]);
  });
});

function Going(): null {
  useGoTo();
  return null;
}

describe('a notification that was chosen', () => {
  it('opens its slot with the newest run, once', async () => {
    const bridge = answering();
    useViewStore.setState({
      page: 'history',
      slot: null,
      unsaved: false,
      shownRuns: { [slotId]: sampleRun() },
    });
    renderView(<Going />, state({ goTo: { id: 4, slot: slotId } }));
    expect(useViewStore.getState()).toMatchObject({ page: 'slot', slot: slotId, shownRuns: {} });
    await waitFor(() => expect(bridge.asked('panel.arrived')).toEqual([{ goTo: 4 }]));
    act(() => useViewStore.setState({ page: 'history' }));
    act(() => showState(state({ goTo: null })));
    expect(useViewStore.getState().page).toBe('history');
  });
});
