import { useEffect } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { reportUnexpected } from '../stores/notice-store';
import { readScriptArguments } from './arguments-store';
import { useRunForm } from './run-form-store';
import { isFullPath } from './script-groups';
import { loadScripts, scriptPath } from './scripts-store';

/** How long typing of a script's path has to rest before its arguments are read, milliseconds. */
const typingPause = 150;

/**
 * Reads the arguments of the script that a slot's form names: when it is chosen, when the slot's configuration changes,
 * and when the window is used again, since the script may have been edited meanwhile.
 */
export function useScriptReading(slot: SlotConfig): void {
  const script = useRunForm(slot.id).script.trim();
  useEffect(() => {
    if (script === '') return undefined;
    const readNow = async (): Promise<void> => {
      // A name that the list does not have may be of a script that is newer than the list.
      if (!isFullPath(script) && scriptPath(slot.id, script) === script) await loadScripts(slot.id);
      await readScriptArguments(slot.id, script);
    };
    const read = (): void => {
      readNow().catch(reportUnexpected('Reading the arguments'));
    };
    const pause = setTimeout(read, typingPause);
    window.addEventListener('focus', read);
    return () => {
      clearTimeout(pause);
      window.removeEventListener('focus', read);
    };
  }, [slot, script]);
}
