import type { Session } from '../domain/session';
import type { Batch, PanelState, SessionPatch } from './state';

/** Applies a batch to the state. Slots that no crate has any more go away with the crates that held them. */
export function applyBatch(state: PanelState, batch: Batch): PanelState {
  const merged = { ...state, ...definedOnly(batch.state) };
  const slots = batch.slots.length === 0 ? state.slots : { ...state.slots };
  for (const slot of batch.slots) slots[slot.slot] = slot;
  if (batch.state.crates === undefined) return { ...merged, slots };
  const configured = new Set(batch.state.crates.flatMap((crate) => crate.slots.map((slot) => slot.id)));
  const kept = Object.values(slots).filter((slot) => configured.has(slot.slot));
  return { ...merged, slots: Object.fromEntries(kept.map((slot) => [slot.slot, slot])) };
}

function definedOnly(part: Batch['state']): Partial<PanelState> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}

/** Applies what a session gained. A patch that overlaps what is already there changes nothing twice. */
export function applySessionPatch(session: Session, patch: SessionPatch): Session {
  return {
    run: session.run,
    data: { ...session.data, ...patch.set },
    changedAt: { ...session.changedAt, ...patch.changedAt },
    messages: [...session.messages.slice(0, patch.messagesFrom), ...patch.messages],
  };
}
