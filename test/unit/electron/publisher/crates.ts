import { cratesFileSchema } from '../../../../shared/config/crates-file';
import { resolveCrates, type CrateConfig } from '../../../../shared/config/crates';
import { slotIdSchema, type SlotId } from '../../../../shared/domain/ids';

/** One crate whose slots have these publisher ids and aliases, read as the panel reads its file. */
export function crateWith(slots: Readonly<Record<string, readonly string[]>>): CrateConfig[] {
  const entries = Object.entries(slots).map(([id, aliases], slot) => ({ slot, 'publisher-id': id, aliases }));
  return [...resolveCrates(cratesFileSchema.parse({ crates: [{ name: 'crate1', slots: entries }] })).crates];
}

/** A slot's id from its text. */
export function slotId(text: string): SlotId {
  return slotIdSchema.parse(text);
}
