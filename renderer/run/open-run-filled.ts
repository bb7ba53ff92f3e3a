import type { SlotId } from '../../shared/domain/ids';
import { openSlot, openTab } from '../stores/view-store';
import type { RunFill } from './run-form';
import { fillRunForm } from './run-form-store';

/**
 * Opens a slot's Run tab with a script, its words and where its output goes filled in; nothing is started. What was
 * entered there for another script is remembered.
 */
export function openRunFilled(slot: SlotId, fill: RunFill): void {
  fillRunForm(slot, fill);
  openTab(slot, 'run');
  openSlot(slot);
}
