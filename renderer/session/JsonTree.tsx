// The virtualizer's functions change without changing their identity, which only the React Compiler (not used) minds.
/* oxlint-disable react/incompatible-library */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useId, useMemo, useRef, type KeyboardEvent, type ReactElement } from 'react';
import type { Session } from '../../shared/domain/session';
import { stringifyPythonJson } from '../../shared/python-json';
import { copyText } from '../components/clipboard';
import { useNow } from '../components/clock';
import { reportUnexpected } from '../stores/notice-store';
import { flashTime } from './change-age';
import type { ChangeMarks } from './change-marks';
import { JsonRow, type ValueActions } from './JsonRow';
import { keptTops } from './kept-trees';
import { isLongText, rowId, treeMove, treeRows, type TreeRow } from './json-tree';
import classes from './JsonTree.module.css';
import { pythonPath } from './python-path';
import type { TreeFolding } from './use-tree-folding';

interface JsonTreeProps {
  readonly session: Session;
  readonly folding: TreeFolding;
  readonly marks: ChangeMarks;
  /** The rows that a search has found. */
  readonly found: ReadonlySet<string>;
  readonly actions: ValueActions;
}

/** Height of a row in CSS pixels. */
const rowHeight = 20;

/** The session's data as a tree, of which only the rows in sight are drawn. One tab stop; arrows walk and unfold. */
export function JsonTree({ session, folding, marks, found, actions }: JsonTreeProps): ReactElement {
  const { expanded, selected, select, toggle } = folding;
  const now = useNow();
  const baseId = useId();
  const view = useRef<HTMLDivElement>(null);
  const rows = useMemo(() => treeRows(session.data, expanded), [session.data, expanded]);
  const selectedIndex = rows.findIndex((row) => row.id === selected);
  const selectedRow = rows[selectedIndex];
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowHeight,
    overscan: 6,
    initialOffset: keptTops.read(session.run) ?? 0,
  });

  const items = virtualizer.getVirtualItems();

  // A chosen row comes into sight once: values that come later must not pull the view back to it, and nor does coming
  // back to the tree, which stands where it was left.
  const reached = useRef(selected);
  const reach = useRef(selectedIndex);
  useEffect(() => {
    reach.current = selectedIndex;
  });
  useEffect(() => {
    if (selected === reached.current) return;
    reached.current = selected;
    if (selected !== null && reach.current >= 0) virtualizer.scrollToIndex(reach.current);
  }, [virtualizer, selected]);

  const { onShowText } = actions;
  const open = useCallback(
    (row: TreeRow) => {
      if (row.expandable) toggle(row.id);
      else if (isLongText(row.value)) onShowText(row.path);
    },
    [toggle, onShowText],
  );

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    // Only keys for the tree itself: its rows' buttons have their own.
    if (event.target !== event.currentTarget) return;
    if (event.ctrlKey && event.key === 'c' && selectedRow !== undefined && noTextSelected()) {
      event.preventDefault();
      const what = `The value of ${pythonPath(selectedRow.path)}`;
      copyText(what, stringifyPythonJson(selectedRow.value)).catch(reportUnexpected('Copying'));
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const page = Math.max(1, Math.floor((view.current?.clientHeight ?? 0) / rowHeight) - 1);
    const move = treeMove(event.key, rows, selected, page);
    if (move !== null) {
      event.preventDefault();
      if (move.kind === 'toggle') toggle(move.id);
      else select(move.id);
    } else if (event.key === 'Enter' && selectedRow !== undefined) {
      event.preventDefault();
      open(selectedRow);
    }
  };

  return (
    <div
      ref={view}
      role="tree"
      aria-label="Values"
      className={classes.tree}
      tabIndex={0}
      aria-activedescendant={
        selectedRow !== undefined && items.some((item) => item.index === selectedIndex)
          ? elementIdOf(baseId, selectedRow.id)
          : undefined
      }
      onKeyDown={onKeyDown}
      onScroll={(event) => keptTops.keep(session.run, event.currentTarget.scrollTop)}
    >
      <div role="none" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const changedAt = changeOf(row, session, marks);
          return (
            <JsonRow
              key={row.id}
              row={row}
              elementId={elementIdOf(baseId, row.id)}
              top={item.start}
              selected={row.id === selected}
              found={found.has(row.id)}
              changedAt={changedAt}
              fresh={changedAt !== null && now - changedAt < flashTime}
              onSelect={select}
              onToggle={open}
              actions={actions}
            />
          );
        })}
      </div>
    </div>
  );
}

function changeOf(row: TreeRow, session: Session, marks: ChangeMarks): number | null {
  if (row.range) return null;
  const [key] = row.path;
  if (row.path.length === 1 && typeof key === 'string') {
    return Object.hasOwn(session.changedAt, key) ? (session.changedAt[key] ?? null) : null;
  }
  return marks.times.get(rowId(row.path)) ?? null;
}

function elementIdOf(base: string, row: string): string {
  return `${base}-${encodeURIComponent(row)}`;
}

function noTextSelected(): boolean {
  return document.getSelection()?.isCollapsed ?? true;
}
