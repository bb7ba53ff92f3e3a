import type { RegisterRow } from '../../shared/domain/register';

/** In which order the registers stand. `newest` and `updates` are an order of one moment, so that no row jumps. */
export type RegisterOrder = 'path' | 'newest' | 'updates';

/** Whether a path fits what was typed: each word begins, or is part of, some part of the path. Case does not matter. */
export function pathFits(path: string, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const lower = path.toLowerCase();
  return words.every((word) => lower.includes(word));
}

/** A path in two: its last two parts, which tell it from its neighbours, and what leads there. */
export function pathEnds(path: string): { lead: string; end: string } {
  const last = path.lastIndexOf('.');
  const cut = last < 1 ? 0 : path.lastIndexOf('.', last - 1) + 1;
  return { lead: path.slice(0, cut), end: path.slice(cut) };
}

/** The words of a filter. */
export function filterWords(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean);
}

/** What registers are sorted by at one moment, the largest first; null for the order of their paths. */
export type Ranking = ReadonlyMap<string, number> | null;

/** The ranking of the registers as they are at this moment. */
export function rankingOf(rows: ReadonlyMap<string, RegisterRow>, order: RegisterOrder): Ranking {
  if (order === 'path') return null;
  const weigh = (row: RegisterRow): number => (order === 'newest' ? row.receivedAt : row.updates);
  return new Map([...rows].map(([path, row]) => [path, weigh(row)]));
}

/** Sorted paths in the order of a ranking. Those that came after it stand at the end. */
export function orderPaths(paths: readonly string[], ranking: Ranking): readonly string[] {
  if (ranking === null) return paths;
  return paths.toSorted((one, other) => (ranking.get(other) ?? 0) - (ranking.get(one) ?? 0));
}

/** The rows of some paths; with `changedSince`, only those whose value has changed since then (Unix milliseconds). */
export function rowsOf(
  paths: readonly string[],
  rows: ReadonlyMap<string, RegisterRow>,
  changedSince: number | null,
): RegisterRow[] {
  const found: RegisterRow[] = [];
  for (const path of paths) {
    const row = rows.get(path);
    if (row !== undefined && (changedSince === null || row.changedAt >= changedSince)) found.push(row);
  }
  return found;
}
