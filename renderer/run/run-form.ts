import { z } from 'zod';
import { argumentValuesSchema } from '../../shared/arguments/argument-values';
import { composeArguments, type ArgumentFault } from '../../shared/arguments/build-arguments';
import { readArguments } from '../../shared/arguments/read-arguments';
import type { TransportConfig } from '../../shared/config/crates';
import type { SlotId } from '../../shared/domain/ids';
import type { LogMode } from '../../shared/domain/run';
import type { CallRequest } from '../../shared/ipc/contract';
import { failure, success, type Failure, type Result } from '../../shared/result';
import { unreadArguments, type ArgumentsReading } from './arguments-store';
import { joinCommandLine, quoteWord, splitCommandLine } from './command-line';

/** What is entered for one script. */
const draftSchema = z.object({
  /** Words as typed; they go after those of the form's fields. */
  args: z.string(),
  /** What was entered into the fields of the argument form. */
  values: argumentValuesSchema.default({}),
  /** Whether the fields count; false where all words are typed. */
  usesFields: z.boolean().default(true),
  /** Words that still have to be put into the fields, once it is known which there are; `args` shows them meanwhile. */
  fill: z.array(z.string()).nullable().default(null),
  log: z.enum(['run-log', 'append', 'discard']),
  /** The file that the output is also appended to, where the script runs. */
  logPath: z.string(),
});
type RunDraft = z.infer<typeof draftSchema>;

/** What the Run tab's form holds, as typed. */
export const runFormSchema = draftSchema.extend({
  script: z.string(),
  /** The task that filled the form; null once another script was chosen. */
  task: z.string().nullable(),
});
export type RunForm = z.infer<typeof runFormSchema>;

const emptyDraft: RunDraft = {
  args: '',
  values: {},
  usesFields: true,
  fill: null,
  log: 'run-log',
  logPath: '',
};

/** A form that nobody has touched. */
export const emptyRunForm: RunForm = { ...emptyDraft, script: '', task: null };

/** `fields` for the argument form; its faults say which. */
export type RunFormField = 'script' | 'args' | 'fields' | 'logPath';
export type RunFormFault = Failure<RunFormField>;

/** A script with its words, as a task, a preset or an earlier run has them. */
export interface RunFill {
  readonly script: string;
  readonly args: readonly string[];
  readonly log?: LogMode;
  readonly task?: string | null;
}

/** The request that a form asks for; the fault's code names the field that has to change. */
export function readRunForm(
  slot: SlotId,
  form: RunForm,
  reading: ArgumentsReading = unreadArguments,
): Result<CallRequest<'run.start'>, RunFormFault> {
  const script = form.script.trim();
  if (script === '') return failure('script', 'No script is chosen. Choose one of the list, or type a path.');
  const args = readFormWords(form, reading);
  if (!args.ok) return args;
  const log = readLogMode(form);
  if (!log.ok) return log;
  return success({ slot, script, args: [...args.value], log: log.value, task: form.task });
}

/** All words of a form: those of its fields, then those that were typed. */
function readFormWords(form: RunForm, reading: ArgumentsReading): Result<readonly string[], RunFormFault> {
  const typed = splitCommandLine(form.args);
  if (!typed.ok) return failure('args', typed.error.message);
  const fields = reading.arguments?.form ?? null;
  if (!form.usesFields || (fields === null && reading.arguments !== null)) return typed;
  if (fields === null) {
    if (Object.keys(form.values).length === 0) return typed;
    return failure(
      'fields',
      reading.fault === null
        ? 'The arguments of the script are being read.'
        : `What was entered into the fields cannot be used: ${reading.fault}`,
    );
  }
  const { words, faults } = composeArguments(fields, form.values, typed.value);
  return faults.length === 0 ? success(words) : failure('fields', describeFaults(faults));
}

/** The words as far as they can be told, whatever is wrong with the form. */
export function previewWords(form: RunForm, { arguments: read }: ArgumentsReading): readonly string[] {
  const typed = splitCommandLine(form.args);
  const words = typed.ok ? typed.value : [form.args];
  const fields = form.usesFields ? (read?.form ?? null) : null;
  return fields === null ? words : composeArguments(fields, form.values, words).words;
}

/** All words of a form as one text: those of its fields, then what was typed, to the letter. */
export function asText(form: RunForm, { arguments: read }: ArgumentsReading): string {
  const fields = form.usesFields ? (read?.form ?? null) : null;
  const words = fields === null ? [] : composeArguments(fields, form.values, []).words;
  return [joinCommandLine(words), form.args].filter((text) => text.trim() !== '').join(' ');
}

/** What keeps the fields from being used, for the hint of Run. */
function describeFaults(faults: readonly ArgumentFault[]): string {
  const shown = faults.slice(0, 3).map(({ name, message }) => `${name}: ${message}`);
  const more = faults.length - shown.length;
  return more > 0 ? `${shown.join(' ')} And ${more} more.` : shown.join(' ');
}

/** Where a form's output goes; a file to append to has to be named. */
export function readLogMode(form: RunForm): Result<LogMode, RunFormFault> {
  if (form.log === 'run-log') return success(true);
  if (form.log === 'discard') return success(false);
  const path = form.logPath.trim();
  if (path === '') return failure('logPath', 'The file to append the output to is not named. Type its path.');
  return success(path);
}

/** The form with a script and its words in it. The words go into the fields once it is known which there are. */
export function fillForm(form: RunForm, { script, args, log, task }: RunFill): RunForm {
  return {
    ...form,
    ...emptyDraft,
    ...(log === undefined ? { log: form.log, logPath: form.logPath } : logFields(log)),
    script,
    args: joinCommandLine(args),
    fill: [...args],
    task: task ?? null,
  };
}

function logFields(log: LogMode): Pick<RunForm, 'log' | 'logPath'> {
  if (typeof log === 'string') return { log: 'append', logPath: log };
  return { log: log ? 'run-log' : 'discard', logPath: '' };
}

/** Puts the words that wait into the fields; a form in which none wait, or whose script has no fields, as it is. */
export function settleFill(form: RunForm, { arguments: read }: ArgumentsReading): RunForm {
  if (form.fill === null || read === null) return form;
  if (read.form === null) return { ...form, fill: null };
  const { values, rest } = readArguments(read.form, form.fill);
  return { ...form, values, args: joinCommandLine(rest), fill: null, usesFields: true };
}

/** What is remembered of a form for its script. */
export function draftOf({ args, values, usesFields, fill, log, logPath }: RunForm): string {
  return JSON.stringify({ args, values, usesFields, fill, log, logPath } satisfies RunDraft);
}

/** The form with what was remembered for another script; untouched where it cannot be read any more. */
export function withDraft(form: RunForm, draft: string | null): RunForm {
  const parsed = draft === null ? null : draftSchema.safeParse(parseOrNull(draft));
  return { ...form, ...emptyDraft, ...(parsed?.success === true ? parsed.data : {}) };
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Written by another version: the same as not there.
    return null;
  }
}

/** The command line that a run of this script will be, as a shell would write it. */
export function describeCommand(transport: TransportConfig, script: string, args: readonly string[]): string {
  return [transport.python, '-u', script, ...args].map(quoteWord).join(' ');
}

/** What a preset keeps of a form: its words, whatever is missing of them, and where its output goes. */
export function presetOf(
  form: RunForm,
  reading: ArgumentsReading,
): Result<{ readonly args: string[]; readonly log: LogMode }, RunFormFault> {
  const typed = splitCommandLine(form.args);
  if (!typed.ok) return failure('args', typed.error.message);
  const log = readLogMode(form);
  return log.ok ? success({ args: [...previewWords(form, reading)], log: log.value }) : log;
}
