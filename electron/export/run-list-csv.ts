import type { RunFilter } from '../../shared/domain/history';
import type { RunId, SlotId } from '../../shared/domain/ids';
import { describeOutcome, runStateWord, scriptName, type Run } from '../../shared/domain/run';
import type { Store } from '../store/store';
import { csvLine } from './csv';

const pageSize = 500;

const headings = [
  'run',
  'crate',
  'slot',
  'task',
  'script',
  'script path',
  'arguments (JSON)',
  'requested (UTC)',
  'started (UTC)',
  'ended (UTC)',
  'duration (s)',
  'state',
  'outcome',
  'log lines',
  'log bytes',
  'pinned',
  'note',
];

/** What the list needs: pages of runs, runs as they are now, whole notes. */
export interface RunListSource {
  readonly store: Pick<Store, 'listRuns' | 'ask'>;
  readonly current: (run: Run) => Run;
  /** Hears how many runs have been written. */
  readonly onRuns: (runs: number) => void;
}

/** The runs that a filter lets through as CSV, newest first, page by page. Throws what the database says. */
export async function* runListCsv(
  { store, current, onRuns }: RunListSource,
  slot: SlotId | null,
  filter: RunFilter,
): AsyncGenerator<string> {
  yield csvLine(headings);
  let before: RunId | null = null;
  let runs = 0;
  for (;;) {
    const listed = await store.listRuns({ slot, filter, before, limit: pageSize });
    if (!listed.ok) throw new Error(listed.error.message);
    const marked = new Map(listed.value.marks.map((mark) => [mark.run, mark]));
    let text = '';
    for (const run of listed.value.runs) {
      const mark = marked.get(run.id);
      let note = '';
      if (mark !== undefined && mark.note !== '') {
        const whole = await store.ask('readMark', { run: run.id });
        if (!whole.ok) throw new Error(whole.error.message);
        note = whole.value.note;
      }
      text += csvLine(cellsOf(current(run), note, mark?.pinned ?? false));
    }
    runs += listed.value.runs.length;
    onRuns(runs);
    if (text !== '') yield text;
    const last = listed.value.runs.at(-1);
    if (last === undefined || listed.value.runs.length < pageSize) return;
    before = last.id;
  }
}

function cellsOf(run: Run, note: string, pinned: boolean): (string | number | null)[] {
  const took = run.startedAt === null || run.endedAt === null ? null : run.endedAt - run.startedAt;
  return [
    run.id,
    run.crate,
    run.slot,
    run.task,
    scriptName(run.script),
    run.script,
    JSON.stringify(run.args),
    utc(run.requestedAt),
    utc(run.startedAt),
    utc(run.endedAt),
    took === null ? null : took / 1000,
    runStateWord(run),
    run.outcome === null ? null : describeOutcome(run.outcome),
    run.lines,
    run.bytes,
    pinned ? 'yes' : null,
    note,
  ];
}

function utc(moment: number | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
