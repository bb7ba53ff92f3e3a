import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { SessionMessages } from '../../../../renderer/session/SessionMessages';
import { SessionPane } from '../../../../renderer/session/SessionPane';
import { connectPanelStore, usePanelStore } from '../../../../renderer/stores/panel-store';
import type { RunId } from '../../../../shared/domain/ids';
import type { Session } from '../../../../shared/domain/session';
import type { Json } from '../../../../shared/json';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, start } from '../support/samples';
import { renderView } from '../support/screen';

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
    expect(await screen.findByText('as of 02:00:01')).toBeInTheDocument();
    expect(screen.queryByText(/changed/)).toBeNull();
    expect(bridge.asked('session.watch')).toHaveLength(1);
  });

  it('unfolds a long list by ranges, to its last value', async () => {
    const user = userEvent.setup();
    show(sessionOf(run.id, { df: Array.from({ length: 5000 }, (_, index) => index / 4) }));
    await user.click(await screen.findByRole('treeitem', { name: /df/ }));
    expect(screen.getAllByRole('treeitem')).toHaveLength(51);
    await user.click(item(/4,900 … 4,999/));
    expect(screen.getAllByRole('treeitem')).toHaveLength(151);
    expect(item(/^4999/)).toHaveTextContent('1249.75');
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
    await user.click(screen.getByRole('button', { name: 'Copy the value of noise.band as JSON' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('[1,NaN]'));
    await user.click(screen.getByRole('button', { name: 'Copy the path noise.band' }));
    await waitFor(async () => expect(await navigator.clipboard.readText()).toBe('noise.band'));
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

  it('says why there is none', async () => {
    renderView(<SessionPane run={null} />, sampleState(sampleStatus(null)));
    expect(screen.getByText('No run yet')).toBeInTheDocument();
    show(sessionOf(run.id, {}));
    expect(await screen.findByText('No session data yet')).toBeInTheDocument();
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

  it('draws the newest of many, and earlier ones on demand', async () => {
    const user = userEvent.setup();
    show(
      sessionOf(
        run.id,
        {},
        Array.from({ length: 1000 }, (_, index) => message(index)),
      ),
    );
    const earlier = await screen.findByRole('button', { name: 'Show earlier ones (700 messages)' });
    expect(screen.getByText('band 999 done')).toBeInTheDocument();
    expect(screen.queryByText('band 699 done')).toBeNull();
    await user.click(earlier);
    expect(screen.getByText('band 699 done')).toBeInTheDocument();
  });

  it('keeps the newest in sight until scrolled up', () => {
    const height = vi.spyOn(HTMLElement.prototype, 'scrollHeight', 'get').mockReturnValue(1000);
    vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(200);
    const messages = [message(0), message(1), message(2)];
    const { rerender } = renderView(
      <SessionMessages messages={messages.slice(0, 1)} />,
      sampleState(sampleStatus(run)),
    );
    const list = screen.getByRole('list', { name: /Messages of the session/ });
    expect(list.scrollTop).toBe(1000);
    height.mockReturnValue(1100);
    rerender(<SessionMessages messages={messages.slice(0, 2)} />);
    expect(list.scrollTop).toBe(1100);
    list.scrollTop = 300;
    fireEvent.scroll(list);
    rerender(<SessionMessages messages={messages} />);
    expect(list.scrollTop).toBe(300);
    vi.restoreAllMocks();
  });
});
