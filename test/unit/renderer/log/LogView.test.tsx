import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptLogs } from '../../../../renderer/log/kept-logs';
import { LogView } from '../../../../renderer/log/LogView';
import type { Run } from '../../../../shared/domain/run';
import type { LogLine } from '../../../../shared/ipc/calls/log-calls';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, sampleWindow } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';

const rowsInSight = 20;

/** A log of `total` lines behind the bridge; single lines can be given otherwise. */
class LogOfLines {
  total = 0;
  lines = new Map<number, Partial<LogLine>>();
  fault: string | null = null;

  readonly bridge = new PanelBridgeDouble({
    'log.window': ({ first, count }) => {
      if (this.fault !== null) return failure('log-unreadable', this.fault);
      const window = sampleWindow(this.total, first, count);
      return success({
        ...window,
        lines: window.lines.map((line) => ({ ...line, ...this.lines.get(line.index) })),
      });
    },
  });

  run(change: Partial<Run> = {}): Run {
    return sampleRun({ lines: this.total, bytes: this.total * 10, ...change });
  }
}

function show(run: Run | null): { update: (run: Run) => void } {
  const { rerender } = renderView(<LogView run={run} />, sampleState(sampleStatus(run)));
  return { update: (next) => rerender(<LogView run={next} />) };
}

const region = (): HTMLElement => screen.getByRole('region', { name: 'Log' });
const jump = (): HTMLElement | null => screen.queryByRole('button', { name: 'Jump to end' });
const rows = (): HTMLElement[] => [...region().querySelectorAll<HTMLElement>('[data-gutter]')];
const lastRow = (): string | null => rows().at(-1)?.textContent ?? null;

beforeEach(() => {
  localStorage.clear();
  keptLogs.clear();
  layOutElements(800, rowsInSight * 18);
});
afterEach(() => vi.restoreAllMocks());

describe('the log of a run', () => {
  it('opens a log of ten million lines at its end, with a screenful of rows', async () => {
    const log = new LogOfLines();
    log.total = 10_000_000;
    show(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 9999999'));
    expect(rows().length).toBeLessThan(rowsInSight + 10);
    expect(log.bridge.asked('log.window')).toHaveLength(1);
    expect(screen.getByRole('scrollbar')).toHaveAttribute('aria-valuetext', 'line 9,999,981 of 10,000,000');
  });

  it('follows the end as the log grows, and shows the finished last line', async () => {
    const log = new LogOfLines();
    log.total = 100;
    log.lines.set(99, { text: 'half a li' });
    const { update } = show(log.run());
    await waitFor(() => expect(lastRow()).toBe('half a li'));
    log.lines.set(99, { text: 'half a line' });
    update(log.run({ bytes: 1002 }));
    await waitFor(() => expect(lastRow()).toBe('half a line'));
    log.total = 3000;
    update(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 2999'));
  });

  it('never blinks empty while newer lines are on their way', async () => {
    const log = new LogOfLines();
    log.total = 1000;
    const { update } = show(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 999'));
    log.bridge.hold('log.window');
    log.total = 2000;
    update(log.run());
    expect(lastRow()).toBe('line 999');
    log.bridge.release('log.window');
    await waitFor(() => expect(lastRow()).toBe('line 1999'));
  });

  it('stops following at a move up, counts what comes, and jumps back to the end', async () => {
    const user = userEvent.setup();
    const log = new LogOfLines();
    log.total = 1000;
    const { update } = show(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 999'));
    expect(jump()).toBeNull();
    expect(screen.getByText('following')).toBeInTheDocument();

    region().focus();
    await user.keyboard('{PageUp}');
    const stoodAt = rows().map((row) => row.textContent);
    log.total = 1500;
    update(log.run());
    expect(await screen.findByText('500 new lines')).toBeInTheDocument();
    expect(rows().map((row) => row.textContent)).toEqual(stoodAt);

    expect(screen.queryByText('following')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Jump to end' }));
    await waitFor(() => expect(lastRow()).toBe('line 1499'));
    expect(jump()).toBeNull();
    expect(region()).toHaveFocus();
    log.total = 1600;
    update(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 1599'));
  });

  it('scrolls by wheel, and follows again at the end', async () => {
    const log = new LogOfLines();
    log.total = 1000;
    show(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 999'));
    fireEvent.wheel(region(), { deltaY: -180 });
    await waitFor(() => expect(jump()).toBeInTheDocument());
    expect(screen.getByRole('scrollbar')).toHaveAttribute('aria-valuenow', '970');
    fireEvent.wheel(region(), { deltaY: 9000 });
    await waitFor(() => expect(jump()).toBeNull());
  });

  it('reaches the first line with Home and the last with End', async () => {
    const user = userEvent.setup();
    const log = new LogOfLines();
    log.total = 5_000_000;
    show(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 4999999'));
    region().focus();
    await user.keyboard('{Home}');
    await waitFor(() => expect(rows()[0]?.textContent).toBe('line 0'));
    expect(screen.getByRole('scrollbar')).toHaveAttribute('aria-valuenow', '0');
    await user.keyboard('{End}');
    await waitFor(() => expect(lastRow()).toBe('line 4999999'));
  });

  it('jumps to where the scrollbar is pressed', async () => {
    const log = new LogOfLines();
    log.total = 1_000_000;
    show(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 999999'));
    const scrollbar = screen.getByRole('scrollbar');
    scrollbar.setPointerCapture = () => undefined;
    fireEvent.pointerDown(scrollbar, { button: 0, clientY: 180, pointerId: 1 });
    await waitFor(() => expect(rows().some((row) => row.textContent === 'line 500000')).toBe(true));
  });

  it('marks stderr, keeps numbers and times out of the text, and draws colours and overwritten lines', async () => {
    const log = new LogOfLines();
    log.total = 3;
    log.lines.set(0, { text: 'step 1/9\rstep 2/9' });
    log.lines.set(1, { text: 'plain \u001B[31mred\u001B[0m', stream: 2 });
    log.lines.set(2, { text: 'long', omitted: 4_900_000 });
    show(log.run());
    await waitFor(() => expect(rows()[0]).toHaveTextContent(/^step 2\/9$/));
    expect(rows()[1]).toHaveAttribute('data-stream', 'stderr');
    expect(rows()[1]).toHaveTextContent(/^plain red$/);
    expect(within(rows()[1]!).getByText('red')).toBeInTheDocument();
    expect(rows()[2]).toHaveTextContent('… 4.9 MB of this line left out');
    expect(rows()[1]).toHaveAttribute('data-gutter', '   2  02:00:00.001');
  });

  it('remembers how times are shown', async () => {
    const user = userEvent.setup();
    const log = new LogOfLines();
    log.total = 2;
    const first = renderView(<LogView run={log.run()} />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(rows()[1]).toHaveAttribute('data-gutter', '   2  02:00:00.001'));
    await user.click(screen.getByRole('radio', { name: 'Elapsed' }));
    expect(rows()[1]).toHaveAttribute('data-gutter', '   2      +0:00.001');
    first.unmount();
    show(log.run());
    await waitFor(() => expect(rows()[1]).toHaveAttribute('data-gutter', '   2      +0:00.001'));
  });

  it('says what could not be read, and tries again', async () => {
    const user = userEvent.setup();
    const log = new LogOfLines();
    log.total = 5;
    log.fault = 'output.log could not be read: disk error.';
    show(log.run());
    expect(await screen.findByRole('alert')).toHaveTextContent('output.log could not be read: disk error.');
    log.fault = null;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(lastRow()).toBe('line 4'));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('stands still while text of it is selected', async () => {
    const log = new LogOfLines();
    log.total = 100;
    const { update } = show(log.run());
    await waitFor(() => expect(lastRow()).toBe('line 99'));
    const selected = rows().at(-3)!;
    act(() => {
      document.getSelection()?.selectAllChildren(selected);
      document.dispatchEvent(new Event('selectionchange'));
    });
    log.total = 200;
    update(log.run());
    expect(await screen.findByText('100 new lines')).toBeInTheDocument();
    expect(selected).toBeInTheDocument();
    document.getSelection()?.removeAllRanges();
  });

  it.each([
    [sampleRun(), 'This run has printed nothing yet'],
    [sampleRun({ phase: 'done', outcome: { kind: 'exited', code: 0 } }), 'This run printed nothing'],
    [sampleRun({ log: false }), 'Output was discarded (log: off)'],
  ])('says why a run has no lines, outside the log itself', (run, title) => {
    show(run);
    expect(screen.getByText(title)).toBeInTheDocument();
    expect(region()).toHaveTextContent(/^$/);
  });

  it('says what to do where there is no run', () => {
    show(null);
    expect(screen.getByText('No run yet')).toBeInTheDocument();
  });
});
