import diff from 'microdiff';
import type { Session } from '../../shared/domain/session';
import { isJsonObject } from '../../shared/json';
import { flashTime } from './change-age';
import { isJsonList } from './json-list';
import { rowId } from './json-tree';

/** When the values inside of unfolded keys changed. */
export interface ChangeMarks {
  /** What the next change is told from. */
  readonly session: Session;
  /** By the id of a row, Unix milliseconds. */
  readonly times: ReadonlyMap<string, number>;
}

/** Marks of a session that was just opened: nothing inside is known to have changed. */
export function noMarks(session: Session): ChangeMarks {
  return { session, times: new Map() };
}

/**
 * What changed inside of the keys that are unfolded, since the marks were made. Others are not looked into: telling
 * values apart costs as much as they are long, and their rows are not there to be marked.
 */
export function nextMarks(
  marks: ChangeMarks,
  session: Session,
  isUnfolded: (key: string) => boolean,
): ChangeMarks {
  const before = marks.session;
  if (before.run !== session.run) return noMarks(session);
  const times = new Map(marks.times);
  let newest = 0;
  for (const key of Object.keys(session.data)) {
    const value = session.data[key] ?? null;
    const old = Object.hasOwn(before.data, key) ? (before.data[key] ?? null) : null;
    if (value === old || !isUnfolded(key)) continue;
    const at = session.changedAt[key] ?? 0;
    newest = Math.max(newest, at);
    if (isJsonList(old) && isJsonList(value)) markChanges(times, key, old, value, at);
    else if (isJsonObject(old) && isJsonObject(value)) markChanges(times, key, old, value, at);
  }
  for (const [id, at] of times) if (at < newest - flashTime) times.delete(id);
  return { session, times };
}

function markChanges(times: Map<string, number>, key: string, old: object, value: object, at: number): void {
  // JSON has no cycles to be looked for.
  for (const { path } of diff(old, value, { cyclesFix: false })) {
    for (let depth = path.length; depth > 0; depth -= 1) {
      const id = rowId([key, ...path.slice(0, depth)]);
      // What is above a value that was marked now, is marked already.
      if (times.get(id) === at) break;
      times.set(id, at);
    }
  }
}
