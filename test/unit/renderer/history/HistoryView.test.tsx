import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HistoryView } from '../../../../renderer/history/HistoryView';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import { runIdSchema } from '../../../../shared/domain/ids';
import type { Run } from '../../../../shared/domain/run';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleSlot, sampleState, sampleStatus, start } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';

function ended(order: number, change: Partial<Run> = {}): Run {
  const outcome = { kind: 'exited', code: 0 } as const;
  return sampleRun({ phase: 'done', endedAt: start + 61_000, outcome, ...change }, order);
}

/** The runs of a slot behind the bridge, newest first. */
function answerWith(runs: () => Run[]): PanelBridgeDouble {
  return new PanelBridgeDouble({
    'history.list': ({ before, limit }) => {
      const older = runs().filter((run) => before === null || run.id < before);
      return success({
        runs: older.slice(0, limit),
        total: runs().length,
        marks: older[0] === undefined ? [] : [{ run: older[0].id, note: 'bad fridge', pinned: true }],
      });
    },
    'history.usual': () => success({ usual: null }),
    'history.details': ({ run }) =>
      success({
        details: {
          request: null,
          folder: '/home/runs/x',
          folderBytes: null,
          sessionKeys: 0,
          sessionMessages: 0,
          messages: 0,
        },
        mark: { run: runIdSchema.parse(run), note: '', pinned: false },
      }),
  });
}

const rows = (): HTMLElement[] =>
  within(screen.getByRole('grid', { name: 'Runs' }))
    .getAllByRole('row')
    .slice(1);

beforeEach(() => layOutElements(1000, 480));
afterEach(() => vi.restoreAllMocks());

describe('the history of a slot', () => {
  it('says of each run how it ended, when, how long, and what it was', async () => {
    answerWith(() => [
      ended(2, { outcome: { kind: 'exited', code: 1 } }),
      ended(1, { args: ['--note', 'two words'] }),
    ]);
    renderView(<HistoryView slot={sampleSlot} onOpen={() => undefined} />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows()).toHaveLength(2));
    const cells = within(rows()[0]!)
      .getAllByRole('gridcell')
      .map((cell) => cell.textContent);
    expect(cells).toEqual([
      'failed',
      '2026-11-23 02:00:00',
      '1:01',
      'take_iv.py',
      '--bands 0',
      'exit code 1',
      'has a notepinned',
    ]);
    expect(rows()[1]).toHaveTextContent('succeeded');
    expect(rows()[1]).toHaveTextContent(`--note 'two words'`);
    expect(screen.getByText('2 runs on crate1slot3')).toBeInTheDocument();
  });

  it('opens a run by double click and by Enter; a click shows what can be done with it', async () => {
    const user = userEvent.setup();
    const opened: string[] = [];
    const runs = [ended(2), ended(1)];
    answerWith(() => runs);
    renderView(
      <HistoryView slot={sampleSlot} onOpen={(run) => opened.push(run.id)} />,
      sampleState(sampleStatus(null)),
    );
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.click(rows()[1]!);
    expect(opened).toEqual([]);
    const details = within(await screen.findByRole('region', { name: 'Run details' }));
    for (const name of ['Open', 'Re-run', 'Export', 'Compare']) {
      expect(details.getByRole('button', { name })).toBeEnabled();
    }
    expect(await details.findByRole('textbox', { name: 'Note' })).toBeInTheDocument();
    await user.dblClick(rows()[1]!);
    expect(opened).toEqual([runs[1]?.id]);
    screen.getByRole('grid', { name: 'Runs' }).focus();
    await user.keyboard('{Home}{Enter}');
    expect(opened).toEqual([runs[1]?.id, runs[0]?.id]);
  });

  it('opens the run on which a double click began, whatever its first click brought under the pointer', async () => {
    const user = userEvent.setup();
    const opened: string[] = [];
    const runs = [ended(2), ended(1)];
    answerWith(() => runs);
    renderView(
      <HistoryView slot={sampleSlot} onOpen={(run) => opened.push(run.id)} />,
      sampleState(sampleStatus(null)),
    );
    await waitFor(() => expect(rows()).toHaveLength(2));
    fireEvent.click(rows()[1]!, { detail: 1 });
    const details = await screen.findByRole('region', { name: 'Run details' });
    const close = within(details).getByRole('button', { name: 'Close the details' });
    fireEvent.click(close, { detail: 2 });
    fireEvent.doubleClick(close, { detail: 2 });
    expect(opened).toEqual([runs[1]?.id]);
    expect(details).toBeInTheDocument();
    await user.dblClick(details);
    expect(opened).toHaveLength(1);
    await user.click(close);
    expect(details).not.toBeInTheDocument();
  });

  it('reads older runs as they are scrolled to', async () => {
    const runs = Array.from({ length: 230 }, (_, index) => ended(500 - index));
    const bridge = answerWith(() => runs);
    renderView(<HistoryView slot={sampleSlot} onOpen={() => undefined} />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows()[0]).toBeInTheDocument());
    expect(bridge.asked('history.list')).toHaveLength(1);
    const grid = screen.getByRole('grid', { name: 'Runs' });
    grid.scrollTop = 100 * 28 - 480;
    fireEvent.scroll(grid);
    await waitFor(() => expect(bridge.asked('history.list')).toHaveLength(2));
    expect(bridge.asked('history.list')[1]?.before).toBe(runs[99]?.id);
    await waitFor(() =>
      expect(screen.getByRole('grid', { name: 'Runs' })).toHaveAttribute('aria-rowcount', '201'),
    );
  });

  it('shows a run that begins, and its end', async () => {
    let runs: Run[] = [];
    answerWith(() => runs);
    renderView(<HistoryView slot={sampleSlot} onOpen={() => undefined} />, sampleState(sampleStatus(null)));
    expect(await screen.findByText('No run on crate1slot3 yet')).toBeInTheDocument();
    const live = sampleRun({ startedAt: Date.now() - 5000 }, 9);
    runs = [live];
    act(() => usePanelStore.setState({ state: sampleState(sampleStatus(live)) }));
    await waitFor(() => expect(rows()[0]).toHaveTextContent('running'));
    runs = [ended(9)];
    act(() => usePanelStore.setState({ state: sampleState(sampleStatus(ended(9))) }));
    await waitFor(() => expect(rows()[0]).toHaveTextContent('succeeded'));
  });

  it('says what could not be read', async () => {
    const bridge = new PanelBridgeDouble({
      'history.list': () => failure('store-unavailable', 'The database cannot be read.'),
    });
    renderView(<HistoryView slot={sampleSlot} onOpen={() => undefined} />, sampleState(sampleStatus(null)));
    expect(await screen.findByRole('alert')).toHaveTextContent(
      'The history could not be read. The database cannot be read.',
    );
    expect(bridge.asked('history.list')[0]?.slot).toBe('crate1slot3');
  });
});
