import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptLogs } from '../../../../renderer/log/kept-logs';
import { LogView } from '../../../../renderer/log/LogView';
import type { LogLook } from '../../../../shared/domain/log-find';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleLine, sampleRun, sampleState, sampleStatus, sampleWindow, start } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';

const rowsInSight = 20;
const total = 10_000;

/** Main's end for a log of ten thousand lines in which every thousandth holds the word: `line 0`, `line 1000`, … */
class SearchedLog {
  look: LogLook | null = null;
  copied: unknown = null;
  copyFault = false;

  readonly bridge = new PanelBridgeDouble({
    'log.window': ({ first, count }) => success(sampleWindow(total, first, count)),
    'log.find': ({ look }) => {
      this.look = look;
      const isFiltered = look.filter.stderrOnly || look.filter.level !== null || look.filter.matchesOnly;
      return success({
        id: 1,
        rows: isFiltered ? 10 : null,
        progress: 1,
        complete: true,
        matchingLines: look.query === null ? 0 : 10,
        matches: look.query === null ? 0 : 10,
        fault: look.query?.text === '(' ? 'Unterminated group' : null,
        note: null,
      });
    },
    'log.rows': ({ first, count }) =>
      success({
        total: 10,
        lines: Array.from({ length: Math.max(0, Math.min(10, first + count) - first) }, (_, at) =>
          sampleLine(first + at, { text: `line ${(first + at) * 1000}`, line: (first + at) * 1000 }),
        ),
      }),
    'log.marks': ({ first, count }) =>
      success(
        Array.from({ length: count }, (_, at) => ({
          row: first + at,
          ranges: (first + at) % 1000 === 0 ? [[0, 4] as [number, number]] : [],
        })),
      ),
    'log.step': ({ line, inLine, forward }) => {
      const from = inLine === -1 ? line - 1 : line;
      const next = forward ? Math.floor(from / 1000) + 1 : Math.ceil(line / 1000) - 1;
      const at = (next + 10) % 10;
      return success({ line: at * 1000, row: at * 1000, inLine: 0, ordinal: at + 1, wrapped: at !== next });
    },
    'log.row': ({ line }) => success(Math.ceil(line / 1000)),
    'log.line': ({ line, part }) =>
      success({
        line,
        stream: 2,
        time: start + line,
        bytes: 100_000,
        part,
        parts: 2,
        text: `whole ${line} part ${part}\rover`,
      }),
    'log.copy': ({ range }) => {
      this.copied = range;
      return this.copyFault ? failure('log-copy-too-large', 'Too much to copy.') : success('the text');
    },
    'log.save': () => success({ path: '/tmp/x.log', bytes: 12_345 }),
    'log.endFind': () => success(null),
  });
}

const region = (): HTMLElement => screen.getByRole('region', { name: 'Log' });
const rows = (): HTMLElement[] => [...region().querySelectorAll<HTMLElement>('[data-row]')];
const find = (): HTMLElement => screen.getByRole('searchbox', { name: 'Find in log' });
const matches = (): HTMLElement => screen.getByRole('status', { name: 'Matches' });
const selectedRows = (): (string | null)[] =>
  [...region().querySelectorAll('[data-selected]')].map((row) => row.textContent);

async function show(log: SearchedLog): Promise<ReturnType<typeof userEvent.setup>> {
  const run = sampleRun({
    lines: total,
    bytes: total * 10,
    phase: 'done',
    outcome: { kind: 'exited', code: 0 },
  });
  renderView(<LogView run={run} />, sampleState(sampleStatus(run)));
  await waitFor(() => expect(rows().at(-1)).toHaveTextContent('line 9999'));
  expect(log.look).toBeNull();
  return userEvent.setup();
}

beforeEach(() => {
  localStorage.clear();
  keptLogs.clear();
  layOutElements(800, rowsInSight * 18);
});
afterEach(() => vi.restoreAllMocks());

describe('finding in a log', () => {
  it('opens by Ctrl+F, goes to matches by keys, marks them, and closes by Escape', async () => {
    const log = new SearchedLog();
    const user = await show(log);
    await user.keyboard('{Control>}f{/Control}');
    expect(find()).toHaveFocus();
    await user.keyboard('line');
    await waitFor(() => expect(matches()).toHaveTextContent('1 of 10'));
    expect(log.look?.query).toEqual({ text: 'line', regex: false, matchCase: false });
    await user.keyboard('{Enter}{Enter}');
    await waitFor(() => expect(matches()).toHaveTextContent('3 of 10'));
    await waitFor(() => expect(rows().some((row) => row.textContent === 'line 2000')).toBe(true));
    await waitFor(() => expect(region().querySelector('mark[data-current]')).toHaveTextContent('line'));
    await user.keyboard('{Shift>}{Enter}{/Shift}');
    await waitFor(() => expect(matches()).toHaveTextContent('2 of 10'));
    await user.keyboard('{F3}');
    await waitFor(() => expect(matches()).toHaveTextContent('3 of 10'));
    await user.keyboard('{Escape}');
    expect(find()).toHaveValue('');
    expect(matches()).toHaveTextContent(/^$/);
    expect(region()).toHaveFocus();
    expect(region().querySelector('mark')).toBeNull();
  });

  it('says why a regular expression is not looked for, and remembers how to search', async () => {
    const log = new SearchedLog();
    const user = await show(log);
    await user.click(screen.getByRole('button', { name: 'Regular expression' }));
    await user.click(screen.getByRole('button', { name: 'Match case' }));
    await user.type(find(), '(');
    await waitFor(() => expect(matches()).toHaveTextContent('regex: Unterminated group'));
    expect(find()).toHaveAttribute('aria-invalid', 'true');
    expect(log.look?.query).toEqual({ text: '(', regex: true, matchCase: true });
  });
});

describe('coming back to a log', () => {
  const run = sampleRun({
    lines: total,
    bytes: total * 10,
    phase: 'done',
    outcome: { kind: 'exited', code: 0 },
  });

  it('finds the place, the search and the selection that were left', async () => {
    const log = new SearchedLog();
    const user = await show(log);
    await user.type(find(), 'line');
    await waitFor(() => expect(matches()).toHaveTextContent('1 of 10'));
    await user.keyboard('{Enter}{Enter}');
    await waitFor(() => expect(matches()).toHaveTextContent('3 of 10'));
    await user.click(await screen.findByText('line 2003'));
    const placeOf = (): string | null =>
      screen.getByRole('scrollbar', { name: 'Position in the log' }).getAttribute('aria-valuenow');
    const place = placeOf();
    cleanup();
    log.look = null;
    renderView(<LogView run={run} />, sampleState(sampleStatus(run)));
    await waitFor(() => expect(matches()).toHaveTextContent('3 of 10'));
    expect(placeOf()).toBe(place);
    expect(find()).toHaveValue('line');
    expect(screen.getByRole('status', { name: 'Selected lines' })).toHaveTextContent('1 line selected');
    expect(log.look).toMatchObject({ query: { text: 'line' } });
    await user.keyboard('{F3}');
    await waitFor(() => expect(matches()).toHaveTextContent('4 of 10'));
  });

  it('finds the filter, and the row of it at which it stood', async () => {
    layOutElements(800, 4 * 18);
    const user = await show(new SearchedLog());
    await user.click(screen.getByRole('button', { name: 'stderr only' }));
    await waitFor(() => expect(rows().at(-1)).toHaveTextContent('line 9000'));
    region().focus();
    await user.keyboard('{Home}{ArrowDown}');
    const place = (): string | null =>
      screen.getByRole('scrollbar', { name: 'Position in the log' }).getAttribute('aria-valuenow');
    await waitFor(() => expect(place()).toBe('1'));
    cleanup();
    renderView(<LogView run={run} />, sampleState(sampleStatus(run)));
    await waitFor(() => expect(place()).toBe('1'));
    expect(screen.getByRole('button', { name: 'stderr only' })).toHaveAttribute('aria-pressed', 'true');
    await waitFor(() => expect(rows().map((row) => row.textContent)).toContain('line 1000'));
    expect(screen.getByRole('button', { name: 'Jump to end' })).toBeInTheDocument();
  });

  it('of another run begins at its end', async () => {
    const user = await show(new SearchedLog());
    await user.type(find(), 'line');
    cleanup();
    renderView(<LogView run={{ ...run, id: sampleRun({}, 1).id }} />, sampleState(sampleStatus(run)));
    await waitFor(() => expect(rows().at(-1)).toHaveTextContent('line 9999'));
    expect(find()).toHaveValue('');
  });
});

describe('filtering a log', () => {
  it('shows only the lines that fit, under their own numbers, and finds one again among all', async () => {
    const log = new SearchedLog();
    const user = await show(log);
    await user.click(screen.getByRole('button', { name: 'stderr only' }));
    await waitFor(() => expect(rows()).toHaveLength(10));
    expect(rows()[3]).toHaveAttribute('data-gutter', expect.stringContaining(' 3,001 '));
    expect(screen.getByText(/^10 of 10,000 lines/)).toBeInTheDocument();
    await user.dblClick(rows()[3]!);
    const detail = await screen.findByRole('region', { name: 'Line 3,001' });
    await user.click(within(detail).getByRole('button', { name: 'Show in whole log' }));
    await waitFor(() => expect(selectedRows()).toEqual(['line 3000']));
    expect(screen.getByRole('button', { name: 'stderr only' })).toHaveAttribute('aria-pressed', 'false');
  });

  it('counts as new what came into the log, not the lines that another filter lets show', async () => {
    const user = await show(new SearchedLog());
    const stderrOnly = screen.getByRole('button', { name: 'stderr only' });
    await user.click(stderrOnly);
    await waitFor(() => expect(rows()).toHaveLength(10));
    await user.click(rows()[3]!);
    region().focus();
    await user.keyboard('{ArrowUp}');
    expect(await screen.findByRole('button', { name: 'Jump to end' })).toBeInTheDocument();
    await user.click(stderrOnly);
    await waitFor(() => expect(screen.getByText(/^10,000 lines/)).toBeInTheDocument());
    expect(screen.getByRole('button', { name: 'Jump to end' })).toBeInTheDocument();
    expect(screen.queryByText(/new line/)).toBeNull();
  });
});

describe('selecting lines', () => {
  it('goes by click and shift, arrows, and Ctrl+A over lines that are not drawn', async () => {
    const log = new SearchedLog();
    const user = await show(log);
    const writeText = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    region().focus();
    await user.keyboard('{Home}');
    await waitFor(() => expect(rows()[0]).toHaveTextContent('line 0'));
    await user.click(rows()[2]!);
    await user.keyboard('{Shift>}');
    await user.click(rows()[4]!);
    await user.keyboard('{/Shift}');
    expect(selectedRows()).toEqual(['line 2', 'line 3', 'line 4']);
    await user.keyboard('{Shift>}{ArrowUp}{/Shift}');
    expect(selectedRows()).toEqual(['line 2', 'line 3']);
    await user.keyboard('{Control>}c{/Control}');
    await waitFor(() => expect(writeText).toHaveBeenCalledWith('the text'));
    expect(log.copied).toEqual({ first: 2, last: 3, of: 'log' });
    await user.keyboard('{Control>}a{/Control}');
    expect(screen.getByRole('status', { name: 'Selected lines' })).toHaveTextContent('10,000 lines selected');
    log.copyFault = true;
    await user.keyboard('{Control>}c{/Control}');
    await user.click(await screen.findByRole('button', { name: 'Save selected lines…' }));
    await waitFor(() =>
      expect(log.bridge.asked('log.save')[0]).toMatchObject({
        range: { first: 0, last: 9999, of: 'log' },
        form: 'shown',
      }),
    );
    await user.keyboard('{Escape}');
  });

  it('goes to a line by its number, and shows its details in parts', async () => {
    const log = new SearchedLog();
    const user = await show(log);
    await user.keyboard('{Control>}g{/Control}');
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Line' })).toHaveFocus());
    await user.keyboard('{Escape}');
    expect(region()).toHaveFocus();
    await user.keyboard('{Control>}g{/Control}');
    const line = await screen.findByRole('textbox', { name: 'Line' });
    await user.type(line, '0{Enter}');
    expect(screen.getByText('A number from 1 to 10,000.')).toBeInTheDocument();
    await user.clear(line);
    await user.type(line, '5,001{Enter}');
    await waitFor(() => expect(selectedRows()).toEqual(['line 5000']));
    region().focus();
    await user.keyboard('{Enter}');
    const detail = await screen.findByRole('region', { name: 'Line 5,001' });
    await waitFor(() => expect(detail).toHaveTextContent('whole 5000 part 0␍ over'));
    expect(detail).toHaveTextContent('stderr');
    expect(detail).toHaveTextContent('100,000 bytes');
    await user.click(within(detail).getByRole('button', { name: 'Next part of the line' }));
    await waitFor(() => expect(detail).toHaveTextContent('part 2 of 2'));
    await user.click(within(detail).getByRole('button', { name: 'Copy line' }));
    await waitFor(() => expect(log.copied).toEqual({ first: 5000, last: 5000, of: 'log' }));
    await user.click(within(detail).getByRole('button', { name: 'Close the line' }));
    expect(region()).toHaveFocus();
  });
});
