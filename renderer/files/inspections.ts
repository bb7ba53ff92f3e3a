import { useEffect } from 'react';
import { create } from 'zustand';
import type { FileId, FileInspection, RegisteredFile } from '../../shared/domain/registered-file';
import { inspectLimit } from '../../shared/ipc/calls/files-calls';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';

interface Known {
  readonly found: FileInspection;
  /** The registration that it was looked at for; a later one has it looked at again. */
  readonly registeredAt: number;
  readonly lookedAt: number;
  /** It is on another machine: only a look that fetches tells how it stands. */
  readonly isElsewhere: boolean;
}

interface InspectionStore {
  readonly known: ReadonlyMap<FileId, Known>;
}

const useInspectionStore = create<InspectionStore>(() => ({ known: new Map() }));

/** Files of which what was found is held; all is forgotten beyond it, and looked at again where it is shown. */
const mostKnown = 10_000;
/** How soon a file that is being written, or that was registered before it is there, is looked at again. Milliseconds. */
const lookAgain = 1000;
/** The same for a file of another machine, which is fetched for it. Milliseconds. */
const fetchAgain = 5000;
/** A file that is missing this long after its registration will not come by itself. Milliseconds. */
const patience = 60_000;

/** The longest that a file of which looks tell nothing is left alone. Milliseconds. */
const longestPause = 60_000;

/** Files of which the last looks told nothing: how many in a row, and when the last of them was. */
const untold = new Map<FileId, { readonly looks: number; readonly at: number }>();

/** In the order of asking; those to be fetched apart, since they take their time. */
const waiting = { here: new Map<FileId, RegisteredFile>(), there: new Map<FileId, RegisteredFile>() };
const busy = { here: false, there: false };

/** What was found of a file; undefined until it was looked at. */
export function useInspection(file: FileId): FileInspection | undefined {
  return useInspectionStore((store) => store.known.get(file)?.found);
}

/** What was found of all files that were looked at. */
export function useInspections(): ReadonlyMap<FileId, { readonly found: FileInspection }> {
  return useInspectionStore((store) => store.known);
}

/** Whether a file is to be fetched from another machine to know how it stands, or whether it stands so still. */
export function useNeedsFetching(file: FileId): boolean {
  return useInspectionStore((store) => {
    const known = store.known.get(file);
    return known?.isElsewhere === true && !isSettled(known.found);
  });
}

/** Looks at files, and again at those that are being written, for as long as the view is drawn. */
export function useLooking(files: readonly RegisteredFile[], fetch: boolean): void {
  useEffect(() => {
    const look = (): void =>
      lookAt(
        files.filter((file) => isDue(file, fetch, Date.now())),
        fetch,
      );
    look();
    const timer = setInterval(look, lookAgain);
    return () => clearInterval(timer);
  }, [files, fetch]);
}

/** Looks at files anew, whatever is known of them. */
export function lookAt(files: readonly RegisteredFile[], fetch: boolean): void {
  if (files.length === 0) return;
  const lane = fetch ? 'there' : 'here';
  for (const file of files) waiting[lane].set(file.id, file);
  pump(lane).catch(reportUnexpected('Looking at files'));
}

function isDue(file: RegisteredFile, fetch: boolean, now: number): boolean {
  const last = untold.get(file.id);
  if (last !== undefined && now - last.at < Math.min(longestPause, lookAgain * 2 ** last.looks)) return false;
  const known = useInspectionStore.getState().known.get(file.id);
  if (known === undefined || known.registeredAt !== file.receivedAt) return true;
  const { state } = known.found;
  if (state === 'elsewhere') return fetch;
  // Looks that do not fetch leave those of another machine to the ones that do, for as long as there are any.
  const pause = !known.isElsewhere ? lookAgain : fetch ? fetchAgain : 2 * fetchAgain;
  if (now - known.lookedAt < pause) return false;
  return state === 'growing' || (state === 'missing' && now - file.receivedAt < patience);
}

/** Whether what was found will stay so. */
function isSettled({ state }: FileInspection): boolean {
  return state !== 'elsewhere' && state !== 'growing' && state !== 'missing';
}

async function pump(lane: 'here' | 'there'): Promise<void> {
  if (busy[lane]) return;
  busy[lane] = true;
  try {
    while (waiting[lane].size > 0) {
      const files = [...waiting[lane].values()].slice(0, lane === 'here' ? inspectLimit : 2);
      for (const file of files) waiting[lane].delete(file.id);
      // Until it is answered for, as where the call itself fails.
      for (const file of files) noteUntold(file.id);
      const reply = await call('files.inspect', {
        files: files.map((file) => file.id),
        fetch: lane === 'there',
      });
      if (reply.ok) keep(files, reply.value.found);
      else throw new Error(reply.error.message);
    }
  } catch (error) {
    // The others would be refused as well.
    for (const id of waiting[lane].keys()) noteUntold(id);
    waiting[lane].clear();
    throw error;
  } finally {
    busy[lane] = false;
  }
}

function noteUntold(id: FileId): void {
  if (untold.size > mostKnown) untold.clear();
  untold.set(id, { looks: (untold.get(id)?.looks ?? 0) + 1, at: Date.now() });
}

function keep(files: readonly RegisteredFile[], found: readonly FileInspection[]): void {
  for (const { id } of found) untold.delete(id);
  useInspectionStore.setState(({ known }) => {
    const next = new Map(known.size > mostKnown ? [] : known);
    const lookedAt = Date.now();
    for (const inspection of found) {
      const registeredAt = files.find((file) => file.id === inspection.id)?.receivedAt ?? 0;
      // What was fetched is not forgotten for an answer that did not fetch.
      const last = next.get(inspection.id);
      const before = last?.registeredAt === registeredAt ? last : undefined;
      if (inspection.state === 'elsewhere' && before !== undefined && isSettled(before.found)) continue;
      const isElsewhere = inspection.state === 'elsewhere' || before?.isElsewhere === true;
      next.set(inspection.id, { found: inspection, registeredAt, lookedAt, isElsewhere });
    }
    return { known: next };
  });
}
