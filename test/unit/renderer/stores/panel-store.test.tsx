import { waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { useNoticeStore } from '../../../../renderer/stores/notice-store';
import { connectPanelStore, usePanelStore, watchSession } from '../../../../renderer/stores/panel-store';
import { runIdSchema } from '../../../../shared/domain/ids';
import type { Batch } from '../../../../shared/ipc/state';
import { PanelBridgeDouble, success } from '../support/panel-bridge';
import { sampleRun, sampleState, sampleStatus, slotId } from '../support/samples';

/** Main as the store sees it: each snapshot stands at a version of its own and counts as a message. */
class MainProcess {
  version = 0;
  snapshots = 0;
  readonly bridge = new PanelBridgeDouble({
    'panel.snapshot': () => {
      this.snapshots += 1;
      this.version += 1;
      return success({ version: this.version, state: sampleState(sampleStatus(null, this.snapshots)) });
    },
    'panel.acknowledge': () => success({}),
    'session.watch': ({ run }) => {
      if (run === null) return success(null);
      this.version += 1;
      return success({
        version: this.version,
        session: { run: runIdSchema.parse(run), data: {}, changedAt: {}, messages: [] },
      });
    },
  });

  batch(messages: number): Batch {
    this.version += 1;
    return { version: this.version, state: {}, slots: [sampleStatus(null, messages)], session: null };
  }

  /** A batch whose rate is no number, which the contract refuses. */
  misfit(): Batch {
    const { slots, ...batch } = this.batch(0);
    return { ...batch, slots: slots.map((slot) => ({ ...slot, perSecond: Number.NaN })) };
  }
}

const messages = (): number | undefined => usePanelStore.getState().state?.slots[slotId]?.messages;
const fault = (): string | null => usePanelStore.getState().fault;

let disconnect: () => void;
let main: MainProcess;

beforeEach(async () => {
  usePanelStore.setState({ state: null, version: 0, fault: null, watched: null });
  useNoticeStore.setState({ notices: [] });
  main = new MainProcess();
  disconnect = connectPanelStore();
  await waitFor(() => expect(messages()).toBe(1));
});
afterEach(async () => {
  disconnect();
  await watchSession(null);
});

describe('the state that main tells', () => {
  it('follows batches and acknowledges each', async () => {
    main.bridge.send(main.batch(7));
    expect(messages()).toBe(7);
    await waitFor(() => expect(main.bridge.asked('panel.acknowledge')).toEqual([{ version: 2 }]));
  });

  it('is taken anew after a batch that does not fit, with the session that is watched', async () => {
    const { id } = sampleRun();
    await watchSession(id);
    main.bridge.send(main.misfit());
    expect(fault()).toMatch(/does not fit what this window expects \(slots\.0\.perSecond: /);
    await waitFor(() => expect(messages()).toBe(2));
    expect(fault()).toBeNull();
    await waitFor(() => expect(main.bridge.asked('session.watch')).toEqual([{ run: id }, { run: id }]));
    expect(useNoticeStore.getState().notices[0]?.message).toMatch(
      /^The panel’s state was read anew, because/,
    );
    main.bridge.send(main.batch(9));
    expect(messages()).toBe(9);
  });

  it('stays marked as out of date where the next batch does not fit either', async () => {
    main.bridge.send(main.misfit());
    await waitFor(() => expect(messages()).toBe(2));
    main.bridge.send(main.misfit());
    expect(fault()).toContain('does not fit');
    expect(main.snapshots).toBe(2);
  });

  it('does not take a snapshot for the last word while a batch after it did not fit', async () => {
    main.bridge.send(main.misfit());
    main.bridge.send(main.misfit());
    await waitFor(() => expect(messages()).toBe(2));
    await waitFor(() => expect(fault()).toContain('does not fit'));
    expect(main.snapshots).toBe(2);
  });
});
