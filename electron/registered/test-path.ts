import { access, constants, stat } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { fileName, type RegisteredFile } from '../../shared/domain/registered-file';
import { faultOf } from './open-file';
import { mapPath, type PathRow } from './path-map';
import type { PatientGate } from './patient-gate';

/** What came of trying a row of a path map, in a sentence. */
export interface PathTest {
  readonly isGood: boolean;
  readonly message: string;
}

/** Files that are looked for; more would only take longer. */
const mostLooked = 50;

/** Tries a row of a path map against the folder, and against files that the slot registered. */
export async function testPathRow(
  row: PathRow,
  files: readonly RegisteredFile[],
  gate: PatientGate,
): Promise<PathTest> {
  if (!row.from.startsWith('/') && !isAbsolute(row.from)) return bad(`${row.from} is not a full path.`);
  if (!isAbsolute(row.to)) return bad(`${row.to} is not a full path of this machine.`);
  const fault = await folderFault(row.to, gate);
  if (fault !== null) return bad(fault);
  const places = files.flatMap(({ path }) => {
    const place = path.split(/[/\\]/).includes('..') ? null : mapPath(path, [row]);
    return place?.kind === 'here' ? [place.path] : [];
  });
  if (places.length === 0) {
    const known = files.length === 0 ? 'This slot has registered no file yet' : noneMatches(row, files);
    return { isGood: true, message: `${row.to} is there and can be read. ${known}.` };
  }
  const looked = places.slice(0, mostLooked);
  const there = await Promise.all(looked.map((path) => isThere(path, gate)));
  const found = there.filter(Boolean).length;
  const what =
    looked.length === 1 ? 'the newest registered file' : `the ${looked.length} newest registered files`;
  if (found === 0) {
    const missing = fileName(looked[0] ?? '');
    return bad(`${row.to} is there, but none of ${what} below ${row.from} is in it, ${missing} for one.`);
  }
  const all = found === looked.length ? 'all' : String(found);
  return {
    isGood: true,
    message: `${row.to} is there, and holds ${looked.length === 1 ? '' : `${all} of `}${what} below ${row.from}.`,
  };
}

function bad(message: string): PathTest {
  return { isGood: false, message };
}

function noneMatches({ from }: PathRow, files: readonly RegisteredFile[]): string {
  return `None of the slot’s registered files is below ${from}; the newest is ${files[0]?.path ?? ''}`;
}

async function folderFault(path: string, gate: PatientGate): Promise<string | null> {
  try {
    const about = await gate.run(() => stat(path));
    if (!about.isDirectory()) return `${path} is not a folder.`;
    await gate.run(() => access(path, constants.R_OK | constants.X_OK));
    return null;
  } catch (error) {
    const { state, message } = faultOf(error, path);
    if (state === 'missing') return `There is no folder ${path} on this machine.`;
    return state === 'unreadable'
      ? `The folder ${path} may not be read by the user who runs the panel.`
      : message;
  }
}

async function isThere(path: string, gate: PatientGate): Promise<boolean> {
  for (const candidate of [path, `${path}.npy`]) {
    const found = await gate
      .run(() => stat(candidate))
      .then(
        (about) => about.isFile(),
        () => false,
      );
    if (found) return true;
  }
  return false;
}
