import { useCallback, useMemo, useState } from 'react';
import type { Json } from '../../shared/json';
import { rowId, type JsonPath } from './json-tree';
import { rowsAbove, unfoldLevels } from './tree-unfold';

type Data = { readonly [key: string]: Json };

/** What is unfolded in a tree, and which row is selected. */
export interface TreeFolding {
  readonly expanded: ReadonlySet<string>;
  readonly selected: string | null;
  readonly select: (id: string) => void;
  readonly toggle: (id: string) => void;
  /** Unfolds what a value is inside of, and selects its row. */
  readonly reveal: (data: Data, path: JsonPath) => void;
  /** Unfolds so many levels, and folds what is deeper. Tells whether all of them had room. */
  readonly unfold: (data: Data, levels: number) => boolean;
}

/** Keeps what is unfolded; it stays so while values change. `first` is what is to begin with. */
export function useTreeFolding(first: Pick<TreeFolding, 'expanded' | 'selected'>): TreeFolding {
  const [expanded, setExpanded] = useState(first.expanded);
  const [selected, setSelected] = useState(first.selected);
  const toggle = useCallback((id: string) => {
    setExpanded((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);
  const reveal = useCallback((data: Data, path: JsonPath) => {
    setExpanded((before) => new Set([...before, ...rowsAbove(data, path)]));
    setSelected(rowId(path));
  }, []);
  const unfold = useCallback((data: Data, levels: number) => {
    const unfolded = unfoldLevels(data, levels);
    setExpanded(unfolded.expanded);
    return unfolded.isWhole;
  }, []);
  return useMemo(
    () => ({ expanded, selected, select: setSelected, toggle, reveal, unfold }),
    [expanded, selected, toggle, reveal, unfold],
  );
}
