import { useEffect } from 'react';
import { errorText } from '../../shared/error-text';
import type { RunId, SlotId } from '../../shared/domain/ids';
import { isUnfinished } from '../../shared/domain/run';
import { call } from '../bridge';
import { phasesMark } from '../history/history-feed';
import { addNotice } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { freshenRun, showRun, useViewStore } from '../stores/view-store';

/** How often a past run is read while something of it still lives, milliseconds: main tells only of the newest one. */
const readEvery = 1000;

/** Keeps the past run that a slot's page shows as it is now: its end, and the end of what outlived its script. */
export function useFreshPastRun(slot: SlotId): void {
  const past = useViewStore((view) => view.shownRuns[slot] ?? null);
  const id = past?.id ?? null;
  const isChanging = past !== null && isUnfinished(past);
  const phase = usePanel((state) => phasesMark(state.slots, slot));
  useEffect(() => {
    if (id === null) return undefined;
    let said: string | null = null;
    // Once, not every second: each time would be announced anew.
    const say = (fault: string | null): void => {
      if (fault !== null && fault !== said) addNotice('warning', fault);
      said = fault;
    };
    const read = (): void => {
      readPastRun(slot, id).then(say, (error: unknown) =>
        say(`Reading run ${id} failed: ${errorText(error)}`),
      );
    };
    read();
    if (!isChanging) return undefined;
    const timer = setInterval(read, readEvery);
    return () => clearInterval(timer);
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- read anew when the slot's phase changes
  }, [slot, id, isChanging, phase]);
}

/** Answers why the run could not be read; null where it was, or is not shown any more. */
async function readPastRun(slot: SlotId, id: RunId): Promise<string | null> {
  const reply = await call('history.read', { run: id });
  if (reply.ok) {
    freshenRun(reply.value.run);
    return null;
  }
  const isShown = useViewStore.getState().shownRuns[slot]?.id === id;
  if (!isShown) return null;
  // It was removed meanwhile, and its page would be of nothing.
  if (reply.error.code === 'run-unknown') showRun(slot, null);
  return `Run ${id} on ${slot} could not be read anew. ${reply.error.message}`;
}
