import type { SlotConfig } from '../../../shared/config/crates';
import type { SlotId } from '../../../shared/domain/ids';
import { failure, success, type Result } from '../../../shared/result';
import type { PanelModel } from '../../state/panel-model';

/** The slot that a call names, as it is configured now. */
export function slotNamed(model: PanelModel, id: SlotId): Result<SlotConfig> {
  const slot = model.slot(id);
  return slot === null
    ? failure('slot-unknown', `No crate has a slot with publisher id ${id}.`)
    : success(slot);
}
