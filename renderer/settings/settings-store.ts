import { create } from 'zustand';
import type { ConfigEdit, ConfigFile } from '../../shared/ipc/calls/config-calls';
import type { SlotId } from '../../shared/domain/ids';
import type { ConfigStatus } from '../../shared/ipc/state';
import type { Failure, Result } from '../../shared/result';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';
import { openPage } from '../stores/view-store';
import { draftOf, type ConfigDraft } from './config-draft';
import { firstKey, samePlaceKey } from './draft-changes';
import { configEdits } from './config-edits';

/** The form, or the file's text. */
export type SettingsMode = 'form' | 'file';

interface SettingsStore {
  /** Null until main has answered. */
  readonly file: ConfigFile | null;
  readonly mode: SettingsMode;
  /** The file as the form shows it, without edits; null where the form cannot show it. */
  readonly saved: ConfigDraft | null;
  readonly draft: ConfigDraft | null;
  readonly text: string;
  /** The key of the crate or slot whose fields the form shows, or `panelKey`. */
  readonly chosen: string;
  /** Why the file could not be read or saved; null while all is well. */
  readonly refusal: Failure | null;
  readonly saving: boolean;
  /** The configuration's status for which the file was read. */
  readonly readFor: ConfigStatus | null;
}

const initial: SettingsStore = {
  file: null,
  mode: 'form',
  saved: null,
  draft: null,
  text: '',
  chosen: '',
  refusal: null,
  saving: false,
  readFor: null,
};

/** The settings page's edits. They last as long as the page is open. */
export const useSettingsStore = create<SettingsStore>(() => initial);

/** Reads the file anew; edits that were not saved are lost. */
export function loadSettings(): void {
  read(take);
}

/** Reads the file when it has changed since it was read, unless that would lose edits. */
export function refreshSettings(config: ConfigStatus): void {
  const store = useSettingsStore.getState();
  if (store.readFor === config || hasEdits(store)) return;
  useSettingsStore.setState({ readFor: config });
  read((file) => {
    // Not over what was typed while main read.
    if (!hasEdits(useSettingsStore.getState())) take(file);
  });
}

function read(whenRead: (file: ConfigFile) => void): void {
  const load = async (): Promise<void> => {
    const reply = await call('config.read', {});
    if (reply.ok) whenRead(reply.value);
    else useSettingsStore.setState({ refusal: reply.error });
  };
  load().catch(reportUnexpected('Reading the configuration'));
}

let wantedSlot: SlotId | null = null;
let isPathMapWanted = false;

/** Opens the settings at a slot's path map. */
export function openPathMap(slot: SlotId): void {
  wantedSlot = slot;
  isPathMapWanted = true;
  openPage('settings');
}

/** Whether the page was opened for the path map; true once. */
export function takePathMapWish(): boolean {
  const isWanted = isPathMapWanted;
  isPathMapWanted = false;
  return isWanted;
}

/** Forgets the page's edits, as when it is left. */
export function closeSettings(): void {
  useSettingsStore.setState(initial);
}

/** Changes the form. */
export function changeDraft(change: (draft: ConfigDraft) => ConfigDraft): void {
  useSettingsStore.setState(({ draft }) => (draft === null ? {} : { draft: change(draft) }));
}

/** Changes the file's text. */
export function changeText(text: string): void {
  useSettingsStore.setState({ text });
}

/** Chooses whose fields the form shows. */
export function choose(key: string): void {
  useSettingsStore.setState({ chosen: key });
}

/** Goes to the form or to the file's text; only called while there are no edits. */
export function changeMode(mode: SettingsMode): void {
  useSettingsStore.setState({ mode, refusal: null });
}

/** Takes back all edits. */
export function discardEdits(): void {
  useSettingsStore.setState(({ file, saved }) => ({ draft: saved, text: file?.text ?? '', refusal: null }));
}

/** The edits that the form holds. */
function pendingEdits({ saved, draft }: Pick<SettingsStore, 'saved' | 'draft'>): ConfigEdit[] {
  return saved === null || draft === null || saved === draft ? [] : configEdits(saved, draft);
}

/** Whether there is anything to save. */
export function hasEdits(store: Pick<SettingsStore, 'file' | 'mode' | 'saved' | 'draft' | 'text'>): boolean {
  return store.mode === 'file'
    ? store.file !== null && store.text !== store.file.text
    : pendingEdits(store).length > 0;
}

/** Writes the edits. A refusal is shown and loses nothing. */
export function saveSettings(): void {
  const store = useSettingsStore.getState();
  const { file, mode, text } = store;
  if (file === null || store.saving || !hasEdits(store)) return;
  useSettingsStore.setState({ saving: true, refusal: null });
  const ask = (): Promise<Result<ConfigFile>> =>
    mode === 'file'
      ? call('config.write', { revision: file.revision, text })
      : call('config.edit', { revision: file.revision, edits: pendingEdits(store) });
  const save = async (): Promise<void> => {
    const reply = await ask();
    if (reply.ok) take(reply.value);
    else useSettingsStore.setState({ refusal: reply.error });
  };
  save()
    .catch(reportUnexpected('Saving the configuration'))
    .finally(() => useSettingsStore.setState({ saving: false }));
}

/** The key of what the form shows first: the slot that it was opened for, or else the first one. */
function openingKey(draft: ConfigDraft): string {
  const wanted = wantedSlot;
  wantedSlot = null;
  const slots = draft.crates.flatMap((crate) => crate.slots);
  return slots.find((slot) => slot.publisherId === wanted)?.key ?? firstKey(draft);
}

function take(file: ConfigFile): void {
  const draft = file.problems.length === 0 ? draftOf(file.document) : null;
  useSettingsStore.setState(({ mode, draft: edited, chosen }) => ({
    file,
    chosen:
      draft === null ? chosen : edited === null ? openingKey(draft) : samePlaceKey(edited, draft, chosen),
    saved: draft,
    draft,
    text: file.text,
    refusal: null,
    mode: draft === null ? 'file' : mode,
  }));
}
