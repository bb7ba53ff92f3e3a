import type { SlotConfig } from '../../../shared/config/crates';
import { failure, success, type Result } from '../../../shared/result';
import type { TransportPool } from '../../run/transport-pool';
import { isPath, resolveScript } from '../../scripts/resolve-script';

/** The full path of the script that a call names, by path or by its name in the slot's catalogue. */
export async function scriptOfSlot(
  slot: SlotConfig,
  script: string,
  transports: TransportPool,
): Promise<Result<string>> {
  if (isPath(script)) return success(script.trim());
  const listed = await transports.of(slot.transport).listScripts(slot.scripts);
  return listed.ok ? resolveScript(script, listed.value.scripts) : listed;
}

/** The same, and a path is looked at too: what is not there, or cannot be read there, is refused. */
export async function existingScriptOfSlot(
  slot: SlotConfig,
  script: string,
  transports: TransportPool,
): Promise<Result<string>> {
  const found = await scriptOfSlot(slot, script, transports);
  if (!found.ok || !isPath(script)) return found;
  const read = await transports.of(slot.transport).readFile(found.value, 1);
  return read.ok ? found : failure(read.error.code, read.error.message);
}
