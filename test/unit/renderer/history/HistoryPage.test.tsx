import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { useUnlockStore } from '../../../../renderer/care/lock-store';
import { ExportBanners } from '../../../../renderer/history/ExportBanners';
import { useExportStore } from '../../../../renderer/history/export-store';
import { HistoryPage, historyPlace } from '../../../../renderer/history/HistoryPage';
import { noFilters } from '../../../../renderer/history/history-filter';
import { useHistoryStore } from '../../../../renderer/history/history-store';
import { clearSelection } from '../../../../renderer/history/run-selection';
import { useNoticeStore } from '../../../../renderer/stores/notice-store';
import { useRunFormStore } from '../../../../renderer/run/run-form-store';
import { useViewStore } from '../../../../renderer/stores/view-store';
import { runIdSchema } from '../../../../shared/domain/ids';
import type { Run } from '../../../../shared/domain/run';
import type { ExportProgress } from '../../../../shared/ipc/calls/export-calls';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, slotId, start } from '../support/samples';
import { layOutElements, renderView, showState } from '../support/screen';

const ended = (order: number, change: Partial<Run> = {}): Run =>
  sampleRun(
    {
      phase: 'done',
      requestedAt: start + order * 1000,
      endedAt: start + 61_000,
      outcome: { kind: 'exited', code: 0 },
      ...change,
    },
    order,
  );

/** Lists these runs, and reads a single one as `read` says. */
function answer(runs: Run[], read: () => Run = () => ended(1)): PanelBridgeDouble {
  return new PanelBridgeDouble({
    'history.read': () => success({ run: read() }),
    'history.list': ({ filter, before, limit }) => {
      const found = runs
        .filter((run) => filter === undefined || run.args.join(' ').includes(filter.text))
        .filter((run) => before === null || run.id < before);
      return success({ runs: found.slice(0, limit), total: found.length, marks: [] });
    },
    'history.choices': () => success({ crates: ['crate1'], slots: [slotId], scripts: ['take_iv.py'] }),
    'history.usual': () => success({ usual: null }),
    'history.details': ({ run }) =>
      success({
        details: {
          request: {
            argv: ['python3', '-u', '/config/scripts/take_iv.py', '--note', 'two words'],
            cwd: '/home/ocs',
            env: { SLOT: '3' },
            transport: null,
          },
          folder: '/home/ocs/panel/runs/x',
          folderBytes: null,
          sessionKeys: 3,
          sessionMessages: 1,
          messages: 1,
        },
        mark: { run: runIdSchema.parse(run), note: 'as it was', pinned: false },
      }),
    'history.setPinned': () => failure('store-failed', 'The database failed.'),
    'history.session': ({ run }) =>
      success({
        session: {
          run: runIdSchema.parse(run),
          data: { a: Number.NaN, b: run },
          changedAt: {},
          messages: [],
        },
      }),
    'history.saveList': () => success({ path: '/tmp/runs.csv', runs: 2 }),
    'export.start': () => success({ export: null }),
  });
}

const rows = (): HTMLElement[] =>
  within(screen.getByRole('grid', { name: 'Runs' }))
    .getAllByRole('row')
    .slice(1);

const press = (key: string, change: object = {}): boolean =>
  fireEvent.keyDown(screen.getByRole('grid', { name: 'Runs' }), { key, ...change });

const selected = (): number => rows().filter((row) => row.getAttribute('aria-selected') === 'true').length;

beforeEach(() => {
  layOutElements(1000, 480);
  useHistoryStore.setState({ filters: noFilters, marks: {} });
  useExportStore.setState({ exports: [], asking: [] });
  clearSelection(historyPlace);
});
afterEach(() => vi.restoreAllMocks());

describe('the History page', () => {
  it('reads the list anew when a filter has been typed, and clears all at once', async () => {
    const user = userEvent.setup();
    const bridge = answer([ended(2, { args: ['alpha'] }), ended(1, { args: ['beta'] })]);
    renderView(<HistoryPage />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.type(screen.getByRole('textbox', { name: 'Arguments or note' }), 'alp');
    await waitFor(() => expect(rows()).toHaveLength(1));
    expect(screen.getByRole('status', { name: 'Runs found' })).toHaveTextContent('1 run found');
    await user.type(screen.getByRole('textbox', { name: 'Arguments or note' }), 'zzz');
    await user.click(await screen.findByRole('button', { name: 'Clear all filters' }));
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.click(screen.getByRole('button', { name: 'Save list as CSV…' }));
    await waitFor(() =>
      expect(useNoticeStore.getState().notices.map(({ message }) => message)).toContain(
        '2 runs saved in /tmp/runs.csv.',
      ),
    );
    expect(bridge.asked('history.saveList')).toHaveLength(1);
  });

  it('holds the runs in sight where they are when another one begins', async () => {
    const runs = Array.from({ length: 60 }, (_, index) => ended(60 - index));
    answer(runs);
    renderView(<HistoryPage />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows().length).toBeGreaterThan(10));
    const grid = screen.getByRole('grid', { name: 'Runs' });
    grid.scrollTop = 280;
    fireEvent.scroll(grid);
    runs.unshift(ended(61));
    showState(sampleState(sampleStatus(ended(61))));
    await waitFor(() => expect(grid).toHaveAttribute('aria-rowcount', '62'));
    expect(grid.scrollTop).toBe(308);
  });

  it('selects one or two runs by keyboard, and opens with Enter', async () => {
    answer([ended(3), ended(2), ended(1)]);
    renderView(<HistoryPage />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows()).toHaveLength(3));
    press('ArrowDown');
    expect(selected()).toBe(1);
    press('ArrowDown', { ctrlKey: true });
    expect(selected()).toBe(1);
    press(' ', { ctrlKey: true });
    expect(selected()).toBe(2);
    expect(rows()[2]).toHaveAttribute('aria-selected', 'false');
    press('ArrowDown', { shiftKey: true });
    expect(rows().map((row) => row.getAttribute('aria-selected'))).toEqual(['true', 'false', 'true']);
    press('Home');
    expect(selected()).toBe(1);
    press('Enter');
    expect(useViewStore.getState()).toMatchObject({ page: 'slot', slot: slotId });
    expect(useViewStore.getState().shownRuns[slotId]?.id).toBe(ended(3).id);
  });

  it('shows what ran, and fills the Run tab for another run', async () => {
    const user = userEvent.setup();
    answer([ended(2, { args: ['--note', 'two words'], log: '/data/x.log', task: 'tune' })]);
    renderView(<HistoryPage />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows()).toHaveLength(1));
    await user.click(rows()[0]!);
    expect(
      await screen.findByText(`python3 -u /config/scripts/take_iv.py --note 'two words'`),
    ).toBeInTheDocument();
    expect(screen.getByText('/home/ocs/panel/runs/x (not there any more)')).toBeInTheDocument();
    expect(screen.getByRole('textbox', { name: 'Note' })).toHaveValue('as it was');
    await user.click(screen.getByRole('button', { name: 'Re-run' }));
    expect(useRunFormStore.getState().forms[slotId]).toMatchObject({
      script: '/config/scripts/take_iv.py',
      args: `--note 'two words'`,
      task: 'tune',
      log: 'append',
      logPath: '/data/x.log',
    });
    expect(useViewStore.getState()).toMatchObject({ page: 'slot', tabs: { [slotId]: 'run' } });
  });

  it('asks to unlock before it fills the Run tab, and leaves the form as it is', async () => {
    const user = userEvent.setup();
    answer([ended(2)]);
    useRunFormStore.setState({ forms: {} });
    useUnlockStore.setState({ asked: false });
    renderView(<HistoryPage />, {
      ...sampleState(sampleStatus(null)),
      lock: { since: start, by: 'ocs', reason: 'operator' },
    });
    await waitFor(() => expect(rows()).toHaveLength(1));
    await user.click(rows()[0]!);
    await user.click(await screen.findByRole('button', { name: 'Re-run' }));
    expect(useUnlockStore.getState().asked).toBe(true);
    expect(useRunFormStore.getState().forms).toEqual({});
  });

  it('says of a selected run how it ended, also where it has left the filter', async () => {
    const user = userEvent.setup();
    const running = [
      sampleRun({ requestedAt: start + 3000 }, 3),
      sampleRun({ requestedAt: start + 2000 }, 2),
    ];
    answer(running, () => ended(2));
    renderView(<HistoryPage />, sampleState(sampleStatus(running[1]!)));
    await waitFor(() => expect(rows()).toHaveLength(2));
    await user.click(rows()[1]!);
    const details = screen.getByRole('region', { name: 'Run details' });
    expect(details).toHaveTextContent(/^running/);
    running.pop();
    act(() => showState(sampleState(sampleStatus(ended(2)))));
    await waitFor(() => expect(rows()).toHaveLength(1));
    await waitFor(() => expect(details).toHaveTextContent(/^succeeded/));
  });

  it('compares with the run of the script before it where one is selected', async () => {
    const user = userEvent.setup();
    answer([ended(3), ended(2, { script: '/other/take_iv.py' }), ended(1)]);
    renderView(<HistoryPage />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows()).toHaveLength(3));
    await user.click(rows()[0]!);
    await user.click(screen.getByRole('button', { name: 'Compare' }));
    const dialog = await screen.findByRole('dialog', { name: 'Compare runs' });
    expect(await within(dialog).findByText('1 of 2 values differs')).toBeInTheDocument();
    expect(within(dialog).getByRole('grid', { name: 'Compared values' })).toHaveTextContent(ended(1).id);
    await user.keyboard('{Escape}');
    expect(screen.getByRole('button', { name: 'Compare' })).toHaveFocus();
  });

  it('says why a pin could not be kept, and keeps it off', async () => {
    const user = userEvent.setup();
    answer([ended(1)]);
    renderView(<HistoryPage />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows()).toHaveLength(1));
    await user.click(rows()[0]!);
    await user.click(await screen.findByRole('button', { name: 'Pin' }));
    await waitFor(() =>
      expect(useNoticeStore.getState().notices.at(-1)?.message).toContain(
        'could not be kept. The database failed.',
      ),
    );
    expect(screen.getByRole('button', { name: 'Pin' })).toBeInTheDocument();
  });
});

describe('an export', () => {
  const progress: ExportProgress = {
    export: 1,
    run: ended(1).id,
    state: 'writing',
    path: '/tmp/x.zip',
    entry: 'log.txt',
    bytes: 50,
    totalBytes: 100,
    archiveBytes: null,
    leftOut: [],
    unfinished: false,
    message: null,
  };
  const show = (change: Partial<ExportProgress>): void =>
    act(() => useExportStore.setState({ exports: [{ ...progress, ...change }] }));

  it('shows how far it is, and how it went', async () => {
    const user = userEvent.setup();
    renderView(<ExportBanners />, sampleState(sampleStatus(null)));
    show({});
    expect(screen.getByText(/log\.txt, 50 bytes/)).toBeInTheDocument();
    expect(screen.getByRole('progressbar', { name: `Export of ${progress.run}` })).toHaveAttribute(
      'aria-valuenow',
      '50',
    );
    show({ state: 'done', archiveBytes: 10, leftOut: ['files/x: is gone'], unfinished: true });
    expect(screen.getByRole('status')).toHaveTextContent('the archive goes up to the export');
    expect(screen.getByText('files/x: is gone')).toBeInTheDocument();
    show({ state: 'failed', message: 'The disk is full.' });
    expect(screen.getByRole('alert')).toHaveTextContent('The disk is full.');
    await user.click(screen.getByRole('button', { name: 'Dismiss' }));
    expect(screen.queryByRole('alert')).toBeNull();
  });
});
