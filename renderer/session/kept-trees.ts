import { KeptViews } from '../stores/kept-views';
import type { TreeFolding } from './use-tree-folding';

/** How the tree of a session was left. */
export interface LeftTree extends Pick<TreeFolding, 'expanded' | 'selected'> {
  readonly typed: string;
  /** The match that was shown. */
  readonly current: number | null;
  readonly isRaw: boolean;
}

/** How every tree is at first. */
export const freshTree: LeftTree = {
  expanded: new Set(),
  selected: null,
  typed: '',
  current: null,
  isRaw: false,
};

const most = 50;

/** How the trees of runs were left, by the run. */
export const keptTrees = new KeptViews<LeftTree>(most);

/** How far down they were scrolled, CSS pixels. */
export const keptTops = new KeptViews<number>(most);
