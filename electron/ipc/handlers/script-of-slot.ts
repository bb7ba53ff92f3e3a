import type { SlotConfig } from '../../../shared/config/crates';
import { failure, success, type Result } from '../../../shared/result';
import type { TransportPool } from '../../run/transport-pool';
import { resolveScript, writtenPath } from '../../scripts/resolve-script';

/** The full path of the script that a call names, by path or by its name in the slot's catalogue. */
export async function scriptOfSlot(
  slot: SlotConfig,
  script: string,
  transports: Pick<TransportPool, 'of'>,
  platform: NodeJS.Platform = process.platform,
): Promise<Result<string>> {
  const onWindows = isOnWindows(slot, platform);
  const written = writtenPath(script, onWindows);
  if (written !== null) return success(written);
  const listed = await transports.of(slot.transport).listScripts(slot.scripts);
  return listed.ok ? resolveScript(script, listed.value.scripts, onWindows) : listed;
}

/** The same, and a path is looked at too: what is not there, or cannot be read there, is refused. */
export async function existingScriptOfSlot(
  slot: SlotConfig,
  script: string,
  transports: Pick<TransportPool, 'of'>,
  platform: NodeJS.Platform = process.platform,
): Promise<Result<string>> {
  const found = await scriptOfSlot(slot, script, transports, platform);
  if (!found.ok || writtenPath(script, isOnWindows(slot, platform)) === null) return found;
  const read = await transports.of(slot.transport).readFile(found.value, 1);
  return read.ok ? found : failure(read.error.code, read.error.message);
}

function isOnWindows(slot: SlotConfig, platform: NodeJS.Platform): boolean {
  return slot.transport.kind === 'local' && platform === 'win32';
}
