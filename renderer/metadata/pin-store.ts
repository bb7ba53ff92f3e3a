import { create } from 'zustand';
import { errorText } from '../../shared/error-text';
import type { Pin } from '../../shared/domain/pin';
import { watchedKey, watchedPathText, type WatchedValue } from '../../shared/domain/watched-value';
import type { Result } from '../../shared/result';
import { call } from '../bridge';
import { addNotice } from '../stores/notice-store';

interface PinStore {
  /** The pins of every slot. */
  readonly pins: readonly Pin[];
  readonly isRead: boolean;
  readonly fault: string | null;
}

/** The pinned values, as main last told. Written through the functions below only. */
export const usePinStore = create<PinStore>(() => ({ pins: [], isRead: false, fault: null }));

/** Reads the pins anew. */
export async function refreshPins(): Promise<void> {
  try {
    const reply = await call('values.pins', { slot: null });
    if (reply.ok) usePinStore.setState({ pins: reply.value.pins, isRead: true, fault: null });
    else usePinStore.setState({ fault: reply.error.message });
  } catch (error) {
    usePinStore.setState({ fault: errorText(error) });
  }
}

/** The pin of a value; null where it is not pinned. */
export function pinOf(pins: readonly Pin[], watched: WatchedValue): Pin | null {
  const key = watchedKey(watched);
  return pins.find((pin) => watchedKey(pin.watched) === key) ?? null;
}

/** Pins a value, and says where its chart is; a refusal becomes a notice. */
export function pinValue(watched: WatchedValue): void {
  const what = watchedPathText(watched);
  change(`${what} could not be pinned`, call('values.pin', { watched }), () => {
    addNotice(
      'info',
      `${what} is pinned: its chart is on the Metadata tab of ${watched.slot}, under Charts.`,
    );
  });
}

/** Takes a pin away with its history. */
export function unpinValue(pin: Pin): void {
  change(`${watchedPathText(pin.watched)} could not be unpinned`, call('values.unpin', { pin: pin.id }));
}

/** Draws a pin in another chart, or with its own id in one of its own. */
export function groupPin(pin: Pin, chart: number): void {
  const what = watchedPathText(pin.watched);
  change(`${what} could not be moved to another chart`, call('values.group', { pin: pin.id, chart }));
}

function change(failed: string, asked: Promise<Result<unknown>>, done?: () => void): void {
  asked
    .then(async (reply) => {
      if (reply.ok) done?.();
      else addNotice('error', `${failed}. ${reply.error.message}`);
      await refreshPins();
    })
    .catch((error: unknown) => addNotice('error', `${failed}: ${errorText(error)}`));
}
