import { act, screen, waitFor } from '@testing-library/react';
import type { ReactElement } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openRun } from '../../../../renderer/history/run-actions';
import { LogToolbar } from '../../../../renderer/log/LogToolbar';
import { SlotBanners } from '../../../../renderer/slot/SlotBanners';
import { useFreshPastRun } from '../../../../renderer/slot/use-fresh-past-run';
import { useNoticeStore } from '../../../../renderer/stores/notice-store';
import { useShownRun, useViewStore } from '../../../../renderer/stores/view-store';
import type { Run } from '../../../../shared/domain/run';
import { eventually } from '../../../fixtures/eventually';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, slotId, start } from '../support/samples';
import { renderView, showState } from '../support/screen';

const ended = (change: Partial<Run> = {}): Run =>
  sampleRun({ phase: 'done', endedAt: start + 1000, outcome: { kind: 'exited', code: 0 }, ...change });

/** The run of the slot after the past one. */
const next = (change: Partial<Run> = {}): Run => sampleRun(change, 1);

/** What a slot's page says of the run that it shows. */
function Page(): ReactElement {
  const shown = useShownRun(slotId);
  useFreshPastRun(slotId);
  if (shown === null) return <p>no run</p>;
  return (
    <>
      <SlotBanners shown={shown} />
      <p>{shown.id}</p>
      <LogToolbar
        run={shown}
        lines={shown.lines}
        rows={null}
        filtered={0}
        selection={null}
        newLines={null}
        onJumpToEnd={() => undefined}
      />
    </>
  );
}

/** Main's runs, as it would read them now. */
function answerWith(read: () => Run | null): PanelBridgeDouble {
  return new PanelBridgeDouble({
    'history.read': () => {
      const run = read();
      return run === null ? failure('run-unknown', 'Nothing was recorded of this run.') : success({ run });
    },
    'run.abort': () => success({}),
  });
}

function show(current: Run, opened: Run): void {
  showState(sampleState(sampleStatus(current)));
  openRun(opened);
  renderView(<Page />, sampleState(sampleStatus(current)));
}

beforeEach(() => {
  useViewStore.setState({ shownRuns: {}, tabs: {} });
  useNoticeStore.setState({ notices: [] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a run opened from History', () => {
  it('is the slot’s current run where it is that, and gives way to the next one', () => {
    answerWith(() => ended());
    show(sampleRun(), sampleRun());
    expect(screen.getByText('following')).toBeInTheDocument();
    act(() => showState(sampleState(sampleStatus(next()))));
    expect(screen.getByText(next().id)).toBeInTheDocument();
    expect(screen.queryByText(/^Showing run/)).toBeNull();
  });

  it('is read anew where it was listed before its end', async () => {
    answerWith(() => ended());
    show(next(), sampleRun());
    expect(await screen.findByText(/^Showing run take_iv\.py .*, succeeded$/)).toBeInTheDocument();
    expect(screen.queryByText('following')).toBeNull();
  });

  it('is read anew when a phase of the slot’s run has changed', async () => {
    let problems: string[] = [];
    const bridge = answerWith(() => ended({ problems }));
    show(next(), ended());
    await waitFor(() => expect(bridge.asked('history.read')).toHaveLength(1));
    problems = ['Output was lost.'];
    act(() => showState(sampleState(sampleStatus(next({ phase: 'stopping' })))));
    expect(await screen.findByText('Output was lost.')).toBeInTheDocument();
  });

  it('is followed until no process of it lives', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const survivors = [{ pid: 41, name: 'python3' }];
    let lives = true;
    const bridge = answerWith(() => ended({ survivors: lives ? survivors : [] }));
    show(next(), ended({ survivors }));
    expect(screen.getByRole('button', { name: 'End 1 process' })).toBeInTheDocument();
    lives = false;
    act(() => void vi.advanceTimersByTime(1000));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'End 1 process' })).toBeNull());
    const asked = bridge.asked('history.read').length;
    act(() => void vi.advanceTimersByTime(5000));
    expect(bridge.asked('history.read').length).toBeLessThanOrEqual(asked + 1);
  });

  it('that cannot be read says so once, however often it is tried, and again after it could be', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const past = ended({ survivors: [{ pid: 41, name: 'python3' }] });
    let fails = true;
    let answered = 0;
    const bridge = new PanelBridgeDouble({
      'history.read': () => {
        answered += 1;
        return fails ? failure('store-failed', 'The database failed.') : success({ run: past });
      },
    });
    const readAgain = async (): Promise<void> => {
      const before = answered;
      act(() => void vi.advanceTimersByTime(1000));
      await eventually(() => expect(answered).toBe(before + 1));
      await act(async () => undefined);
    };
    const ids = (): number[] => useNoticeStore.getState().notices.map(({ id }) => id);
    show(next(), past);
    await eventually(() => expect(ids()).toHaveLength(1));
    const [first] = ids();
    await readAgain();
    await readAgain();
    expect(ids()).toEqual([first]);
    fails = false;
    await readAgain();
    fails = true;
    await readAgain();
    await eventually(() => expect(ids()).not.toEqual([first]));
    expect(ids()).toHaveLength(1);
    expect(bridge.requests).toHaveLength(5);
  });

  it('gives way to the current one, with a word on it, once it is removed', async () => {
    answerWith(() => null);
    show(next(), ended());
    expect(await screen.findByText(next().id)).toBeInTheDocument();
    expect(useNoticeStore.getState().notices.map(({ message }) => message)).toEqual([
      `Run ${ended().id} on crate1slot3 could not be read anew. Nothing was recorded of this run.`,
    ]);
  });
});
