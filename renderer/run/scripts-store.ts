import { useEffect } from 'react';
import { create } from 'zustand';
import { errorText } from '../../shared/error-text';
import type { SlotConfig } from '../../shared/config/crates';
import type { CallResponse } from '../../shared/ipc/contract';
import { call } from '../bridge';
import { namedScript } from './script-groups';

type ScriptList = CallResponse<'scripts.list'>;

const nothing: ScriptList = { scripts: [], problems: [] };

const useScriptsStore = create<{ readonly lists: Readonly<Record<string, ScriptList>> }>(() => ({
  lists: {},
}));

/** Asks main for the scripts of a slot's folders anew. */
export async function loadScripts(slot: SlotConfig['id']): Promise<void> {
  const reply = await call('scripts.list', { slot });
  const list = reply.ok ? reply.value : { scripts: [], problems: [reply.error.message] };
  useScriptsStore.setState((store) => ({ lists: { ...store.lists, [slot]: list } }));
}

/** The scripts of a slot's folders, read when the view appears and whenever the slot's configuration changes. */
export function useScripts(slot: SlotConfig): ScriptList {
  useEffect(() => {
    loadScripts(slot.id).catch((error: unknown) => {
      const message = errorText(error);
      const list: ScriptList = { scripts: [], problems: [`The scripts could not be listed: ${message}`] };
      useScriptsStore.setState((store) => ({ lists: { ...store.lists, [slot.id]: list } }));
    });
  }, [slot]);
  return useScriptsStore((store) => store.lists[slot.id] ?? nothing);
}

/** The path of what was typed as a script: of the one script that it names, else as typed. */
export function scriptPath(slot: SlotConfig['id'], typed: string): string {
  return namedScript(useScriptsStore.getState().lists[slot]?.scripts ?? [], typed);
}

/** The same, for a view. */
export function useScriptPath(slot: SlotConfig['id'], typed: string): string {
  return useScriptsStore((store) => namedScript(store.lists[slot]?.scripts ?? [], typed));
}
