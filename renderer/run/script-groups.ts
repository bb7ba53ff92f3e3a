import { isWindowsPath, withSlashes } from '../../shared/domain/script-path';
import type { ScriptEntry } from '../../shared/ipc/calls/scripts-calls';

/** Scripts under one heading, as the list under "Script" shows them. */
export interface ScriptGroup {
  readonly title: string;
  /** `folder` is told beside the name where the heading does not say it. */
  readonly scripts: readonly ScriptEntry[];
  readonly kind: 'favourites' | 'recent' | 'folder';
}

/** What goes first in the list: paths of favourite scripts and of those run last. */
export interface ScriptOrder {
  readonly favourites: readonly string[];
  readonly recent: readonly string[];
}

/**
 * The scripts whose folder and name hold every part of what was typed; all of them once one is chosen. Favourites go
 * first, then those run last, then the others by folder; each stands once.
 */
export function groupScripts(
  scripts: readonly ScriptEntry[],
  typed: string,
  { favourites, recent }: ScriptOrder = { favourites: [], recent: [] },
): ScriptGroup[] {
  const wanted = withSlashes(typed.trim());
  const all = withPaths(scripts, [...favourites, ...recent]);
  const isChosen = all.some((script) => script.path === wanted);
  const parts = isChosen ? [] : wanted.toLowerCase().split(/\s+/);
  const left = new Map(
    all
      .filter((script) => parts.every((part) => script.path.toLowerCase().includes(part)))
      .map((script) => [script.path, script]),
  );
  const take = (path: string): ScriptEntry[] => {
    const script = left.get(path);
    left.delete(path);
    return script === undefined ? [] : [script];
  };
  const groups: ScriptGroup[] = [
    { title: 'Favourites', kind: 'favourites', scripts: favourites.flatMap(take) },
    { title: 'Recent', kind: 'recent', scripts: recent.flatMap(take) },
  ];
  const folders = new Map<string, ScriptEntry[]>();
  for (const script of left.values()) {
    folders.set(script.folder, [...(folders.get(script.folder) ?? []), script]);
  }
  for (const [title, entries] of folders) groups.push({ title, kind: 'folder', scripts: entries });
  return groups.filter((group) => group.scripts.length > 0);
}

/** The path of the one script that this names by its path or by the end of it; what was typed where there is none. */
export function namedScript(scripts: readonly ScriptEntry[], typed: string): string {
  const wanted = withSlashes(typed.trim());
  if (wanted === '' || isFullPath(wanted)) return wanted;
  const named = scripts.filter((script) => script.path.endsWith(`/${wanted}`));
  return named.length === 1 ? (named[0]?.path ?? wanted) : wanted;
}

/** Whether this says where a script is. Only main knows for sure, by the machine that it is on. */
export function isFullPath(typed: string): boolean {
  return typed.startsWith('/') || isWindowsPath(typed);
}

/** Adds those that are in none of the slot's folders: they were typed once. */
function withPaths(scripts: readonly ScriptEntry[], paths: readonly string[]): ScriptEntry[] {
  const known = new Set(scripts.map((script) => script.path));
  const others = [...new Set(paths)].filter((path) => !known.has(path)).map(entryOf);
  return [...scripts, ...others];
}

function entryOf(path: string): ScriptEntry {
  const cut = path.lastIndexOf('/');
  return { path, name: path.slice(cut + 1), folder: cut <= 0 ? '/' : path.slice(0, cut) };
}
