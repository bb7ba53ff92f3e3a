import { useCallback, useId, useLayoutEffect, useState, type KeyboardEvent, type ReactElement } from 'react';
import type { Session } from '../../shared/domain/session';
import { stringifyPythonJson } from '../../shared/python-json';
import { copyText } from '../components/clipboard';
import { useNow } from '../components/clock';
import { reportUnexpected } from '../stores/notice-store';
import { flashTime } from './change-age';
import { JsonRow } from './JsonRow';
import { pathText, treeMove, treeRows } from './json-tree';
import classes from './JsonTree.module.css';

/** The session's data as a tree. What is unfolded stays unfolded while values change. */
export function JsonTree({ session }: { readonly session: Session }): ReactElement {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set<string>());
  const [selected, setSelected] = useState<string | null>(null);
  const now = useNow();
  const baseId = useId();

  const toggle = useCallback((id: string) => {
    setExpanded((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });
  }, []);

  const rows = treeRows(session.data, expanded);
  const selectedRow = rows.find((row) => row.id === selected);

  useLayoutEffect(() => {
    if (selected !== null)
      document.getElementById(elementIdOf(baseId, selected))?.scrollIntoView({ block: 'nearest' });
  }, [baseId, selected]);

  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    // Only keys for the tree itself: its rows' buttons have their own.
    if (event.target !== event.currentTarget) return;
    if (event.ctrlKey && event.key === 'c' && selectedRow !== undefined && noTextSelected()) {
      event.preventDefault();
      const what = `The value of ${pathText(selectedRow.path)}`;
      copyText(what, stringifyPythonJson(selectedRow.value)).catch(reportUnexpected('Copying'));
      return;
    }
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const move = treeMove(event.key, rows, selected);
    if (move === null) return;
    event.preventDefault();
    if (move.kind === 'toggle') toggle(move.id);
    else setSelected(move.id);
  };

  return (
    <div
      role="tree"
      aria-label="Values"
      className={classes.tree}
      tabIndex={0}
      aria-activedescendant={selectedRow === undefined ? undefined : elementIdOf(baseId, selectedRow.id)}
      onKeyDown={onKeyDown}
    >
      {rows.map((row) => {
        const changedAt = row.level === 1 && !row.range ? (session.changedAt[row.label] ?? null) : null;
        return (
          <JsonRow
            key={row.id}
            row={row}
            elementId={elementIdOf(baseId, row.id)}
            selected={row.id === selected}
            changedAt={changedAt}
            fresh={changedAt !== null && now - changedAt < flashTime}
            onSelect={setSelected}
            onToggle={toggle}
          />
        );
      })}
    </div>
  );
}

function elementIdOf(base: string, row: string): string {
  return `${base}-${encodeURIComponent(row)}`;
}

function noTextSelected(): boolean {
  return document.getSelection()?.isCollapsed ?? true;
}
