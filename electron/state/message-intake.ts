import type { SlotId } from '../../shared/domain/ids';
import type { PublishedMessage } from '../publisher/decode';
import type { RelayOrigin } from '../publisher/publisher-service';
import type { SessionService } from '../session/session-service';
import type { Store } from '../store/store';
import type { Signal } from './signal';
import type { TakenMessage } from './panel-events';

/** Where a message goes. */
export interface MessageIntakeOptions {
  readonly sessions: SessionService;
  readonly store: Store;
  /** The slot, or the session, shows something new. */
  readonly onSlot: (slot: SlotId) => void;
  readonly onSession: () => void;
  readonly taken: Signal<TakenMessage>;
}

/** Takes a message that has arrived, by the listener or (`relay`) by a run's supervisor, into session and store. */
export class MessageIntake {
  readonly #options: MessageIntakeOptions;

  constructor(options: MessageIntakeOptions) {
    this.#options = options;
  }

  take(message: PublishedMessage, slot: SlotId | null, receivedAt: number, relay: RelayOrigin | null): void {
    const { sessions, store, onSlot, onSession, taken } = this.#options;
    if (relay?.isNew.session === true) {
      sessions.recordRelayed(relay.run, message, receivedAt, relay.end);
    }
    const heard = relay !== null || slot === null ? null : sessions.record(slot, message, receivedAt);
    const run = relay?.run ?? heard;
    if (relay === null || relay.isNew.message) {
      const { publishedAt, publisherId, msgtype, seqNo, text } = message;
      const relayEnd = relay?.end ?? null;
      store.recordMessage({
        receivedAt,
        publishedAt,
        publisherId,
        slot,
        run,
        msgtype,
        seqNo,
        text,
        relayEnd,
      });
      taken.emit({ message, slot, run, receivedAt });
    }
    if (slot !== null) onSlot(slot);
    if (run !== null) onSession();
  }
}
