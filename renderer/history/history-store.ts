import { create } from 'zustand';
import type { HistoryChoices, RunMark } from '../../shared/domain/history';
import type { RunId } from '../../shared/domain/ids';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import { readStored, writeStored } from '../stores/stored';
import { filterDraftSchema, noFilters, type FilterDraft } from './history-filter';

interface HistoryStore {
  /** The filters of the History page. */
  readonly filters: FilterDraft;
  readonly choices: HistoryChoices;
  /** Marks as this window has set them since the list was read. */
  readonly marks: Readonly<Record<RunId, RunMark>>;
}

const storedFilters = 'history-filters';

/** What the history's views share. */
export const useHistoryStore = create<HistoryStore>(() => ({
  filters: readStored(storedFilters, filterDraftSchema, noFilters),
  choices: { crates: [], slots: [], scripts: [] },
  marks: {},
}));

/** Changes the History page's filters, and remembers them. */
export function changeFilters(change: Partial<FilterDraft>): void {
  const filters = { ...useHistoryStore.getState().filters, ...change };
  useHistoryStore.setState({ filters });
  writeStored(storedFilters, filters);
}

/** Reads what the filters can be set to. */
export function loadChoices(): void {
  const load = async (): Promise<void> => {
    const reply = await call('history.choices', {});
    if (reply.ok) useHistoryStore.setState({ choices: reply.value });
  };
  load().catch(reportUnexpected('Reading the choices of the history'));
}

/**
 * Shows a change of a run's mark in every list. `read` is the mark as it was read; what was changed here since is newer,
 * and is left as it is: note and pin are kept apart, and either may come first.
 */
export function showMark(read: RunMark, change: Partial<Pick<RunMark, 'note' | 'pinned'>>): void {
  useHistoryStore.setState(({ marks }) => ({
    marks: { ...marks, [read.run]: { ...(marks[read.run] ?? read), ...change } },
  }));
}

/** Pins a run, or takes the pin away. */
export function setPinned(mark: RunMark, pinned: boolean): void {
  const save = async (): Promise<void> => {
    const reply = await call('history.setPinned', { run: mark.run, pinned });
    if (reply.ok) showMark(mark, { pinned });
    else addNotice('error', `The pin of run ${mark.run} could not be kept. ${reply.error.message}`);
  };
  save().catch(reportUnexpected('Pinning a run'));
}
