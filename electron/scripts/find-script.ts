import type { SlotConfig } from '../../shared/config/crates';
import { failure, success, type Result } from '../../shared/result';
import type { TransportPool } from '../run/transport-pool';
import { isPath, resolveScript } from './resolve-script';

/** The script that the operator means on this slot: a full path as it is, or a name looked up in the slot's folders. */
export async function findScript(
  transports: TransportPool,
  slot: SlotConfig,
  wanted: string,
): Promise<Result<string>> {
  if (isPath(wanted)) return success(wanted.trim());
  const listed = await transports.of(slot.transport).listScripts(slot.scripts);
  return listed.ok ? resolveScript(wanted, listed.value.scripts) : listed;
}

/** The same, and a path is looked at too: what is not there, or cannot be read there, is refused. */
export async function findExistingScript(
  transports: TransportPool,
  slot: SlotConfig,
  wanted: string,
): Promise<Result<string>> {
  const found = await findScript(transports, slot, wanted);
  if (!found.ok || !isPath(wanted)) return found;
  const read = await transports.of(slot.transport).readFile(found.value, 1);
  return read.ok ? found : failure(read.error.code, read.error.message);
}
