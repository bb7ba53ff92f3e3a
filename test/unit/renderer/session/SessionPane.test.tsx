import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptTops, keptTrees } from '../../../../renderer/session/kept-trees';
import { RawJson } from '../../../../renderer/session/RawJson';
import { SessionMessages } from '../../../../renderer/session/SessionMessages';
import { SessionPane } from '../../../../renderer/session/SessionPane';
import { connectPanelStore, usePanelStore, watchSession } from '../../../../renderer/stores/panel-store';
import type { RunId } from '../../../../shared/domain/ids';
import type { Session } from '../../../../shared/domain/session';
import type { Json } from '../../../../shared/json';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, start } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';

const run = sampleRun();
const other = sampleRun({}, 5);

function sessionOf(id: RunId, data: { [key: string]: Json }, messages: Session['messages'] = []): Session {
  const changedAt = Object.fromEntries(Object.keys(data).map((key) => [key, Date.now()]));
  return { run: id, data, changedAt, messages };
}

function show(session: Session): PanelBridgeDouble {
  const bridge = new PanelBridgeDouble({ 'session.watch': () => success({ version: 1, session }) });
  renderView(<SessionPane run={session.run} />, sampleState(sampleStatus(run)));
  return bridge;
}

const item = (name: RegExp): HTMLElement => screen.getByRole('treeitem', { name });

// Tall enough for 60 rows of the tree.
beforeEach(() => {
  keptTrees.clear();
  keptTops.clear();
  layOutElements(400, 1200);
});
afterEach(() => vi.restoreAllMocks());

describe('session data', () => {
  it('shows each key with its value in one line, and marks numbers that are none', async () => {
    show(
      sessionOf(run.id, {
        noise: [41.2, Number.NaN],
        df_up_Hz: Number.POSITIVE_INFINITY,
        datafile: '/data/a.dat',
      }),
    );
    const region = screen.getByRole('region', { name: 'Session data' });
    expect(await within(region).findByRole('treeitem', { name: /noise/ })).toHaveTextContent('[41.2, NaN]');
    expect(item(/df_up_Hz/)).toHaveTextContent('Infinity');
    expect(item(/datafile/)).toHaveTextContent('"/data/a.dat"');
    expect(region).toHaveTextContent(/changed/);
  });

  it('says since when it may be old, in place of the age of its last change', async () => {
    const session = sessionOf(run.id, { noise: 1 });
    const bridge = new PanelBridgeDouble({ 'session.watch': () => success({ version: 1, session }) });
    renderView(<SessionPane run={run.id} asOf={start + 1000} />, sampleState(sampleStatus(run)));
    expect(await screen.findByText(/^as of [-0-9]{10} 02:00:01$/)).toBeInTheDocument();
    expect(screen.queryByText(/changed/)).toBeNull();
    expect(bridge.asked('session.watch')).toHaveLength(1);
  });

  it('unfolds a long list by ranges, to its last value', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, { df: Array.from({ length: 5000 }, (_, index) => index / 4) }));
    await user.click(await screen.findByRole('treeitem', { name: /df/ }));
    expect(screen.getAllByRole('treeitem')).toHaveLength(51);
    await user.click(item(/4,900 … 4,999/));
    const tree = screen.getByRole('tree');
    tree.scrollTop = 100 * 20;
    fireEvent.scroll(tree);
    expect(await screen.findByRole('treeitem', { name: /^4999/ })).toHaveTextContent('1249.75');
    expect(screen.getAllByRole('treeitem').length).toBeLessThan(100);
  });

  it('is walked and unfolded by keyboard', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, { first: 1, bands: [7, 8] }));
    const tree = await screen.findByRole('tree', { name: 'Values' });
    tree.focus();
    await user.keyboard('{ArrowDown}{ArrowDown}{ArrowRight}{ArrowDown}{ArrowDown}');
    const active = document.getElementById(tree.getAttribute('aria-activedescendant') ?? '');
    expect(active).toHaveTextContent('18');
    expect(active).toHaveAttribute('aria-selected', 'true');
  });

  it('copies a value as Python writes it, and its path', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, { noise: { band: [1, Number.NaN] } }));
    await user.click(await screen.findByRole('treeitem', { name: /noise/ }));
    await user.click(screen.getByRole('treeitem', { name: /^band/ }));
    await user.click(screen.getByRole('button', { name: "Copy the value of data['noise']['band'] as JSON" }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('[1,NaN]'));
    await user.click(screen.getByRole('button', { name: "Copy the path data['noise']['band']" }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe("data['noise']['band']"));
  });

  it('shows what a batch brings, and marks the value that changed', async () => {
    const bridge = new PanelBridgeDouble({
      'panel.snapshot': () => success({ version: 1, state: sampleState(sampleStatus(run)) }),
      'panel.acknowledge': () => success({}),
      'session.watch': () =>
        success({ version: 1, session: { ...sessionOf(run.id, { a: 1, b: 1 }), changedAt: { a: 1, b: 1 } } }),
    });
    const disconnect = connectPanelStore();
    renderView(<SessionPane run={run.id} />, sampleState(sampleStatus(run)));
    await screen.findByRole('treeitem', { name: /^a/ });
    const fresh = (name: RegExp): string | null | undefined =>
      item(name).querySelector('[data-fresh]')?.getAttribute('data-fresh');
    expect(fresh(/^a/)).toBe('false');
    act(() => {
      const patch = {
        run: run.id,
        set: { a: 2 },
        changedAt: { a: Date.now() },
        messagesFrom: 0,
        messages: [],
      };
      bridge.send({ version: 2, state: {}, slots: [], session: patch });
    });
    expect(item(/^a/)).toHaveTextContent('a2');
    expect(fresh(/^a/)).toBe('true');
    expect(fresh(/^b/)).toBe('false');
    disconnect();
  });

  it('marks what changed inside of an unfolded value, and only that', async () => {
    const user = userEvent.setup();
    const live = (step: number): Json => ({ step, channels: [1, 2], deep: { same: 'x' } });
    const bridge = new PanelBridgeDouble({
      'panel.snapshot': () => success({ version: 1, state: sampleState(sampleStatus(run)) }),
      'panel.acknowledge': () => success({}),
      'session.watch': () =>
        success({ version: 1, session: { ...sessionOf(run.id, { live: live(1) }), changedAt: { live: 1 } } }),
    });
    const disconnect = connectPanelStore();
    renderView(<SessionPane run={run.id} />, sampleState(sampleStatus(run)));
    await user.click(await screen.findByRole('treeitem', { name: /^live/ }));
    act(() => {
      const set = { live: live(2) };
      const patch = { run: run.id, set, changedAt: { live: Date.now() }, messagesFrom: 0, messages: [] };
      bridge.send({ version: 2, state: {}, slots: [], session: patch });
    });
    const fresh = (name: RegExp): string | null | undefined =>
      item(name).querySelector('[data-fresh]')?.getAttribute('data-fresh');
    expect(item(/^step/)).toHaveTextContent('step2');
    expect([/^live/, /^step/, /^channels/, /^deep/].map(fresh)).toEqual(['true', 'true', 'false', 'false']);
    disconnect();
  });

  it('finds keys and values, counts them, and unfolds what the next one is inside of', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, { bands: [{ chi2: 1 }, { chi2: 5 }], note: 'CHI2 was bad' }));
    const find = await screen.findByRole('searchbox', { name: 'Find in session data' });
    await user.type(find, 'chi2');
    const status = screen.getByRole('status', { name: 'Found in session data' });
    await waitFor(() => expect(status).toHaveTextContent('3'));
    expect(screen.getAllByRole('treeitem')).toHaveLength(2);
    await user.keyboard('{Enter}{Enter}');
    expect(status).toHaveTextContent('2 of 3');
    expect(screen.getByRole('treeitem', { selected: true })).toHaveTextContent('chi25');
    await user.click(screen.getByRole('button', { name: 'Next in session data' }));
    expect(screen.getByRole('treeitem', { selected: true })).toHaveTextContent('note');
    await user.click(screen.getByRole('button', { name: 'Next in session data' }));
    expect(status).toHaveTextContent('1 of 3');
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('button', { name: 'Previous in session data' }));
    expect(status).toHaveTextContent('3 of 3');
    await user.clear(find);
    await user.type(find, 'nowhere');
    await waitFor(() => expect(status).toHaveTextContent('none'));
  });

  it('unfolds to a level, and folds all', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, { iv: { bands: { '0': { ok: true } } } }));
    await screen.findByRole('treeitem', { name: /^iv/ });
    const choose = async (name: string): Promise<number> => {
      await user.click(screen.getByRole('button', { name: 'Fold and unfold' }));
      await user.click(await screen.findByRole('menuitem', { name }));
      return screen.getAllByRole('treeitem').length;
    };
    expect(await choose('Unfold to level 2')).toBe(2);
    expect(await choose('Unfold all')).toBe(4);
    expect(await choose('Fold all')).toBe(1);
  });

  it('stands as it was left when it is come back to', async () => {
    const user = userEvent.setup();
    const many = Object.fromEntries(Array.from({ length: 90 }, (_, at) => [`key ${at}`, at]));
    const session = sessionOf(run.id, { iv: { bands: [1, { chi2: 2 }] }, ...many });
    show(session);
    await user.type(await screen.findByRole('searchbox', { name: 'Find in session data' }), 'chi2');
    const status = (): HTMLElement => screen.getByRole('status', { name: 'Found in session data' });
    await waitFor(() => expect(status()).toHaveTextContent('1'));
    await user.keyboard('{Enter}');
    expect(screen.getByRole('treeitem', { selected: true })).toHaveTextContent('chi2');
    const tree = screen.getByRole('tree', { name: 'Values' });
    tree.scrollTop = 60;
    fireEvent.scroll(tree);
    // Another slot's run, and back.
    cleanup();
    show(sessionOf(other.id, { none: 1 }));
    expect(await screen.findByRole('searchbox', { name: 'Find in session data' })).toHaveValue('');
    expect(screen.getAllByRole('treeitem')).toHaveLength(1);
    cleanup();
    show(session);
    expect(await screen.findByRole('searchbox', { name: 'Find in session data' })).toHaveValue('chi2');
    expect(screen.getByRole('tree', { name: 'Values' }).scrollTop).toBe(60);
    expect(item(/^chi2/)).toHaveAttribute('aria-selected', 'true');
    await waitFor(() => expect(status()).toHaveTextContent('1 of 1'));
  });

  it('shows a long text whole beside the tree', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, { note: `line 1\n${'x'.repeat(500)}END` }));
    const tree = await screen.findByRole('tree', { name: 'Values' });
    tree.focus();
    await user.keyboard('{ArrowDown}{Enter}');
    const detail = screen.getByRole('region', { name: 'Whole text' });
    expect(detail).toHaveTextContent("data['note']");
    expect(detail).toHaveTextContent('xxxEND');
    await user.click(within(detail).getByRole('button', { name: 'Copy text' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toContain('line 1\nxxx'));
    await user.click(within(detail).getByRole('button', { name: 'Close the text' }));
    expect(screen.queryByRole('region', { name: 'Whole text' })).toBeNull();
  });

  it('plots lists of numbers, over each other if asked to, and shows them as a table', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, { iv: { v: [1, 2, 3], r: [4, null, 6] }, name: 'x' }));
    await user.click(await screen.findByRole('treeitem', { name: /^iv/ }));
    await user.click(screen.getByRole('button', { name: 'Plot' }));
    const dialog = await screen.findByRole('dialog', { name: "Plot of data['iv']" });
    expect(within(dialog).getByRole('figure')).toHaveTextContent(
      'r: 3 values, least 4, greatest 6, mean 5, 1 NaN',
    );
    await user.selectOptions(within(dialog).getByRole('combobox', { name: 'Horizontal axis' }), 'over v');
    expect(within(dialog).getByRole('figure')).not.toHaveTextContent('v: 3 values');
    await user.click(within(dialog).getByRole('button', { name: 'Copy table' }));
    await waitFor(async () =>
      expect(await navigator.clipboard.readText()).toBe('position\tv\tr\n0\t1\t4\n1\t2\tNaN\n2\t3\t6'),
    );
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(screen.getByRole('button', { name: 'Plot' })).toHaveFocus();
    await user.click(item(/^name/));
    expect(screen.queryByRole('button', { name: 'Plot' })).toBeNull();
  });

  it('offers to pin a number where somebody keeps its values', async () => {
    const user = userEvent.setup();
    const session = sessionOf(run.id, { iv: { temperature: 100.1 } });
    const bridge = new PanelBridgeDouble({ 'session.watch': () => success({ version: 1, session }) });
    const onPin = vi.fn();
    renderView(<SessionPane run={run.id} onPin={onPin} />, sampleState(sampleStatus(run)));
    await user.click(await screen.findByRole('treeitem', { name: /^iv/ }));
    expect(screen.queryByRole('button', { name: 'Pin to plot' })).toBeNull();
    await user.click(item(/^temperature/));
    await user.click(screen.getByRole('button', { name: 'Pin to plot' }));
    expect(onPin).toHaveBeenCalledWith(['iv', 'temperature']);
    expect(bridge.asked('session.watch')).toHaveLength(1);
  });

  it('says of a whole number beyond 2^53 that it is rounded', async () => {
    show(sessionOf(run.id, { serial: 2 ** 60, exact: 2 ** 53 - 1, half: 1e300 }));
    expect(await screen.findByRole('treeitem', { name: /serial/ })).toHaveTextContent(
      '≈ 1152921504606847000',
    );
    expect(item(/exact/)).not.toHaveTextContent('≈');
    expect(item(/half/)).not.toHaveTextContent('≈');
  });

  it('shows all as JSON, to copy and to save', async () => {
    const user = userEvent.setup();
    const session = sessionOf(run.id, { noise: [1, Number.NaN] });
    const bridge = new PanelBridgeDouble({
      'session.watch': () => success({ version: 1, session }),
      'session.save': () => success({ path: '/home/ocs/session.json' }),
    });
    renderView(<SessionPane run={run.id} />, sampleState(sampleStatus(run)));
    await user.click(await screen.findByRole('button', { name: 'Show as JSON' }));
    expect(screen.getByRole('region', { name: 'JSON' })).toHaveTextContent('{"noise": [1, NaN]}');
    await user.click(screen.getByRole('button', { name: 'Copy JSON' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('{"noise": [1, NaN]}'));
    await user.click(screen.getByRole('button', { name: 'Save JSON…' }));
    expect(bridge.asked('session.save')).toEqual([{ run: run.id }]);
    await user.click(screen.getByRole('button', { name: 'Show as JSON' }));
    expect(await screen.findByRole('tree', { name: 'Values' })).toBeInTheDocument();
  });

  it('shows data of any number of lines as JSON', () => {
    const data = Object.fromEntries(Array.from({ length: 150_000 }, (_, at) => [`k${at}`, at]));
    const session: Session = { run: run.id, data, changedAt: {}, messages: [] };
    renderView(<RawJson session={session} toggle={<span />} />, sampleState(sampleStatus(run)));
    expect(screen.getByRole('region', { name: 'JSON' })).toHaveTextContent('"k0": 0,');
  });

  it('shows the run that was asked for last, whichever reply comes first', async () => {
    const bridge = new PanelBridgeDouble({
      'session.watch': (request) =>
        success({ version: 1, session: sessionOf(request.run as RunId, { of: request.run }) }),
    });
    bridge.hold('session.watch');
    const { rerender } = renderView(<SessionPane run={run.id} />, sampleState(sampleStatus(run)));
    rerender(<SessionPane run={other.id} />);
    expect(bridge.asked('session.watch').map((request) => request.run)).toEqual([run.id, other.id]);
    bridge.release('session.watch');
    expect(await screen.findByRole('treeitem', { name: /of/ })).toHaveTextContent(other.id);
    expect(usePanelStore.getState().watched?.session.run).toBe(other.id);
  });

  it('is watched only for as long as it is shown', async () => {
    const bridge = show(sessionOf(run.id, { a: 1 }));
    expect(await screen.findByRole('treeitem', { name: /a/ })).toBeInTheDocument();
    cleanup();
    expect(bridge.asked('session.watch').map((request) => request.run)).toEqual([run.id, null]);
    expect(usePanelStore.getState().watched).toBeNull();
    await watchSession(null);
    expect(bridge.asked('session.watch')).toHaveLength(2);
  });

  it('says why there is none', async () => {
    renderView(<SessionPane run={null} />, sampleState(sampleStatus(null)));
    expect(screen.getByText('No run yet')).toBeInTheDocument();
    show(sessionOf(run.id, {}));
    expect(await screen.findByText('No session data yet')).toBeInTheDocument();
    expect(screen.getAllByText(/^No messages yet/)).not.toHaveLength(0);
  });

  it('does not speak of a run that is over as if more came', async () => {
    const session = sessionOf(run.id, {});
    const bridge = new PanelBridgeDouble({ 'session.watch': () => success({ version: 1, session }) });
    renderView(<SessionPane run={run.id} isOver />, sampleState(sampleStatus(run)));
    expect(await screen.findByText('No session data came from this run')).toBeInTheDocument();
    expect(screen.getByText('No messages of this run are kept.')).toBeInTheDocument();
    expect(screen.queryByText(/yet/)).toBeNull();
    expect(bridge.asked('session.watch')).toHaveLength(1);
  });

  it('says that it could not be read, and tries again', async () => {
    const user = userEvent.setup();
    let works = false;
    const bridge = new PanelBridgeDouble({
      'session.watch': () =>
        works
          ? success({ version: 1, session: sessionOf(run.id, { a: 1 }) })
          : failure('session-unreadable', 'The messages of this run could not be read: disk error.'),
    });
    renderView(<SessionPane run={run.id} />, sampleState(sampleStatus(run)));
    expect(await screen.findByRole('alert')).toHaveTextContent('disk error');
    works = true;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('treeitem', { name: /a/ })).toBeInTheDocument();
    expect(screen.queryByRole('alert')).toBeNull();
    expect(bridge.asked('session.watch')).toHaveLength(2);
  });
});

describe('session messages', () => {
  const message = (
    index: number,
    from: 'panel' | 'script' | 'warning' = 'script',
  ): Session['messages'][number] => ({
    time: start + index * 1000,
    text: `band ${index} done`,
    from,
  });

  it('are listed in order with their times, warnings said as such', async () => {
    show(sessionOf(run.id, {}, [message(0, 'panel'), message(1), message(2, 'warning')]));
    const region = screen.getByRole('region', { name: 'Session messages' });
    await waitFor(() => expect(within(region).getAllByRole('listitem')).toHaveLength(3));
    const items = within(region).getAllByRole('listitem');
    expect(items[1]).toHaveTextContent('02:00:01band 1 done');
    expect(items[2]).toHaveTextContent('Warning: band 2 done');
    expect(region).toHaveTextContent('3 messages');
  });

  it('draws only those in sight of many', async () => {
    const many = Array.from({ length: 5000 }, (_, index) => message(index));
    show(sessionOf(run.id, {}, many));
    expect(await screen.findByText('band 0 done')).toBeInTheDocument();
    expect(screen.getByText('5,000 messages')).toBeInTheDocument();
    expect(screen.getAllByRole('listitem').length).toBeLessThan(150);
  });

  it('are found by text and by whose they are, and copied with their times', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, {}, [message(0, 'panel'), message(1), message(12), message(2, 'warning')]));
    await user.type(await screen.findByRole('searchbox', { name: 'Find in session messages' }), 'BAND 1');
    expect(screen.getAllByRole('listitem').map((each) => each.textContent)).toEqual([
      '02:00:01band 1 done',
      '02:00:12band 12 done',
    ]);
    expect(screen.getByRole('status', { name: 'Found in session messages' })).toHaveTextContent('2');
    await user.click(screen.getByRole('button', { name: 'Copy the messages' }));
    await waitFor(async () =>
      expect(await navigator.clipboard.readText()).toBe(
        '2026-11-23T02:00:01.000Z band 1 done\n2026-11-23T02:00:12.000Z band 12 done\n',
      ),
    );
    await user.clear(screen.getByRole('searchbox', { name: 'Find in session messages' }));
    await user.selectOptions(screen.getByRole('combobox', { name: 'Whose messages' }), 'Warnings');
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    expect(screen.getByRole('listitem')).toHaveTextContent('Warning: band 2 done');
    await user.type(screen.getByRole('searchbox', { name: 'Find in session messages' }), 'nothing');
    expect(screen.getByText('No message fits.')).toBeInTheDocument();
  });

  it('keeps the newest in sight until scrolled up', async () => {
    const user = userEvent.setup();
    const height = vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(5000);
    const messages = [message(0), message(1), message(2)];
    const { rerender } = renderView(
      <SessionMessages messages={messages.slice(0, 1)} />,
      sampleState(sampleStatus(run)),
    );
    const list = screen.getByRole('region', { name: 'List of the messages' });
    expect(list.scrollTop).toBe(5000);
    fireEvent.scroll(list);
    height.mockReturnValue(5100);
    rerender(<SessionMessages messages={messages.slice(0, 2)} />);
    expect(list.scrollTop).toBe(5100);
    fireEvent.scroll(list);
    list.scrollTop = 300;
    fireEvent.scroll(list);
    rerender(<SessionMessages messages={messages} />);
    expect(list.scrollTop).toBe(300);
    await user.click(screen.getByRole('button', { name: 'Go to the newest message' }));
    expect(list.scrollTop).toBe(5100);
  });
});
