import type { Alarm } from '../../shared/domain/alarm';
import type { PanelConfig } from '../../shared/config/crates';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { PublishedMessage } from '../publisher/decode';
import { Signal } from './signal';

/** A message that was taken: its slot and run where it has them, and when it was received (Unix milliseconds). */
export interface TakenMessage {
  readonly message: PublishedMessage;
  readonly slot: SlotId | null;
  readonly run: RunId | null;
  readonly receivedAt: number;
}

/** What happens in the panel, for the services that watch without taking part. */
export interface PanelEvents {
  /** A run is known: begun, changed, or read at the start of the panel. */
  readonly run: Signal<Run>;
  /** Every message that is new to the panel, matched or not. On the hot path: listeners must be quick. */
  readonly message: Signal<TakenMessage>;
  /** Another configuration is in force. */
  readonly config: Signal<PanelConfig>;
  /** An alarm was raised. One that comes and goes before anybody acknowledged it is told once. */
  readonly alarm: Signal<Alarm>;
  /** The database holds nothing of before: whoever has something in memory that is kept there keeps it anew. */
  readonly databaseBegun: Signal<void>;
}

/** `onFault` hears of a listener that failed. */
export function makePanelEvents(onFault: (error: unknown) => void): PanelEvents {
  return {
    run: new Signal(onFault),
    message: new Signal(onFault),
    config: new Signal(onFault),
    alarm: new Signal(onFault),
    databaseBegun: new Signal(onFault),
  };
}
