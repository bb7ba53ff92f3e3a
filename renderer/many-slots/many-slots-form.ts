import { argumentsForSlot } from '../../shared/domain/group-arguments';
import type { SlotId } from '../../shared/domain/ids';
import type { CrateConfig, SlotConfig } from '../../shared/config/crates';
import type { LogMode } from '../../shared/domain/run';
import type { CallRequest } from '../../shared/ipc/contract';
import { success, type Result } from '../../shared/result';
import { joinCommandLine } from '../run/command-line';
import { describeCommand, readLogMode, type RunForm, type RunFormFault } from '../run/run-form';

/** What is run on the slots, as the dialog begins with it. */
export interface ManySlotsWish {
  readonly script: string;
  /** As a command line. */
  readonly args: string;
  readonly log: LogMode;
  readonly task: string | null;
}

/** What the dialog begins with: what a slot's form holds, with the slot. */
export interface ManySlotsStart {
  readonly slot: SlotId;
  readonly wish: ManySlotsWish;
}

/** A dialog that begins with nothing filled in. */
export const emptyWish: ManySlotsWish = { script: '', args: '', log: true, task: null };

/**
 * The wish that a slot's form stands for, or what keeps it from being one: with a field that is bad or missing, other
 * words would run on every slot than were filled in. A form without a script has no fields; the dialog asks for it.
 */
export function wishOf(
  form: RunForm,
  read: Result<CallRequest<'run.start'>, RunFormFault>,
): Result<ManySlotsWish, RunFormFault> {
  if (read.ok) {
    const { script, args, log, task } = read.value;
    return success({ script, args: joinCommandLine(args), log, task });
  }
  if (read.error.code !== 'script') return read;
  const log = readLogMode(form);
  return log.ok ? success({ ...emptyWish, args: form.args, log: log.value }) : log;
}

/** The chosen slots in the order of the crates, which is the order in which they run. */
export function inOrder(crates: readonly CrateConfig[], chosen: ReadonlySet<SlotId>): SlotConfig[] {
  return crates.flatMap((crate) => crate.slots).filter((slot) => chosen.has(slot.id));
}

/** The choice with all of some slots in it, or none of them where all were. */
export function toggled(chosen: ReadonlySet<SlotId>, slots: readonly SlotId[]): ReadonlySet<SlotId> {
  const isWhole = slots.every((slot) => chosen.has(slot));
  return isWhole
    ? new Set([...chosen].filter((slot) => !slots.includes(slot)))
    : new Set([...chosen, ...slots]);
}

/** The command line on a slot, with the placeholders filled in; the fault where they cannot be. */
export function commandOn(slot: SlotConfig, script: string, args: readonly string[]): string {
  const own = argumentsForSlot(args, slot);
  return own.ok ? describeCommand(slot.transport, script, own.value) : own.error.message;
}
