import { create } from 'zustand';
import { assertNever } from '../../shared/assert-never';
import type { RunId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import type { RowChoice } from '../components/VirtualGrid';

/** Which runs of a list are selected: none, one, or two to be compared. */
export interface RunSelection {
  /** The run that the keyboard is at. */
  readonly cursor: Run | null;
  /** In the order in which they were selected. */
  readonly runs: readonly Run[];
}

export const noSelection: RunSelection = { cursor: null, runs: [] };

const mostSelected = 2;

/** The selection after a run was chosen. A third one takes the place of the older of two. */
export function chooseRun(selection: RunSelection, run: Run, choice: RowChoice): RunSelection {
  const others = selection.runs.filter(({ id }) => id !== run.id);
  switch (choice) {
    case 'only':
      return { cursor: run, runs: [run] };
    case 'move':
      return { ...selection, cursor: run };
    case 'toggle':
      return {
        cursor: run,
        runs: others.length < selection.runs.length ? others : [...others, run].slice(-mostSelected),
      };
    case 'extend': {
      const anchor = selection.runs[0];
      return { cursor: run, runs: anchor === undefined || anchor.id === run.id ? [run] : [anchor, run] };
    }
    default:
      return assertNever(choice);
  }
}

interface SelectionStore {
  /** By list: the History page, or a slot's id. */
  readonly places: Readonly<Record<string, RunSelection>>;
}

const useSelectionStore = create<SelectionStore>(() => ({ places: {} }));

/** What is selected in a list. */
export function useRunSelection(place: string): RunSelection {
  return useSelectionStore((store) => store.places[place] ?? noSelection);
}

/** Chooses a run in a list. */
export function selectRun(place: string, run: Run, choice: RowChoice): void {
  useSelectionStore.setState(({ places }) => ({
    places: { ...places, [place]: chooseRun(places[place] ?? noSelection, run, choice) },
  }));
}

/** Selects nothing in a list any more. */
export function clearSelection(place: string): void {
  useSelectionStore.setState(({ places }) => ({ places: { ...places, [place]: noSelection } }));
}

/** Takes over a newer reading of a run, wherever it is selected. */
export function freshenSelected(run: Run): void {
  const newer = (each: Run): Run => (each.id === run.id ? run : each);
  useSelectionStore.setState(({ places }) => ({
    places: Object.fromEntries(
      Object.entries(places).map(([place, { cursor, runs }]) => [
        place,
        { cursor: cursor === null ? null : newer(cursor), runs: runs.map(newer) },
      ]),
    ),
  }));
}

/** The ids of what is selected. */
export function selectedIds({ runs }: RunSelection): ReadonlySet<RunId> {
  return new Set(runs.map(({ id }) => id));
}
