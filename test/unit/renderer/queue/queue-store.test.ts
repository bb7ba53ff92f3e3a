// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { loadOlderGroups, refreshQueue, useQueueStore } from '../../../../renderer/queue/queue-store';
import { summariseGroup } from '../../../../shared/domain/queue';
import { groupId, makeEntry, makeGroup } from '../../../fixtures/queue';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { eventually } from '../../../fixtures/eventually';

/** Newest first. */
const all = Array.from({ length: 450 }, (_, index) =>
  summariseGroup(makeGroup(450 - index), [makeEntry(450 - index, { group: groupId(450 - index) })]),
);

function answer(): PanelBridgeDouble {
  return new PanelBridgeDouble({
    'queue.read': () =>
      success({
        revision: 1,
        fault: null,
        paused: null,
        pausedSlots: {},
        afterFailure: 'pause-slot',
        entries: [],
        groups: [],
      }),
    'group.list': ({ before, limit }) => {
      const from = before === null ? 0 : all.findIndex(({ group }) => group.id === before) + 1;
      return success({ groups: all.slice(from, from + limit), total: all.length });
    },
  });
}

const listed = (): number => useQueueStore.getState().groups.length;

beforeEach(() => useQueueStore.setState(useQueueStore.getInitialState()));

describe('the groups of the queue page', () => {
  it('stay when older ones come while the queue is being read', async () => {
    const bridge = answer();
    refreshQueue();
    await eventually(() => expect(listed()).toBe(20));
    bridge.hold('queue.read');
    refreshQueue();
    loadOlderGroups();
    bridge.release('queue.read');
    await eventually(() => expect(listed()).toBe(40));
    refreshQueue();
    await eventually(() => expect(bridge.asked('group.list')).toHaveLength(4));
    expect(listed()).toBe(40);
  });

  it('are read again in as many pages as it takes', async () => {
    useQueueStore.setState({ groups: all.slice(0, 430) });
    const bridge = answer();
    loadOlderGroups();
    await eventually(() => expect(listed()).toBe(450));
    expect(useQueueStore.getState().groups).toEqual(all);
    expect(bridge.asked('group.list')).toEqual([
      { before: null, limit: 200 },
      { before: groupId(251), limit: 200 },
      { before: groupId(51), limit: 50 },
    ]);
    refreshQueue();
    await eventually(() => expect(bridge.asked('group.list')).toHaveLength(6));
    expect(listed()).toBe(450);
  });
});
