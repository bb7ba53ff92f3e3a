import { z } from 'zod';
import { create } from 'zustand';
import { controlsLockedCode } from '../../shared/domain/controls-lock';
import { slotIdSchema, type SlotId } from '../../shared/domain/ids';
import { isActive } from '../../shared/domain/run';
import type { CallRequest } from '../../shared/ipc/contract';
import type { PanelState } from '../../shared/ipc/state';
import type { Failure, Result } from '../../shared/result';
import { call } from '../bridge';
import { isLifted } from '../care/lock-store';
import { usePanelStore } from '../stores/panel-store';
import { openTab, showRun } from '../stores/view-store';
import { readStored, writeStored } from '../stores/stored';
import { argumentsReading, useArgumentsReading, useArgumentsStore } from './arguments-store';
import { ensureRemembered, rememberDraft, rememberedOf } from './remembered-store';
import {
  draftOf,
  emptyRunForm,
  fillForm,
  readRunForm,
  runFormSchema,
  settleFill,
  withDraft,
  type RunFill,
  type RunForm,
  type RunFormFault,
} from './run-form';
import { scriptPath } from './scripts-store';

interface RunFormStore {
  readonly forms: Readonly<Record<string, RunForm>>;
  /** Why the last start was refused, by slot. */
  readonly refusals: Readonly<Record<string, Failure>>;
  /** Slots whose start has been asked for and not answered. */
  readonly starting: Readonly<Record<string, true>>;
}

const storedForms = 'run-forms';

/** The Run tab's form of every slot; what was typed last is there again in the next window. */
export const useRunFormStore = create<RunFormStore>(() => ({
  forms: readStored(storedForms, z.record(z.string(), runFormSchema), {}),
  refusals: {},
  starting: {},
}));

// A script's arguments arrive some time after a task, a preset or an earlier run was put into the form.
useArgumentsStore.subscribe(() => {
  for (const [name, form] of Object.entries(useRunFormStore.getState().forms)) {
    const slot = slotIdSchema.safeParse(name);
    if (form.fill !== null && slot.success) settle(slot.data, form);
  }
});

// A refusal goes with its cause. What is not known to be one leaves it: a start that fails leaves a run that is over too.
usePanelStore.subscribe(({ state }, { state: before }) => {
  for (const [name, { code }] of Object.entries(useRunFormStore.getState().refusals)) {
    const slot = slotIdSchema.safeParse(name);
    if (slot.success && isCauseGone(code, slot.data, state, before)) dismissRefusal(slot.data);
  }
});

/** Whether what a start was refused for has changed: the slot, the lock, or the configuration, for whatever reason. */
function isCauseGone(
  code: string,
  slot: SlotId,
  state: PanelState | null,
  before: PanelState | null,
): boolean {
  if (before !== null && state?.crates !== before.crates) return true;
  if (code === controlsLockedCode) return isLifted(state, before);
  return code === 'slot-busy' && isHeld(before, slot) && !isHeld(state, slot);
}

function isHeld(state: PanelState | null, slot: SlotId): boolean {
  const run = state?.slots[slot]?.run ?? null;
  return run !== null && isActive(run);
}

/** A slot's form. */
export function useRunForm(slot: SlotId): RunForm {
  return useRunFormStore((store) => store.forms[slot] ?? emptyRunForm);
}

/** The request that a slot's form asks for, or what keeps it from being run. */
export function useRunRequest(slot: SlotId): Result<CallRequest<'run.start'>, RunFormFault> {
  const form = useRunForm(slot);
  const reading = useArgumentsReading(slot, form.script);
  return readRunForm(slot, form, reading);
}

/** What keeps a slot's form from being run now, in a sentence; null where nothing does. */
export function runFault(slot: SlotId): string | null {
  const form = formOf(slot);
  const read = readRunForm(slot, form, argumentsReading(slot, form.script));
  return read.ok ? null : read.error.message;
}

/** Changes a slot's form and remembers it. Words that wait for the fields are the operator's own once they change. */
export function changeRunForm(slot: SlotId, change: Partial<RunForm>): void {
  const before = formOf(slot);
  const fill = change.args === undefined || change.args === before.args ? before.fill : null;
  put(slot, { ...before, fill, ...change });
}

/**
 * Changes the script. What was entered for the former one is remembered, and what was entered for this one before is
 * there again. Words that were typed before there was a script stay.
 */
export function chooseScript(slot: SlotId, script: string): void {
  const former = formOf(slot).script;
  changeScript(slot, script, isKnown(slot, former) || draftFor(slot, scriptPath(slot, former)) !== null);
}

/**
 * The same for a script that is chosen where the form is not shown: what is remembered of the slot may not have been
 * read yet, and what was entered for another script never goes along.
 */
export async function fillInScript(slot: SlotId, script: string): Promise<void> {
  await ensureRemembered(slot);
  changeScript(slot, script, formOf(slot).script.trim() !== '');
}

/** `isFormers`: whether what is entered belongs to the former script. */
function changeScript(slot: SlotId, script: string, isFormers: boolean): void {
  const before = formOf(slot);
  const [from, to] = [scriptPath(slot, before.script), scriptPath(slot, script)];
  if (from === to) {
    put(slot, { ...before, script });
    return;
  }
  if (isFormers) rememberDraft(slot, from, draftOf(before));
  const draft = draftFor(slot, to);
  const next = draft === null && !isFormers ? before : withDraft(before, draft);
  put(slot, { ...next, script, task: null });
}

function draftFor(slot: SlotId, script: string): string | null {
  return rememberedOf(slot).drafts.find((each) => each.script === script)?.draft ?? null;
}

/** Fills a slot's form with a script and its words, in its fields as far as they can be read. */
export function fillRunForm(slot: SlotId, fill: RunFill): void {
  put(slot, fillForm(formOf(slot), fill));
}

/** Whether there is such a script, as far as anybody asked. */
function isKnown(slot: SlotId, script: string): boolean {
  return argumentsReading(slot, script).arguments !== null;
}

function formOf(slot: SlotId): RunForm {
  return useRunFormStore.getState().forms[slot] ?? emptyRunForm;
}

function settle(slot: SlotId, form: RunForm): void {
  const settled = settleFill(form, argumentsReading(slot, form.script));
  if (settled !== form) put(slot, settled);
}

function put(slot: SlotId, form: RunForm): void {
  const settled = settleFill(form, argumentsReading(slot, form.script));
  const { forms, refusals } = useRunFormStore.getState();
  const next = { ...forms, [slot]: settled };
  useRunFormStore.setState({ forms: next, refusals: without(refusals, slot) });
  writeStored(storedForms, next);
  if (isKnown(slot, settled.script)) rememberDraft(slot, scriptPath(slot, settled.script), draftOf(settled));
}

/**
 * Starts what a slot's form holds and shows its log. A refusal is shown at the form, which keeps all that was typed.
 * A second call while the first is unanswered does nothing.
 */
export async function startFromForm(slot: SlotId): Promise<void> {
  const { starting } = useRunFormStore.getState();
  if (starting[slot] === true) return;
  const form = formOf(slot);
  const request = readRunForm(slot, form, argumentsReading(slot, form.script));
  if (!request.ok) {
    refuse(slot, request.error);
    return;
  }
  useRunFormStore.setState((store) => ({
    starting: { ...store.starting, [slot]: true },
    refusals: without(store.refusals, slot),
  }));
  try {
    const reply = await call('run.start', request.value);
    if (!reply.ok) {
      refuse(slot, reply.error);
      return;
    }
    showRun(slot, null);
    openTab(slot, 'log');
  } finally {
    useRunFormStore.setState((store) => ({ starting: without(store.starting, slot) }));
  }
}

/** Takes the refusal of a slot's last start away. */
export function dismissRefusal(slot: SlotId): void {
  useRunFormStore.setState(({ refusals }) => ({ refusals: without(refusals, slot) }));
}

function refuse(slot: SlotId, refusal: Failure): void {
  useRunFormStore.setState((store) => ({ refusals: { ...store.refusals, [slot]: refusal } }));
  openTab(slot, 'run');
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
