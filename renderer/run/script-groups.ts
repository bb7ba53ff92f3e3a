import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';

/** A folder's scripts, as the list under "Script" shows them. */
export interface ScriptGroup {
  readonly folder: string;
  readonly scripts: readonly ScriptEntry[];
}

/** The scripts whose path contains what was typed, by folder in their order; all of them once one is chosen. */
export function groupScripts(scripts: readonly ScriptEntry[], typed: string): ScriptGroup[] {
  const wanted = typed.trim().toLowerCase();
  const isChosen = scripts.some((script) => script.path === typed.trim());
  const fitting = isChosen ? scripts : scripts.filter((script) => script.path.toLowerCase().includes(wanted));
  const folders = new Map<string, ScriptEntry[]>();
  for (const script of fitting) {
    const others = folders.get(script.folder);
    if (others === undefined) folders.set(script.folder, [script]);
    else others.push(script);
  }
  return [...folders].map(([folder, entries]) => ({ folder, scripts: entries }));
}
