import { create } from 'zustand';
import { errorText } from '../../shared/error-text';
import { controlsLockedMessage } from '../../shared/domain/controls-lock';
import type { RunMark } from '../../shared/domain/history';
import type { RunId } from '../../shared/domain/ids';
import { call } from '../bridge';
import { isLifted } from '../care/lock-store';
import { addNotice, dismissOwnNoticesWith } from '../stores/notice-store';
import { usePanelStore } from '../stores/panel-store';
import { showMark } from './history-store';

/** Milliseconds that typing rests before the note is kept. */
const typingRest = 400;

/** A note that main has not kept yet. */
export interface UnkeptNote {
  readonly mark: RunMark;
  readonly text: string;
  /** Whether it waits for the typing to rest or for main's answer, or why main did not keep it. */
  readonly keeping: 'typing' | 'saving' | { readonly fault: string };
}

/** The notes that main has not kept yet, by run. They outlive their editors, so that none is lost with its own. */
export const useNoteStore = create<{ readonly unkept: Readonly<Record<RunId, UnkeptNote>> }>(() => ({
  unkept: {},
}));

const timers = new Map<RunId, ReturnType<typeof setTimeout>>();

/** Runs whose editor is there to say why a note was not kept. */
const edited = new Set<RunId>();

/** Keeps a note when the typing rests. */
export function typeNote(mark: RunMark, text: string): void {
  put({ mark, text, keeping: 'typing' });
  clearTimeout(timers.get(mark.run));
  timers.set(
    mark.run,
    setTimeout(() => keepTyped(mark.run), typingRest),
  );
}

/** Keeps what was typed without waiting any longer. */
export function keepTyped(run: RunId): void {
  const note = unkeptNote(run);
  if (note?.keeping === 'typing') keep(note);
}

/** Says that a run's note is edited. Returns how to end that: what is not kept by then is tried once more. */
export function beginNote(run: RunId): () => void {
  edited.add(run);
  return () => {
    edited.delete(run);
    keepAgain(unkeptNote(run));
  };
}

usePanelStore.subscribe(({ state }, { state: before }) => {
  if (!isLifted(state, before)) return;
  for (const note of allUnkept()) if (isRefusedByLock(note)) keepAgain(note);
});
window.addEventListener('beforeunload', () => {
  for (const note of allUnkept()) keepAgain(note);
});

/** Whether a note was not kept because the controls are locked; it is then tried again once they are unlocked. */
export function isRefusedByLock({ keeping }: UnkeptNote): boolean {
  return typeof keeping === 'object' && keeping.fault === controlsLockedMessage;
}

function keepAgain(note: UnkeptNote | undefined): void {
  if (note !== undefined && note.keeping !== 'saving') keep(note);
}

function keep({ mark, text }: UnkeptNote): void {
  clearTimeout(timers.get(mark.run));
  const asked: UnkeptNote = { mark, text, keeping: 'saving' };
  put(asked);
  const settle = (fault: string | null): void => {
    if (fault === null) showMark(mark, { note: text });
    // Typed on meanwhile: the next one says whether all is kept.
    if (unkeptNote(mark.run) !== asked) return;
    dismissOwnNoticesWith(lostText(mark.run));
    if (fault === null) drop(mark.run);
    else refuse(asked, fault);
  };
  call('history.setNote', { run: mark.run, note: text }).then(
    (reply) => settle(reply.ok ? null : reply.error.message),
    (error: unknown) => settle(errorText(error)),
  );
}

function refuse(note: UnkeptNote, fault: string): void {
  put({ ...note, keeping: { fault } });
  if (edited.has(note.mark.run)) return;
  // No editor shows it any more: the notice does, with the text.
  addNotice('error', `${lostText(note.mark.run)} (${fault}): ${note.text}`);
}

function lostText(run: RunId): string {
  return `The note on run ${run} could not be kept`;
}

function unkeptNote(run: RunId): UnkeptNote | undefined {
  return useNoteStore.getState().unkept[run];
}

function allUnkept(): UnkeptNote[] {
  return Object.values(useNoteStore.getState().unkept);
}

function put(note: UnkeptNote): void {
  useNoteStore.setState(({ unkept }) => ({ unkept: { ...unkept, [note.mark.run]: note } }));
}

function drop(run: RunId): void {
  useNoteStore.setState(({ unkept: { [run]: _kept, ...others } }) => ({ unkept: others }));
}
