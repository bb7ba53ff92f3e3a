/* The virtualizer's functions change without changing their identity, which only the React Compiler (not used) minds. */
/* oxlint-disable react/incompatible-library */
import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { RegisteredFile } from '../../shared/domain/registered-file';
import { countOf } from '../components/time-text';
import { useHeldPlace } from '../components/use-held-place';
import type { FileGroup } from './file-groups';
import { PlotTile } from './PlotTile';
import classes from './Plots.module.css';
import { openViewer } from './viewer-store';

interface PlotsProps {
  readonly groups: readonly FileGroup[];
  /** The last plots have come into sight. */
  readonly onNearEnd: () => void;
  /** How far down the view stands when it is drawn first, CSS pixels. */
  readonly initialTop: number;
  /** How far down it was scrolled, CSS pixels. */
  readonly onScrolled: (top: number) => void;
}

/** CSS pixels; the style sheet has the same. */
const tileWidth = 168;
const tileHeight = 146;
const headingHeight = 30;

type PlotRow =
  | { readonly kind: 'heading'; readonly group: FileGroup }
  | { readonly kind: 'tiles'; readonly group: FileGroup; readonly files: readonly RegisteredFile[] };

/** The plots by action, of which only those in sight are drawn. Arrows go from one to the next. */
export function Plots({ groups, onNearEnd, initialTop, onScrolled }: PlotsProps): ReactElement {
  const view = useRef<HTMLElement>(null);
  const size = useElementSize<HTMLElement>();
  const viewRef = useMergedRef(view, size.ref);
  const columns = Math.max(1, Math.floor((size.width - 12) / tileWidth));
  const rows = useMemo(() => rowsOf(groups, columns), [groups, columns]);
  const files = useMemo(() => groups.flatMap((group) => group.files), [groups]);
  const [chosen, setChosen] = useState<number | null>(null);
  const [focusOn, setFocusOn] = useState<number | null>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: (index) => heightOf(rows[index]),
    getItemKey: (index) => rowKey(rows[index], index),
    overscan: 2,
    scrollPaddingStart: headingHeight,
    initialOffset: initialTop,
  });
  // Sizes are of the rows that there were; other rows may stand at their positions now.
  useEffect(() => virtualizer.measure(), [virtualizer, rows]);
  useHeldPlace({
    view,
    // Until the width is known, no plot is in its place.
    rows: size.width === 0 ? noRows : rows,
    heightOf,
    keysOf: (row) => (row.kind === 'tiles' ? row.files.map((file) => file.id) : []),
  });
  const items = virtualizer.getVirtualItems();
  const isNearEnd = rows.length > 0 && (items.at(-1)?.index ?? -1) >= rows.length - 6;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, rows.length, onNearEnd]);

  const chosenIndex = Math.max(
    0,
    files.findIndex((file) => file.id === chosen),
  );
  const tabStop = files[chosenIndex]?.id;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const target = files[indexAfterKey(event.key, chosenIndex, columns, files.length) ?? -1];
    if (target === undefined) return;
    event.preventDefault();
    setChosen(target.id);
    setFocusOn(target.id);
    const row = rows.findIndex((each) => each.kind === 'tiles' && each.files.includes(target));
    virtualizer.scrollToIndex(row);
  };

  return (
    // Keys that its buttons do not take move from one of them to the next.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={viewRef}
      className={classes.view}
      aria-label="Plots"
      onKeyDown={onKeyDown}
      onScroll={(event) => onScrolled(event.currentTarget.scrollTop)}
    >
      <div className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const style = { transform: `translateY(${item.start}px)` };
          return row.kind === 'heading' ? (
            <h3 key={item.key} className={classes.heading} style={style}>
              <span className={classes.action}>{row.group.title}</span>
              <span className={classes.time}>{row.group.time}</span>
              <span className={classes.count}>{countOf(row.group.files.length, 'plot')}</span>
            </h3>
          ) : (
            <div key={item.key} className={classes.tiles} style={style}>
              {row.files.map((file) => (
                <PlotTile
                  key={file.id}
                  file={file}
                  isTabStop={file.id === tabStop}
                  takesFocus={file.id === focusOn}
                  onFocus={() => {
                    setChosen(file.id);
                    setFocusOn(null);
                  }}
                  onOpen={() => openViewer(files, file)}
                />
              ))}
            </div>
          );
        })}
      </div>
    </section>
  );
}

function rowsOf(groups: readonly FileGroup[], columns: number): PlotRow[] {
  return groups.flatMap((group) => {
    const rows: PlotRow[] = [{ kind: 'heading', group }];
    for (let first = 0; first < group.files.length; first += columns) {
      rows.push({ kind: 'tiles', group, files: group.files.slice(first, first + columns) });
    }
    return rows;
  });
}

const noRows: readonly PlotRow[] = [];

function heightOf(row: PlotRow | undefined): number {
  return row?.kind === 'heading' ? headingHeight : tileHeight;
}

function rowKey(row: PlotRow | undefined, index: number): string | number {
  if (row === undefined) return index;
  return row.kind === 'heading' ? row.group.key : `${row.group.key} ${row.files[0]?.id ?? index}`;
}

/** The plot that a key leads to; null for a key that is not for moving. */
export function indexAfterKey(key: string, index: number, columns: number, count: number): number | null {
  const inside = (wanted: number): number => Math.min(Math.max(0, wanted), count - 1);
  switch (key) {
    case 'ArrowRight':
      return inside(index + 1);
    case 'ArrowLeft':
      return inside(index - 1);
    case 'ArrowDown':
      return inside(index + columns);
    case 'ArrowUp':
      return inside(index - columns);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
