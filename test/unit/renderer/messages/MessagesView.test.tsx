import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MessagesView } from '../../../../renderer/messages/MessagesView';
import { usePanelStore } from '../../../../renderer/stores/panel-store';
import type { MessageRow } from '../../../../shared/domain/message';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleMessage, sampleRun, sampleSlot, sampleState, sampleStatus } from '../support/samples';
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
        .filter((row) => request.before === null || row.position < request.before)
        .toSorted((one, another) => another.position - one.position);
      const msgtypes = [...new Set(this.messages.map((row) => row.msgtype))];
      return success({ rows: rows.slice(0, request.limit), msgtypes });
    },
    'messages.read': ({ position }) =>
      success({ text: `{"id": "crate1slot3", "seq_no": ${position}, "payload": {"noise": NaN}}` }),
  });

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

const grid = (): HTMLElement => screen.getByRole('grid', { name: 'Messages' });
const bodyRows = (): HTMLElement[] => within(grid()).getAllByRole('row').slice(1);

beforeEach(() => layOutElements(900, 480));
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
    await user.click(screen.getByRole('button', { name: 'Go live' }));
    await waitFor(() => expect(bodyRows()).toHaveLength(17));
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
