import type { FileId, FileInspection, RegisteredFile } from '../../shared/domain/registered-file';
import { fileName, imageKinds } from '../../shared/domain/registered-file';
import { formatUtcDateTime } from '../components/time-text';

/** The files of one action, newest first; those outside an action are one group per run. */
export interface FileGroup {
  readonly key: string;
  readonly title: string;
  /** When the action began, or where that is not known, when its newest file was registered; in UTC. */
  readonly time: string;
  readonly files: readonly RegisteredFile[];
}

/** Puts files, newest first, into the groups of their actions, the one with the newest file first. */
export function groupFiles(files: readonly RegisteredFile[]): FileGroup[] {
  const groups = new Map<string, RegisteredFile[]>();
  const seen = new Set<number>();
  for (const file of files) {
    // One that was registered again while older pages were held stands in both places.
    if (seen.has(file.id)) continue;
    seen.add(file.id);
    const key = JSON.stringify([file.run, file.actionTs, file.action]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [file]);
    else group.push(file);
  }
  return [...groups].map(([key, grouped]) => {
    const [newest] = grouped;
    return { key, title: titleOf(newest), time: timeOf(newest), files: grouped };
  });
}

/** The groups of files, newest first, with their plots alone; a group without plots is left out. */
export function plotGroups(
  files: readonly RegisteredFile[],
  known: ReadonlyMap<FileId, { readonly found: FileInspection }>,
): FileGroup[] {
  return groupFiles(files.filter((file) => isPlot(file, known.get(file.id)?.found)));
}

function titleOf(file: RegisteredFile | undefined): string {
  if (file === undefined) return '';
  return file.action ?? (file.actionTs === null ? 'Outside an action' : `Action ${file.actionTs}`);
}

function timeOf(file: RegisteredFile | undefined): string {
  if (file === undefined) return '';
  const seconds = file.actionTs === null || file.actionTs.trim() === '' ? Number.NaN : Number(file.actionTs);
  const isTime = Number.isFinite(seconds) && seconds > 1e8 && seconds < 1e11;
  return formatUtcDateTime(isTime ? seconds * 1000 : file.receivedAt);
}

const drawnEndings = /\.(png|jpe?g|gif|webp|svg|pdf)$/i;

/**
 * Whether a file stands among the plots: by its first bytes once they are known, until then by what is said of it.
 * What was registered as a plot stays there also where it is missing, so that this is seen.
 */
export function isPlot(file: RegisteredFile, found: FileInspection | undefined): boolean {
  if (found !== undefined && found.kind !== 'unknown')
    return imageKinds.has(found.kind) || found.kind === 'pdf';
  if (found !== undefined && found.state === 'ready') return false;
  return file.plot || drawnEndings.test(fileName(file.path));
}
