/*
 * Rows placed one by one inside a tall box cannot be a table's elements, and the virtualizer's functions change
 * without changing their identity, which only the React Compiler (not used here) minds.
 */
/* oxlint-disable jsx-a11y/prefer-tag-over-role, react/incompatible-library */
import { useVirtualizer } from '@tanstack/react-virtual';
import {
  useEffect,
  useId,
  useRef,
  type KeyboardEvent,
  type MouseEvent,
  type ReactElement,
  type ReactNode,
} from 'react';
import { useDoubleClick } from './use-double-click';
import { useHeldPlace } from './use-held-place';
import classes from './VirtualGrid.module.css';

/** A column: its heading, its width as a CSS grid track, and what a row has in it. */
export interface GridColumn<Row> {
  readonly name: string;
  readonly width: string;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: 'left' | 'right';
  /** Whole text for the pointer, where the cell may be cut. */
  readonly title?: (row: Row) => string;
}

/** How a row was chosen: alone; only gone to; added or taken away; together with the one it began at. */
export type RowChoice = 'only' | 'move' | 'toggle' | 'extend';

/** Several rows can be selected; `selected` is then the row that the keyboard is at. */
export interface MultiSelection<Row> {
  readonly selected: ReadonlySet<string | number>;
  readonly onChoose: (row: Row, choice: RowChoice) => void;
}

interface VirtualGridProps<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string | number;
  /** Height of a row in CSS pixels. */
  readonly rowHeight: number;
  readonly selected: string | number | null;
  readonly onSelect: (row: Row) => void;
  /**
   * Ctrl and Shift with a click; Ctrl with arrows to go without selecting, Space to add or take away, Shift with arrows
   * to take another one along. `onSelect` is not called then.
   */
  readonly multi?: MultiSelection<Row>;
  /** Enter or a double click on a row; a click only selects. */
  readonly onOpen?: (row: Row) => void;
  /** The last rows have come into sight. */
  readonly onNearEnd: () => void;
  /** How far down the view stands when it is drawn first, CSS pixels. */
  readonly initialTop?: number;
  /** How far down it was scrolled, CSS pixels. */
  readonly onScrolled?: (top: number) => void;
  /** Said under the last row. */
  readonly footer: ReactNode;
}

/** Rows that remain below the view when more are asked for. */
const nearEnd = 30;

/** A table of any length, of which only the rows in sight are drawn. One tab stop; arrows, Page and Home/End select. */
export function VirtualGrid<Row>(props: VirtualGridProps<Row>): ReactElement {
  const { label, columns, rows, keyOf, rowHeight, selected, onSelect, onOpen, onNearEnd, footer } = props;
  const { multi, initialTop = 0, onScrolled } = props;
  const choose = (row: Row, choice: RowChoice): void => {
    if (multi === undefined) onSelect(row);
    else multi.onChoose(row, choice);
  };
  const view = useRef<HTMLDivElement>(null);
  const beginDoubleClick = useDoubleClick(view, onOpen);
  const baseId = useId();
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeight,
    initialOffset: initialTop,
  });
  useHeldPlace({ view, rows, heightOf: () => rowHeight, keysOf: (row) => [keyOf(row)] });
  const items = virtualizer.getVirtualItems();
  const lastDrawn = items.at(-1)?.index ?? -1;
  const isNearEnd = rows.length > 0 && lastDrawn >= rows.length - nearEnd;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, rows.length, onNearEnd]);

  const selectedIndex = selected === null ? -1 : rows.findIndex((row) => keyOf(row) === selected);
  // A name of an element that is not there would be none.
  const isSelectedDrawn = items.some((item) => item.index === selectedIndex);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.altKey || event.metaKey || event.target !== event.currentTarget) return;
    if (event.ctrlKey && multi === undefined) return;
    const current = rows[selectedIndex];
    if (event.key === 'Enter' && current !== undefined && onOpen !== undefined) {
      event.preventDefault();
      onOpen(current);
      return;
    }
    if (event.key === ' ' && multi !== undefined) {
      event.preventDefault();
      if (current !== undefined) choose(current, 'toggle');
      return;
    }
    const page = Math.max(1, Math.floor((view.current?.clientHeight ?? 0) / rowHeight) - 2);
    const target = rowAfterKey(event.key, selectedIndex, rows.length, page);
    const row = target === null ? undefined : rows[target];
    if (target === null || row === undefined) return;
    event.preventDefault();
    choose(row, event.shiftKey ? 'extend' : event.ctrlKey ? 'move' : 'only');
    virtualizer.scrollToIndex(target);
  };

  return (
    <div
      ref={view}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-multiselectable={multi !== undefined || undefined}
      aria-activedescendant={isSelectedDrawn ? `${baseId}-${selectedIndex}` : undefined}
      tabIndex={0}
      className={classes.view}
      style={{
        '--columns': columns.map((column) => column.width).join(' '),
        '--row-height': `${rowHeight}px`,
      }}
      onKeyDown={onKeyDown}
      onScroll={(event) => onScrolled?.(event.currentTarget.scrollTop)}
    >
      <div role="row" aria-rowindex={1} className={classes.heading}>
        {columns.map((column) => (
          <span key={column.name} role="columnheader" data-align={column.align ?? 'left'}>
            {column.name}
          </span>
        ))}
      </div>
      <div role="rowgroup" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          return (
            // The keyboard is the grid's own: it is the one tab stop.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={keyOf(row)}
              id={`${baseId}-${item.index}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={
                multi === undefined ? item.index === selectedIndex : multi.selected.has(keyOf(row))
              }
              className={classes.row}
              data-cursor={multi !== undefined && item.index === selectedIndex}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={(event) => {
                const choice = choiceOf(event);
                choose(row, choice);
                if (choice === 'only' && event.detail < 2) beginDoubleClick(row);
              }}
            >
              {columns.map((column) => (
                <span
                  key={column.name}
                  role="gridcell"
                  data-align={column.align ?? 'left'}
                  title={column.title?.(row)}
                >
                  {column.cell(row)}
                </span>
              ))}
            </div>
          );
        })}
      </div>
      <div className={classes.footer}>{footer}</div>
    </div>
  );
}

function choiceOf(event: MouseEvent): RowChoice {
  if (event.ctrlKey || event.metaKey) return 'toggle';
  return event.shiftKey ? 'extend' : 'only';
}

/** The row that a key leads to from the selected one (-1: none); null for a key that is not for moving. */
export function rowAfterKey(key: string, selected: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const inside = (index: number): number => Math.min(Math.max(0, index), count - 1);
  switch (key) {
    case 'ArrowDown':
      return inside(selected + 1);
    case 'ArrowUp':
      return inside(selected - 1);
    case 'PageDown':
      return inside(selected + page);
    case 'PageUp':
      return inside(selected - page);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
