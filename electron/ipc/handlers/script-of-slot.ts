import type { SlotConfig } from '../../../shared/config/crates';
import { success, type Result } from '../../../shared/result';
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
