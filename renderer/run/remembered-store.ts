import { create } from 'zustand';
import type { SlotId } from '../../shared/domain/ids';
import type { Preset, Remembered } from '../../shared/ipc/calls/presets-calls';
import type { CallRequest } from '../../shared/ipc/contract';
import { success, type Result } from '../../shared/result';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';

/** What is remembered of a slot's scripts; before main has answered, only what was entered in this window. */
interface SlotMemory extends Remembered {
  readonly isLoaded: boolean;
}

const nothingRemembered: SlotMemory = {
  presets: [],
  favourites: [],
  recent: [],
  drafts: [],
  isLoaded: false,
};

/** What is remembered of each slot's scripts, as far as it was asked for. */
export const useRememberedStore = create<{ readonly slots: Readonly<Record<string, SlotMemory>> }>(() => ({
  slots: {},
}));

/** What is remembered of a slot's scripts. */
export function useRemembered(slot: SlotId): Remembered {
  return useRememberedStore((store) => store.slots[slot] ?? nothingRemembered);
}

/** The same, outside a view. */
export function rememberedOf(slot: SlotId): Remembered {
  return useRememberedStore.getState().slots[slot] ?? nothingRemembered;
}

/** Asks main what is remembered of a slot's scripts. What was entered here since is newer than the answer. */
export async function loadRemembered(slot: SlotId): Promise<void> {
  const reply = await call('presets.list', { slot });
  if (!reply.ok) {
    addNotice('warning', `Presets and favourites could not be read: ${reply.error.message}`);
    return;
  }
  change(slot, (before) => {
    const own = new Set(before.drafts.map(({ script }) => script));
    const drafts = [...before.drafts, ...reply.value.drafts.filter(({ script }) => !own.has(script))];
    return { ...reply.value, drafts, isLoaded: true };
  });
}

/** Waits until it is known what is remembered of a slot's scripts, as far as that can be read. */
export async function ensureRemembered(slot: SlotId): Promise<void> {
  if (useRememberedStore.getState().slots[slot]?.isLoaded !== true) await loadRemembered(slot);
}

/** Marks a script as a favourite of a slot, or no more. */
export async function setFavourite(slot: SlotId, script: string, favourite: boolean): Promise<void> {
  const reply = await call('presets.favourite', { slot, script, favourite });
  if (!reply.ok) {
    addNotice('error', `The favourite could not be kept: ${reply.error.message}`);
    return;
  }
  change(slot, (before) => ({
    ...before,
    favourites: favourite
      ? [...before.favourites.filter((each) => each !== script), script].toSorted()
      : before.favourites.filter((each) => each !== script),
  }));
}

/** Keeps a preset. Refused with `preset-exists` where there is one of its name, unless `replace`. */
export async function savePreset(slot: SlotId, preset: CallRequest<'presets.save'>): Promise<Result<void>> {
  return changePresets(slot, await call('presets.save', preset));
}

/** Gives a preset another name. */
export async function renamePreset(slot: SlotId, preset: Preset, to: string): Promise<Result<void>> {
  const { slot: owner, script, name } = preset;
  return changePresets(slot, await call('presets.rename', { slot: owner, script, name, to }));
}

/** Deletes a preset. */
export async function deletePreset(slot: SlotId, preset: Preset): Promise<Result<void>> {
  const { slot: owner, script, name } = preset;
  return changePresets(slot, await call('presets.delete', { slot: owner, script, name }));
}

/** Reads the presets anew after a change. */
async function changePresets(slot: SlotId, reply: Result<unknown>): Promise<Result<void>> {
  if (!reply.ok) return reply;
  await loadRemembered(slot);
  return success(undefined);
}

/** How long typing has to rest before what was entered is kept, milliseconds. */
const draftPause = 800;
const waiting = new Map<string, ReturnType<typeof setTimeout>>();

/** Remembers what was entered for a script: here at once, on disk when typing rests. */
export function rememberDraft(slot: SlotId, script: string, draft: string): void {
  const before = rememberedOf(slot).drafts;
  if (before.some((each) => each.script === script && each.draft === draft)) return;
  change(slot, (remembered) => ({
    ...remembered,
    drafts: [...remembered.drafts.filter((each) => each.script !== script), { script, draft }],
  }));
  const key = `${slot}\n${script}`;
  clearTimeout(waiting.get(key));
  waiting.set(
    key,
    setTimeout(() => {
      waiting.delete(key);
      keepDraft(slot, script).catch(reportUnexpected('Remembering what was entered'));
    }, draftPause),
  );
}

async function keepDraft(slot: SlotId, script: string): Promise<void> {
  const draft = rememberedOf(slot).drafts.find((each) => each.script === script)?.draft;
  if (draft === undefined) return;
  const reply = await call('presets.remember', { slot, script, draft });
  if (!reply.ok) addNotice('warning', `What was entered could not be kept: ${reply.error.message}`);
}

function change(slot: SlotId, next: (remembered: SlotMemory) => SlotMemory): void {
  useRememberedStore.setState(({ slots }) => ({
    slots: { ...slots, [slot]: next(slots[slot] ?? nothingRemembered) },
  }));
}
