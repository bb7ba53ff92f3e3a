import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { QueuePage } from '../../../../renderer/queue/QueuePage';
import { useQueueStore } from '../../../../renderer/queue/queue-store';
import { emptyQueueStatus, summariseGroup, type QueueStatus } from '../../../../shared/domain/queue';
import type { QueueView, ShownEntry } from '../../../../shared/ipc/calls/queue-calls';
import type { QueueEntry } from '../../../../shared/domain/queue';
import { entryId, groupId, makeEntry, makeGroup, noon, slotNumber } from '../../../fixtures/queue';
import { failure, PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleState, sampleStatus } from '../support/samples';
import { renderView, showState } from '../support/screen';

const shown = (entry: QueueEntry, waitsFor: string | null = null): ShownEntry => ({ ...entry, waitsFor });
const viewOf = (entries: readonly ShownEntry[], parts: Partial<QueueView> = {}): QueueView => ({
  revision: 1,
  fault: null,
  paused: null,
  pausedSlots: {},
  afterFailure: 'pause-slot',
  entries: [...entries],
  groups: [],
  ...parts,
});
const stateWith = (queue: Partial<QueueStatus> = {}) => ({
  ...sampleState(sampleStatus(null)),
  queue: { ...emptyQueueStatus, revision: 1, ...queue },
});

function open(view: QueueView, status: Partial<QueueStatus> = {}): PanelBridgeDouble {
  const bridge = new PanelBridgeDouble({
    'queue.read': () => success(view),
    'group.list': () => success({ groups: [], total: 0 }),
    'history.usual': () => success({ usual: { duration: 90_000, runs: 3, sameArguments: true } }),
    'queue.move': () => success({}),
    'queue.edit': () => success({}),
    'queue.skip': () => success({}),
    'queue.remove': () => failure('entry-not-waiting', 'It is running.'),
    'queue.pause': () => success({}),
    'queue.resume': () => success({}),
  });
  renderView(<QueuePage />, stateWith(status));
  return bridge;
}

const waitingRows = async (): Promise<HTMLElement[]> =>
  within(await screen.findByRole('region', { name: 'Waiting' })).findAllByRole('listitem');
const three = viewOf([
  shown(makeEntry(1), 'Waits for take_noise.py, which runs on this slot.'),
  shown(makeEntry(2, { args: ['--band', '0 1'] })),
  shown(makeEntry(3, { slot: slotNumber(3) })),
]);

beforeEach(() => useQueueStore.setState(useQueueStore.getInitialState()));

describe('the queue page', () => {
  it('says what to do where nothing is in the queue', async () => {
    open(viewOf([]));
    expect(await screen.findByText('Nothing is in the queue')).toBeInTheDocument();
  });

  it('lists what waits in its order, with what each waits for and how long it usually takes', async () => {
    open(three);
    const [first, second] = await waitingRows();
    expect(first).toHaveTextContent(/1.*waiting.*crate1slot2.*take_iv\.py.*Waits for take_noise/);
    expect(first).toHaveTextContent('usually 1:30');
    expect(second).toHaveTextContent("take_iv.py --band '0 1'");
  });

  it('moves an entry up, down and to the top, and not beyond the ends', async () => {
    const user = userEvent.setup();
    const bridge = open(three);
    const rows = await waitingRows();
    const press = (row: number, name: string): Promise<void> =>
      user.click(within(rows[row]!).getByRole('button', { name }));
    await press(2, 'Run next');
    await press(1, 'Move up');
    await press(0, 'Move down');
    await press(1, 'Move down');
    await press(0, 'Move up');
    await press(2, 'Move down');
    expect(bridge.asked('queue.move')).toEqual([
      { entry: entryId(3), before: entryId(1) },
      { entry: entryId(2), before: entryId(1) },
      { entry: entryId(1), before: entryId(3) },
      { entry: entryId(2), before: null },
    ]);
  });

  it('edits the arguments as a command line, and refuses one that is not closed', async () => {
    const user = userEvent.setup();
    const bridge = open(three);
    const rows = await waitingRows();
    await user.click(within(rows[1]!).getByRole('button', { name: 'Edit arguments' }));
    const box = screen.getByRole('textbox', { name: 'Arguments' });
    expect(box).toHaveValue("--band '0 1'");
    await user.type(box, " 'a");
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    await user.type(box, " b'");
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(bridge.asked('queue.edit')).toEqual([{ entry: entryId(2), args: ['--band', '0 1', 'a b'] }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(within(rows[1]!).getByRole('button', { name: 'Edit arguments' })).toHaveFocus();
  });

  it('keeps edited arguments that main refuses, and those of an entry that starts meanwhile', async () => {
    const user = userEvent.setup();
    let view = three;
    const bridge = new PanelBridgeDouble({
      'queue.read': () => success(view),
      'group.list': () => success({ groups: [], total: 0 }),
      'history.usual': () => success({ usual: null }),
      'queue.edit': () => failure('store-failed', 'The database failed.'),
    });
    renderView(<QueuePage />, stateWith());
    const rows = await waitingRows();
    await user.click(within(rows[1]!).getByRole('button', { name: 'Edit arguments' }));
    const box = screen.getByRole('textbox', { name: 'Arguments' });
    await user.type(box, ' precious');
    bridge.hold('queue.edit');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    bridge.release('queue.edit');
    expect(await screen.findByText('The database failed.')).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Save' })).toBeEnabled();
    view = viewOf(
      three.entries.map((entry) => (entry.id === entryId(2) ? { ...entry, state: 'running' } : entry)),
      { revision: 2 },
    );
    act(() => showState(stateWith({ revision: 2 })));
    expect(await screen.findByText(/It does not wait any more/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Save' })).toBeDisabled();
    expect(screen.getByRole('textbox', { name: 'Arguments' })).toHaveValue("--band '0 1' precious");
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('cannot be mistaken for running while it is paused, and says why it is', async () => {
    const user = userEvent.setup();
    const paused = { since: noon, reason: 'The panel was started again while 3 entries waited.' };
    const bridge = open(three, {
      paused,
      pausedSlots: { [slotNumber(3)]: { since: noon, reason: 'It failed.' } },
    });
    expect(screen.getByText('The queue is paused: nothing starts.')).toBeInTheDocument();
    expect(screen.getByText(/started again while 3 entries waited/)).toBeInTheDocument();
    await user.click(screen.getByRole('button', { name: 'Resume queue' }));
    await user.click(screen.getByRole('button', { name: 'Resume crate1slot3' }));
    expect(bridge.asked('queue.resume')).toEqual([{ slot: null }, { slot: 'crate1slot3' }]);
  });

  it('reads the queue anew when main says that it has changed', async () => {
    const bridge = open(three);
    await waitingRows();
    act(() => showState(stateWith({ revision: 2 })));
    await waitFor(() => expect(bridge.asked('queue.read')).toHaveLength(2));
  });

  it('says that the queue could not be read, rather than that it is empty', async () => {
    open(viewOf([], { fault: 'The queue cannot be read. The database is not open.' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('The database is not open.');
    expect(screen.queryByText('Nothing is in the queue')).toBeNull();
  });
});

it('a queue of very many entries is drawn in parts, the usual duration of a script asked for once', async () => {
  const user = userEvent.setup();
  const bridge = open(
    viewOf(
      Array.from({ length: 103 }, (_, index) => shown(makeEntry(index + 1, { slot: slotNumber(index % 2) }))),
    ),
  );
  const waiting = await screen.findByRole('region', { name: 'Waiting' });
  expect(await within(waiting).findByText('3 more entries')).toBeInTheDocument();
  expect(waiting.querySelectorAll('li')).toHaveLength(100);
  await waitFor(() => expect(within(waiting).getAllByText('usually 1:30')).toHaveLength(100));
  expect(bridge.asked('history.usual').map(({ slot }) => slot)).toEqual(['crate1slot0', 'crate1slot1']);
  // The last one that is drawn can go below one that is not.
  const last = waiting.querySelectorAll('li')[99]!;
  fireEvent.click(last.querySelector('[aria-label="Move down"]')!);
  expect(bridge.asked('queue.move')).toEqual([{ entry: entryId(100), before: entryId(102) }]);
  await user.click(within(waiting).getByText('Show 3 more'));
  expect(waiting.querySelectorAll('li')).toHaveLength(103);
  expect(within(waiting).queryByText(/^Show/)).toBeNull();
});

it('a group is summed up slot by slot', async () => {
  const user = userEvent.setup();
  const members = [
    makeEntry(1, {
      group: groupId(1),
      state: 'done',
      duration: 65_000,
      startedAt: noon,
      endedAt: noon + 65_000,
      outcome: { kind: 'exited', code: 3 },
    }),
    makeEntry(2, { group: groupId(1), slot: slotNumber(3), state: 'skipped', note: 'It failed before.' }),
  ];
  const summary = summariseGroup(makeGroup(1, { mode: 'sequential', settle: 30 }), members);
  const bridge = new PanelBridgeDouble({
    'queue.read': () => success(viewOf([])),
    'group.list': () => success({ groups: [summary], total: 1 }),
    'group.read': () => success({ summary, members }),
  });
  renderView(<QueuePage />, stateWith());
  await user.click(await screen.findByRole('button', { name: 'Summary of take_iv.py' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(
    await dialog.findByRole('row', { name: /crate1slot2 failed 1:05 3 Script has finished/ }),
  ).toBeVisible();
  expect(dialog.getByRole('row', { name: /crate1slot3 skipped – – It failed before\./ })).toBeVisible();
  expect(dialog.getByText(/2 slots, one after another, 30 s to settle, stops on failure/)).toBeVisible();
  expect(bridge.asked('group.read')).toEqual([{ group: groupId(1) }]);
  await user.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'Summary of take_iv.py' })).toHaveFocus();
});
