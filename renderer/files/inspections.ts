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
}

interface InspectionStore {
  readonly known: ReadonlyMap<FileId, Known>;
}

const useInspectionStore = create<InspectionStore>(() => ({ known: new Map() }));

/** Files of which what was found is held; all is forgotten beyond it, and looked at again where it is shown. */
const mostKnown = 10_000;
/** How soon a file that is being written, or that was registered before it is there, is looked at again. Milliseconds. */
const lookAgain = 1000;
/** A file that is missing this long after its registration will not come by itself. Milliseconds. */
const patience = 60_000;

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
  const known = useInspectionStore.getState().known.get(file.id);
  if (known === undefined || known.registeredAt !== file.receivedAt) return true;
  const { state } = known.found;
  if (state === 'elsewhere') return fetch;
  if (now - known.lookedAt < lookAgain) return false;
  return state === 'growing' || (state === 'missing' && now - file.receivedAt < patience);
}

async function pump(lane: 'here' | 'there'): Promise<void> {
  if (busy[lane]) return;
  busy[lane] = true;
  try {
    while (waiting[lane].size > 0) {
      const files = [...waiting[lane].values()].slice(0, lane === 'here' ? inspectLimit : 2);
      for (const file of files) waiting[lane].delete(file.id);
      const reply = await call('files.inspect', {
        files: files.map((file) => file.id),
        fetch: lane === 'there',
      });
      if (reply.ok) keep(files, reply.value.found);
      else throw new Error(reply.error.message);
    }
  } finally {
    busy[lane] = false;
  }
}

function keep(files: readonly RegisteredFile[], found: readonly FileInspection[]): void {
  useInspectionStore.setState(({ known }) => {
    const next = new Map(known.size > mostKnown ? [] : known);
    const lookedAt = Date.now();
    for (const inspection of found) {
      const registeredAt = files.find((file) => file.id === inspection.id)?.receivedAt ?? 0;
      // What was fetched is not forgotten for an answer that did not fetch.
      const before = next.get(inspection.id);
      if (inspection.state === 'elsewhere' && before !== undefined && before.registeredAt === registeredAt)
        continue;
      next.set(inspection.id, { found: inspection, registeredAt, lookedAt });
    }
    return { known: next };
  });
}
