import type { LogRange } from '../../shared/ipc/calls/log-calls';

/** Rows that are selected: from where the selection began to where it was moved; both are part of it. */
export interface LineSelection {
  readonly anchor: number;
  readonly head: number;
}

/** Number of selected rows. */
export function selectedCount({ anchor, head }: LineSelection): number {
  return Math.abs(head - anchor) + 1;
}

/** Whether a row is selected. */
export function isSelected(selection: LineSelection | null, row: number): boolean {
  if (selection === null) return false;
  return (
    row >= Math.min(selection.anchor, selection.head) && row <= Math.max(selection.anchor, selection.head)
  );
}

/** The selection where all of it is among `total` rows; else null. */
export function selectionWithin(selection: LineSelection | null, total: number): LineSelection | null {
  return selection !== null && Math.max(selection.anchor, selection.head) < total ? selection : null;
}

/** The selected rows as a call names them. */
export function selectedRange({ anchor, head }: LineSelection, isFiltered: boolean): LogRange {
  return { first: Math.min(anchor, head), last: Math.max(anchor, head), of: isFiltered ? 'rows' : 'log' };
}

/** What the selection is moved over. */
export interface SelectionExtent {
  readonly total: number;
  /** Rows that fit in the view. */
  readonly page: number;
  /** The rows wholly in sight. */
  readonly firstInSight: number;
  readonly lastInSight: number;
}

/**
 * The selection after a key; null where the key is not for it. Plain keys move a selection that there is; with shift
 * they extend it, from the line at the view's edge where there is none.
 */
export function selectionAfterKey(
  selection: LineSelection | null,
  key: string,
  extend: boolean,
  extent: SelectionExtent,
): LineSelection | null {
  const rows = rowsOfKey(key, extent);
  if (rows === null || extent.total === 0 || (selection === null && !extend)) return null;
  const edge = rows < 0 ? extent.lastInSight : extent.firstInSight;
  const from = selection ?? { anchor: edge, head: edge };
  const head = Math.min(extent.total - 1, Math.max(0, from.head + rows));
  return { anchor: extend ? from.anchor : head, head };
}

function rowsOfKey(key: string, { total, page }: SelectionExtent): number | null {
  switch (key) {
    case 'ArrowUp':
      return -1;
    case 'ArrowDown':
      return 1;
    case 'PageUp':
      return -page;
    case 'PageDown':
      return page;
    case 'Home':
      return -total;
    case 'End':
      return total;
    default:
      return null;
  }
}
