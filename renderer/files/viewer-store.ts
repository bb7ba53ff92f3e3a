import { create } from 'zustand';
import type { RegisteredFile } from '../../shared/domain/registered-file';

/** One file in the viewer, and those that next and previous lead to. */
export interface ViewedFile {
  readonly files: readonly RegisteredFile[];
  readonly index: number;
}

interface ViewerStore {
  /** Null while the viewer is closed. */
  readonly first: ViewedFile | null;
  /** `choosing`: the operator looks for the file to put beside the first. */
  readonly second: ViewedFile | 'choosing' | null;
}

/** The viewer of files: closed, with one, or with two beside each other. */
export const useViewerStore = create<ViewerStore>(() => ({ first: null, second: null }));

/** Opens the viewer on a file; `files` are those that next and previous lead to. */
export function openViewer(files: readonly RegisteredFile[], file: RegisteredFile): void {
  const index = Math.max(
    0,
    files.findIndex((each) => each.id === file.id),
  );
  useViewerStore.setState({ first: { files, index }, second: null });
}

export function closeViewer(): void {
  useViewerStore.setState({ first: null, second: null });
}

/** Goes to the next (1) or previous (-1) file of a side; at either end it stays. */
export function step(side: 'first' | 'second', by: 1 | -1): void {
  const viewed = useViewerStore.getState()[side];
  if (viewed === null || viewed === 'choosing') return;
  const index = Math.min(viewed.files.length - 1, Math.max(0, viewed.index + by));
  useViewerStore.setState({ [side]: { ...viewed, index } });
}

/** Asks for a second file. */
export function chooseSecond(): void {
  useViewerStore.setState({ second: 'choosing' });
}

/** Puts a file beside the first. */
export function setSecond(files: readonly RegisteredFile[], file: RegisteredFile): void {
  const index = Math.max(
    0,
    files.findIndex((each) => each.id === file.id),
  );
  useViewerStore.setState({ second: { files, index } });
}

/** Back to one file. */
export function closeSecond(): void {
  useViewerStore.setState({ second: null });
}
