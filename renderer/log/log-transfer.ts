import type { Run } from '../../shared/domain/run';
import type { LogRange } from '../../shared/ipc/calls/log-calls';
import { call } from '../bridge';
import { copyText } from '../components/clipboard';
import { formatBytes } from '../components/time-text';
import { addNotice } from '../stores/notice-store';

/** How lines are saved: byte for byte as the script wrote them, or as the text that shows. */
export type SaveForm = 'raw' | 'shown';

/** What became of lines that were to be copied: `message` says why they were too many, and are better saved. */
export type Copied =
  | { readonly kind: 'copied' | 'failed' }
  | { readonly kind: 'too-large'; readonly message: string };

/** Copies lines as they show. */
export async function copyLogLines(run: Run, range: LogRange): Promise<Copied> {
  const reply = await call('log.copy', { run: run.id, range });
  if (reply.ok) return { kind: (await copyText('The lines', reply.value)) ? 'copied' : 'failed' };
  if (reply.error.code === 'log-copy-too-large') return { kind: 'too-large', message: reply.error.message };
  addNotice('error', reply.error.message);
  return { kind: 'failed' };
}

/** Asks where to save lines (null: the whole log), and tells what came of it. */
export async function saveLogLines(run: Run, range: LogRange | null, form: SaveForm): Promise<void> {
  const reply = await call('log.save', { run: run.id, range, form });
  if (!reply.ok) addNotice('error', reply.error.message);
  else if (reply.value !== null) {
    addNotice('info', `Saved ${formatBytes(reply.value.bytes)} as ${reply.value.path}.`);
  }
}
