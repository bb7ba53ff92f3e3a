import { z } from 'zod';
import { create } from 'zustand';
import type { SlotId } from '../../shared/domain/ids';
import { call } from '../bridge';
import { openTab, showRun } from '../stores/view-store';
import { readStored, writeStored } from '../stores/stored';
import { emptyRunForm, readRunForm, runFormSchema, type RunForm } from './run-form';

interface RunFormStore {
  readonly forms: Readonly<Record<string, RunForm>>;
  /** Why the last start was refused, by slot. */
  readonly refusals: Readonly<Record<string, string>>;
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

/** A slot's form. */
export function useRunForm(slot: SlotId): RunForm {
  return useRunFormStore((store) => store.forms[slot] ?? emptyRunForm);
}

/** Changes a slot's form and remembers it. */
export function changeRunForm(slot: SlotId, change: Partial<RunForm>): void {
  const { forms, refusals } = useRunFormStore.getState();
  const next = { ...forms, [slot]: { ...(forms[slot] ?? emptyRunForm), ...change } };
  useRunFormStore.setState({ forms: next, refusals: without(refusals, slot) });
  writeStored(storedForms, next);
}

/**
 * Starts what a slot's form holds and shows its log. A refusal is shown at the form, which keeps all that was typed.
 * A second call while the first is unanswered does nothing.
 */
export async function startFromForm(slot: SlotId): Promise<void> {
  const { forms, starting } = useRunFormStore.getState();
  if (starting[slot] === true) return;
  const request = readRunForm(slot, forms[slot] ?? emptyRunForm);
  if (!request.ok) {
    refuse(slot, request.error.message);
    return;
  }
  useRunFormStore.setState((store) => ({
    starting: { ...store.starting, [slot]: true },
    refusals: without(store.refusals, slot),
  }));
  try {
    const reply = await call('run.start', request.value);
    if (!reply.ok) {
      refuse(slot, reply.error.message);
      return;
    }
    showRun(slot, null);
    openTab(slot, 'log');
  } finally {
    useRunFormStore.setState((store) => ({ starting: without(store.starting, slot) }));
  }
}

function refuse(slot: SlotId, message: string): void {
  useRunFormStore.setState((store) => ({ refusals: { ...store.refusals, [slot]: message } }));
  openTab(slot, 'run');
}

function without<Value>(record: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
