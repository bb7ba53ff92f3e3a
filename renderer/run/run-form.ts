import { z } from 'zod';
import type { TaskConfig, TransportConfig } from '../../shared/config/crates';
import type { SlotId } from '../../shared/domain/ids';
import type { LogMode } from '../../shared/domain/run';
import type { CallRequest } from '../../shared/ipc/contract';
import { failure, success, type Failure, type Result } from '../../shared/result';
import { joinCommandLine, quoteWord, splitCommandLine } from './command-line';

/** What the Run tab's form holds, as typed. */
export const runFormSchema = z.object({
  script: z.string(),
  args: z.string(),
  log: z.enum(['run-log', 'append', 'discard']),
  /** The file that the output is also appended to, where the script runs. */
  logPath: z.string(),
  /** The task that filled the form; null once another script was chosen. */
  task: z.string().nullable(),
});
export type RunForm = z.infer<typeof runFormSchema>;

/** A form that nobody has touched. */
export const emptyRunForm: RunForm = { script: '', args: '', log: 'run-log', logPath: '', task: null };

export type RunFormField = 'script' | 'args' | 'logPath';
export type RunFormFault = Failure<RunFormField>;

/** The request that a form asks for; the fault's code names the field that has to change. */
export function readRunForm(slot: SlotId, form: RunForm): Result<CallRequest<'run.start'>, RunFormFault> {
  const script = form.script.trim();
  if (script === '') return failure('script', 'No script is chosen. Choose one of the list, or type a path.');
  const args = splitCommandLine(form.args);
  if (!args.ok) return failure('args', args.error.message);
  const log = readLogMode(form);
  if (!log.ok) return log;
  return success({ slot, script, args: args.value, log: log.value, task: form.task });
}

function readLogMode(form: RunForm): Result<LogMode, RunFormFault> {
  if (form.log === 'run-log') return success(true);
  if (form.log === 'discard') return success(false);
  const path = form.logPath.trim();
  if (path === '') return failure('logPath', 'The file to append the output to is not named. Type its path.');
  return success(path);
}

/** The form with a task's script and arguments in it. */
export function fillFromTask(form: RunForm, task: TaskConfig): RunForm {
  return { ...form, script: task.script, args: joinCommandLine(task.args), task: task.name };
}

/** The command line that a run of this script will be, as a shell would write it. */
export function describeCommand(transport: TransportConfig, script: string, args: readonly string[]): string {
  return joinCommandLine(wordsOf(transport, script, args));
}

/** The same, word by word as a shell would write each; `key` is the word's position. */
export function commandWords(
  transport: TransportConfig,
  script: string,
  args: readonly string[],
): { readonly key: number; readonly word: string }[] {
  return wordsOf(transport, script, args).map((word, key) => ({ key, word: quoteWord(word) }));
}

function wordsOf(transport: TransportConfig, script: string, args: readonly string[]): string[] {
  return [transport.python, '-u', script, ...args];
}
