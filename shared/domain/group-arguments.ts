import type { SlotConfig } from '../config/crates';
import { failure, success, type Failure, type Result } from '../result';

/**
 * Puts a slot's number and publisher id in place of `{slot}` and `{id}` in a group's arguments. Any other braces stay.
 * Fails where `{slot}` is used and the crate has no slot numbers.
 */
export function argumentsForSlot(
  args: readonly string[],
  slot: Pick<SlotConfig, 'id' | 'number'>,
): Result<string[], Failure<'no-slot-number'>> {
  if (slot.number === null && args.some((argument) => argument.includes('{slot}'))) {
    return failure(
      'no-slot-number',
      `The arguments use {slot}, and ${slot.id} has no slot number. Use {id} instead, or leave ${slot.id} out.`,
    );
  }
  const values = new Map([
    ['{slot}', String(slot.number)],
    ['{id}', slot.id],
  ]);
  // In one pass, so that nothing that was put in is read as a placeholder again.
  return success(
    args.map((argument) => argument.replaceAll(/\{slot\}|\{id\}/g, (found) => values.get(found) ?? found)),
  );
}
