import { act, cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keptLists, keptMessages } from '../../../../renderer/messages/kept-messages';
import { MessagesView } from '../../../../renderer/messages/MessagesView';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import type { MessageRow } from '../../../../shared/domain/message';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleMessage, sampleRun, sampleSlot, sampleState, sampleStatus, start } from '../support/samples';
import { layOutElements, renderView } from '../support/screen';

/** The messages of a slot behind the bridge. */
class MessageStore {
  messages: MessageRow[] = [];
  fault: string | null = null;

  readonly bridge = new PanelBridgeDouble({
    'messages.page': (request) => {
      if (this.fault !== null) return failure('store-unavailable', this.fault);
      const rows = this.messages
        .filter((row) => request.msgtypes.length === 0 || request.msgtypes.includes(row.msgtype))
        .filter((row) => row.payload.includes(request.text))
        .filter((row) => request.run === null || row.run === request.run)
        .filter((row) => row.publisherId.includes(request.publisher))
        .filter((row) => request.until === null || row.receivedAt < request.until)
        .filter((row) => request.before === null || row.position < request.before)
        .filter((row) => request.after === null || row.position > request.after)
        .toSorted((one, another) => another.position - one.position);
      const part = this.part(rows, request.limit);
      const names = [...new Set(this.messages.map((row) => row.msgtype))];
      const countOf = (name: string): number => this.messages.filter((row) => row.msgtype === name).length;
      return success({
        ...part,
        reachedAt: part.next === null ? null : start + part.next,
        newest: Math.max(0, ...this.messages.map((row) => row.position)),
        types: names.map((msgtype) => ({ msgtype, count: countOf(msgtype) })),
      });
    },
    'messages.read': ({ position }) =>
      success({ text: `{"id": "crate1slot3", "seq_no": ${position}, "payload": {"noise": NaN}}` }),
  });

  /** What one answer holds; a test may have the search go by parts. */
  part = (rows: MessageRow[], limit: number): { rows: MessageRow[]; next: number | null } => {
    const page = rows.slice(0, limit);
    return { rows: page, next: rows.length > limit ? (page.at(-1)?.position ?? null) : null };
  };

  add(first: number, count: number, change: Partial<MessageRow> = {}): void {
    for (let position = first; position < first + count; position += 1) {
      this.messages.push(sampleMessage(position, change));
    }
  }
}

const run = sampleRun();

function show(): void {
  renderView(<MessagesView slot={sampleSlot} run={run} />, sampleState(sampleStatus(run, 1)));
}

/** Main tells how many messages the slot has had. */
function tell(messages: number): void {
  act(() => usePanelStore.setState({ state: sampleState(sampleStatus(run, messages)) }));
}

function scrollTo(top: number): void {
  grid().scrollTop = top;
  fireEvent.scroll(grid());
}

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Messages' });
const bodyRows = (): HTMLElement[] => within(grid()).getAllByRole('row').slice(1);

beforeEach(() => {
  keptMessages.clear();
  keptLists.clear();
  layOutElements(900, 480);
});
afterEach(() => vi.restoreAllMocks());

describe('the messages of a slot', () => {
  it('lists the newest first, with only the rows in sight drawn', async () => {
    const store = new MessageStore();
    store.add(1, 1000);
    show();
    await waitFor(() => expect(bodyRows()[0]).toHaveTextContent('{"step": 1000}'));
    expect(bodyRows()[0]).toHaveTextContent('session_data');
    expect(bodyRows().length).toBeLessThan(60);
    expect(store.bridge.asked('messages.page')).toHaveLength(1);
  });

  it('names the publisher only where another one’s messages are listed', async () => {
    const store = new MessageStore();
    store.add(1, 3);
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(3));
    expect(within(grid()).queryByRole('columnheader', { name: 'Publisher id' })).toBeNull();
    store.add(4, 1, { publisherId: 'uxm_mv6' });
    tell(4);
    expect(await within(grid()).findByRole('columnheader', { name: 'Publisher id' })).toBeInTheDocument();
    expect(bodyRows()[0]).toHaveTextContent('uxm_mv6');
  });

  it('shows what comes while live, and waits while paused', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.add(1, 10);
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(10));
    store.add(11, 2);
    tell(3);
    await waitFor(() => expect(bodyRows()).toHaveLength(12));

    await user.click(screen.getByRole('button', { name: 'Pause' }));
    store.add(13, 4);
    tell(7);
    expect(await screen.findByText('4 messages received since this list was read.')).toBeInTheDocument();
    expect(bodyRows()).toHaveLength(12);
    await user.click(screen.getByRole('button', { name: 'Show newest' }));
    await waitFor(() => expect(bodyRows()).toHaveLength(16));
    expect(screen.queryByRole('button', { name: 'Show newest' })).toBeNull();

    store.add(17, 1);
    tell(8);
    await user.click(await screen.findByRole('button', { name: 'Go live · 1 new' }));
    await waitFor(() => expect(bodyRows()).toHaveLength(17));
  });

  it('says whether it follows: not while scrolled down, and again in a list that stands at its top', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.add(1, 100);
    show();
    await waitFor(() => expect(bodyRows()[0]).toHaveTextContent('{"step": 100}'));
    scrollTo(600);
    expect(await screen.findByRole('button', { name: 'Go live' })).toBeInTheDocument();
    store.add(101, 1);
    tell(2);
    // A list of another filter stands at its top, and follows.
    await user.type(screen.getByRole('textbox', { name: 'Text that messages contain' }), 'step');
    await waitFor(() => expect(bodyRows()[0]).toHaveTextContent('{"step": 101}'));
    expect(screen.getByRole('button', { name: 'Pause' })).toBeInTheDocument();
    store.add(102, 1);
    tell(3);
    await waitFor(() => expect(bodyRows()[0]).toHaveTextContent('{"step": 102}'));
  });

  it('goes to the newest when it is to go live', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.add(1, 100);
    show();
    await waitFor(() => expect(bodyRows()[0]).toHaveTextContent('{"step": 100}'));
    scrollTo(600);
    store.add(101, 2);
    tell(3);
    await user.click(await screen.findByRole('button', { name: 'Go live · 2 new' }));
    await waitFor(() => expect(bodyRows()[0]).toHaveTextContent('{"step": 102}'));
    expect(grid().scrollTop).toBe(0);
    expect(screen.getByRole('button', { name: 'Pause' })).toBeInTheDocument();
  });

  it('stands as it was left when it is come back to', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.add(1, 100);
    show();
    await user.type(screen.getByRole('textbox', { name: 'Text that messages contain' }), 'step');
    await waitFor(() => expect(store.bridge.asked('messages.page').at(-1)?.text).toBe('step'));
    await waitFor(() => expect(bodyRows()[0]).toHaveTextContent('{"step": 100}'));
    await user.click(bodyRows()[4]!);
    scrollTo(120);
    await screen.findByRole('button', { name: 'Go live' });
    cleanup();
    store.add(101, 3);
    const asked = store.bridge.asked('messages.page').length;
    renderView(<MessagesView slot={sampleSlot} run={run} />, sampleState(sampleStatus(run, 4)));
    expect(screen.getByRole('textbox', { name: 'Text that messages contain' })).toHaveValue('step');
    expect(grid().scrollTop).toBe(120);
    expect(bodyRows().find((row) => row.getAttribute('aria-selected') === 'true')).toHaveTextContent(
      '{"step": 96}',
    );
    expect(screen.getByRole('button', { name: 'Go live · 3 new' })).toBeInTheDocument();
    expect(store.bridge.asked('messages.page')).toHaveLength(asked);
  });

  it('filters by type, text and run', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.add(1, 5);
    store.add(6, 3, { msgtype: 'metadata', run: run.id });
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(8));
    await user.click(screen.getByRole('checkbox', { name: 'metadata' }));
    await waitFor(() => expect(bodyRows()).toHaveLength(3));
    await user.click(screen.getByRole('checkbox', { name: 'metadata' }));
    await waitFor(() => expect(bodyRows()).toHaveLength(8));
    await user.click(screen.getByRole('switch', { name: 'This run only' }));
    await waitFor(() => expect(bodyRows()).toHaveLength(3));
    await user.click(screen.getByRole('switch', { name: 'This run only' }));
    await user.type(screen.getByRole('textbox', { name: 'Text that messages contain' }), 'step": 4');
    await waitFor(() => expect(bodyRows()).toHaveLength(1));
    await user.type(screen.getByRole('textbox', { name: 'Text that messages contain' }), 'nothing like it');
    expect(await screen.findByText('No message fits')).toBeInTheDocument();
  });

  it('filters by publisher and by time, and counts each type', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.add(1, 5);
    store.add(6, 3, { msgtype: 'metadata', publisherId: 'STREAMER:crate1slot3' });
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(8));
    expect(screen.getByRole('checkbox', { name: 'metadata' })).toHaveAttribute(
      'aria-description',
      '3 messages kept',
    );
    await user.type(screen.getByRole('combobox', { name: 'Part of the publisher id' }), 'STREAM');
    await waitFor(() => expect(bodyRows()).toHaveLength(3));
    await user.clear(screen.getByRole('combobox', { name: 'Part of the publisher id' }));
    await waitFor(() => expect(bodyRows()).toHaveLength(8));
    const until = screen.getByLabelText('Only messages older than this time, in UTC');
    fireEvent.change(until, { target: { value: '2026-11-23 02:00' } });
    expect(await screen.findByText('No message fits')).toBeInTheDocument();
    expect(store.bridge.asked('messages.page').at(-1)?.until).toBe(start);
    fireEvent.change(until, { target: { value: '' } });
    await waitFor(() => expect(bodyRows()).toHaveLength(8));
  });

  it('shows what a long search has found so far, and can be stopped', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.add(1, 1000);
    store.part = (rows) => {
      // Each answer has looked at a hundred messages, and found the first of them.
      const next = (rows[0]?.position ?? 1) - 100;
      return { rows: rows.slice(0, 1), next: next > 0 ? next + 1 : null };
    };
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(10));
    store.bridge.hold('messages.page');
    await user.type(screen.getByRole('textbox', { name: 'Text that messages contain' }), 'step');
    await waitFor(() => expect(store.bridge.asked('messages.page').at(-1)?.text).toBe('step'));
    store.bridge.release('messages.page');
    store.bridge.hold('messages.page');
    const status = await screen.findByRole('status', { name: 'Search' });
    expect(status).toHaveTextContent('Searching older messages … Searched back to 2026-11-23 02:00:00 UTC.');
    expect(bodyRows()).toHaveLength(1);
    await user.click(screen.getByRole('button', { name: 'Stop' }));
    const asked = store.bridge.asked('messages.page').length;
    store.bridge.release('messages.page');
    await waitFor(() => expect(bodyRows()).toHaveLength(2));
    expect(screen.getByRole('status', { name: 'Search' })).toHaveTextContent('The search was stopped.');
    expect(store.bridge.asked('messages.page')).toHaveLength(asked);
    await user.click(screen.getByRole('button', { name: 'Search on' }));
    await waitFor(() => expect(bodyRows()).toHaveLength(10));
    expect(screen.queryByRole('status', { name: 'Search' })).toBeNull();
  });

  it('reads only what is new, however little of it fits', async () => {
    const store = new MessageStore();
    store.add(1, 10);
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(10));
    store.add(11, 2);
    tell(3);
    await waitFor(() => expect(bodyRows()).toHaveLength(12));
    expect(store.bridge.asked('messages.page').map((request) => request.after)).toEqual([null, 10]);
  });

  it('shows a whole message, NaN and all, chosen by pointer or keyboard', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.add(1, 3);
    show();
    await waitFor(() => expect(bodyRows()).toHaveLength(3));
    await user.click(bodyRows()[0]!);
    const detail = screen.getByRole('region', { name: 'Message' });
    await waitFor(() => expect(detail).toHaveTextContent('"payload": {"noise": NaN}'));
    expect(detail).toHaveTextContent('"seq_no": 3');
    grid().focus();
    await user.keyboard('{ArrowDown}');
    await waitFor(() =>
      expect(screen.getByRole('region', { name: 'Message' })).toHaveTextContent('"seq_no": 2'),
    );
    await user.click(screen.getByRole('button', { name: 'Copy message' }));
    await waitFor(async () =>
      expect(await navigator.clipboard.readText()).toContain('{"id": "crate1slot3", "seq_no": 2'),
    );
    await user.click(screen.getByRole('button', { name: 'Close the message' }));
    expect(screen.queryByRole('region', { name: 'Message' })).toBeNull();
  });

  it('says why there is nothing, or what went wrong', async () => {
    const user = userEvent.setup();
    const store = new MessageStore();
    store.fault = 'The database cannot be read.';
    show();
    expect(await screen.findByRole('alert')).toHaveTextContent('The database cannot be read.');
    store.fault = null;
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No messages yet')).toBeInTheDocument();
  });

  it('lists those of no slot', async () => {
    const store = new MessageStore();
    store.add(1, 2, { slot: null, publisherId: 'uxm_mv6' });
    renderView(<MessagesView slot={null} run={null} />, sampleState(sampleStatus(null)));
    await waitFor(() => expect(bodyRows()).toHaveLength(2));
    expect(bodyRows()[0]).toHaveTextContent('uxm_mv6');
    expect(store.bridge.asked('messages.page')[0]?.slot).toBeNull();
    expect(screen.queryByRole('switch', { name: 'This run only' })).toBeNull();
  });
});
