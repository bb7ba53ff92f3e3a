import { create } from 'zustand';
import { errorText } from '../../shared/error-text';
import type { SlotId } from '../../shared/domain/ids';
import type { Pin } from '../../shared/domain/pin';
import { watchedKey, watchedPathText, type WatchedValue } from '../../shared/domain/watched-value';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';

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
  const pin = async (): Promise<void> => {
    const reply = await call('values.pin', { watched });
    if (!reply.ok) addNotice('error', `${what} could not be pinned. ${reply.error.message}`);
    else
      addNotice(
        'info',
        `${what} is pinned: its chart is on the Metadata tab of ${watched.slot}, under Charts.`,
      );
    await refreshPins();
  };
  pin().catch(reportUnexpected(`Pinning ${what}`));
}

/** Pins places of a slot's session data, as its tree names them. */
export function pinSessionValue(slot: SlotId): (path: readonly (string | number)[]) => void {
  return (path) => pinValue({ source: 'session', slot, path: [...path] });
}

/** Takes a pin away with its history; a refusal becomes a notice. */
export function unpinValue(pin: Pin): void {
  const what = watchedPathText(pin.watched);
  const unpin = async (): Promise<void> => {
    const reply = await call('values.unpin', { pin: pin.id });
    if (!reply.ok) addNotice('error', `${what} could not be unpinned. ${reply.error.message}`);
    await refreshPins();
  };
  unpin().catch(reportUnexpected(`Unpinning ${what}`));
}

/** Draws a pin in another chart, or with its own id in one of its own; a refusal becomes a notice. */
export function groupPin(pin: Pin, chart: number): void {
  const what = watchedPathText(pin.watched);
  const group = async (): Promise<void> => {
    const reply = await call('values.group', { pin: pin.id, chart });
    if (!reply.ok) addNotice('error', `${what} could not be moved. ${reply.error.message}`);
    await refreshPins();
  };
  group().catch(reportUnexpected(`Moving ${what} to another chart`));
}
