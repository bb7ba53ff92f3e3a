import { create } from 'zustand';
import { errorText } from '../../shared/error-text';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { Session } from '../../shared/domain/session';
import { applyBatch, applySessionPatch } from '../../shared/ipc/apply-batch';
import type { Batch, PanelState, SlotStatus } from '../../shared/ipc/state';
import { success, type Result } from '../../shared/result';
import { call, onBatch } from '../bridge';
import { addNotice } from './notice-store';

interface WatchedSession {
  readonly version: number;
  readonly session: Session;
}

interface PanelStore {
  /** Null until main's first snapshot has arrived. */
  readonly state: PanelState | null;
  readonly version: number;
  /** Why there is no state, or why batches stopped; null while all is well. */
  readonly fault: string | null;
  /** The session that the screen shows; one at a time. */
  readonly watched: WatchedSession | null;
}

/** What main has told this window. Written here only; views read it through the selector hooks below. */
export const usePanelStore = create<PanelStore>(() => ({
  state: null,
  version: 0,
  fault: null,
  watched: null,
}));

/**
 * Connects the store with main: hears batches, then takes a snapshot and drops what it already holds. A batch that
 * does not fit is shown as a fault, and the state is taken anew in its place, since main sends no other before that
 * one is answered for; where the next one does not fit either, the fault stays. Returns how to disconnect.
 */
export function connectPanelStore(): () => void {
  const early: Batch[] = [];
  let connected = true;
  let loading = false;
  let misfitMeanwhile: string | null = null;
  let mayTakeAnew = true;
  const load = async (): Promise<void> => {
    loading = true;
    const reply = await call('panel.snapshot', {}).finally(() => {
      loading = false;
    });
    if (!connected) return;
    if (!reply.ok) {
      usePanelStore.setState({ fault: reply.error.message });
      return;
    }
    usePanelStore.setState({ state: reply.value.state, version: reply.value.version, fault: null });
    for (const batch of early.splice(0)) receive(batch);
    const misfit = misfitMeanwhile;
    misfitMeanwhile = null;
    if (misfit !== null) await takeAnew(misfit);
  };
  const takeAnew = async (misfit: string): Promise<void> => {
    usePanelStore.setState({ fault: misfit });
    if (!mayTakeAnew) return;
    mayTakeAnew = false;
    addNotice('warning', `The panel’s state was read anew, because ${misfit}.`);
    await load();
    // What the session gained went with the batch.
    if (wantedSession !== null) await watchSession(wantedSession);
  };
  const disconnect = onBatch(
    (batch) => {
      if (loading || usePanelStore.getState().state === null) early.push(batch);
      else {
        mayTakeAnew = true;
        receive(batch);
      }
    },
    (misfit) => {
      if (loading) misfitMeanwhile = misfit;
      else takeAnew(misfit).catch(reportFault);
    },
  );
  load().catch(reportFault);
  return () => {
    connected = false;
    disconnect();
  };
}

function receive(batch: Batch): void {
  const { state, version, watched } = usePanelStore.getState();
  if (state !== null && batch.version > version) {
    const gained = batch.session;
    const concerns =
      gained !== null && watched?.session.run === gained.run && batch.version > watched.version;
    usePanelStore.setState({
      state: applyBatch(state, batch),
      version: batch.version,
      watched: concerns
        ? { version: batch.version, session: applySessionPatch(watched.session, gained) }
        : watched,
    });
  }
  call('panel.acknowledge', { version: batch.version }).catch(reportFault);
}

function reportFault(error: unknown): void {
  usePanelStore.setState({ fault: errorText(error) });
}

let wantedSession: RunId | null = null;

/** Asks main for a run's session and keeps it current from then on. Null forgets the one that was watched, here and there. */
export async function watchSession(run: RunId | null): Promise<Result<null>> {
  const isIdle = wantedSession === null;
  wantedSession = run;
  if (run === null) {
    usePanelStore.setState({ watched: null });
    if (isIdle) return success(null);
  }
  const reply = await call('session.watch', { run });
  // A reply that comes after another run was asked for must not take that one's place.
  if (wantedSession !== run) return success(null);
  if (!reply.ok) {
    usePanelStore.setState({ watched: null });
    return reply;
  }
  usePanelStore.setState({ watched: reply.value });
  return success(null);
}

/** The part of the state that `select` picks; the view draws anew only when it changes. State must be there. */
export function usePanel<Part>(select: (state: PanelState) => Part): Part {
  return usePanelStore((store) => {
    if (store.state === null) throw new Error('a view was drawn before the first snapshot');
    return select(store.state);
  });
}

/** A slot's status; null for a slot that no crate has. */
export function useSlotStatus(slot: SlotId): SlotStatus | null {
  return usePanel((state) => state.slots[slot] ?? null);
}

/** The watched session, if it is this run's. */
export function useSession(run: RunId | null): Session | null {
  return usePanelStore((store) => (store.watched?.session.run === run ? store.watched.session : null));
}
