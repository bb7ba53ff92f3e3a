import type { CratesFile } from '../../shared/config/crates-file';
import type { SlotId } from '../../shared/domain/ids';
import type { ConfigEdit, ConfigFile } from '../../shared/ipc/calls/config-calls';
import { failure, success, type Result } from '../../shared/result';
import { readCrates } from './crates-document';

/** The edit that makes a publisher id an alias of a slot; null where it already is one. */
export function addAliasEdit(
  current: ConfigFile,
  slot: SlotId,
  publisherId: string,
): Result<ConfigEdit | null> {
  const read = readCrates(current.text);
  if (!read.ok) return failure(read.error.code, read.error.message);
  const found = slotEntries(read.value.file).find((entry) => entry.slot['publisher-id'] === slot);
  if (found === undefined) {
    return failure('config-unknown-slot', `${current.path} has no slot with the publisher id "${slot}".`);
  }
  const { aliases } = found.slot;
  if (slot === publisherId || aliases.includes(publisherId)) return success(null);
  // A list is extended in place, so that its own comments stay; none is there to extend before the first alias.
  if (aliases.length > 0)
    return success({ path: [...found.path, 'aliases', aliases.length], value: publisherId });
  return success({ path: [...found.path, 'aliases'], value: [publisherId] });
}

interface SlotEntry {
  readonly slot: { readonly 'publisher-id': SlotId; readonly aliases: readonly string[] };
  readonly path: readonly (string | number)[];
}

function slotEntries(file: CratesFile): SlotEntry[] {
  return file.crates.flatMap((crate, crateIndex): SlotEntry[] => {
    const path = ['crates', crateIndex];
    if (!('slots' in crate)) return [{ slot: crate, path }];
    return crate.slots.map((slot, index) => ({ slot, path: [...path, 'slots', index] }));
  });
}
