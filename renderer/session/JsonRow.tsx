import { ActionIcon } from '@mantine/core';
import { Braces, ChevronDown, ChevronRight, Route } from 'lucide-react';
import { memo, type ReactElement } from 'react';
import type { Json } from '../../shared/json';
import { stringifyPythonJson } from '../../shared/python-json';
import { copyText } from '../components/clipboard';
import { reportUnexpected } from '../stores/notice-store';
import { previewJson, type PreviewPart } from './json-preview';
import { pathText, type TreeRow } from './json-tree';
import classes from './JsonTree.module.css';

interface JsonRowProps {
  readonly row: TreeRow;
  readonly elementId: string;
  readonly selected: boolean;
  /** When the value was last set, Unix milliseconds; null below the top level. */
  readonly changedAt: number | null;
  /** Whether that was so lately that the value is marked. */
  readonly fresh: boolean;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (id: string) => void;
}

/** One row of the data tree: name, value in one line, and for the selected row what can be done with it. */
export const JsonRow = memo(
  function JsonRow({
    row,
    elementId,
    selected,
    changedAt,
    fresh,
    onSelect,
    onToggle,
  }: JsonRowProps): ReactElement {
    const longText = row.expanded && typeof row.value === 'string' ? row.value : null;
    return (
      // The keyboard is the tree's own, see JsonTree.
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div
        id={elementId}
        role="treeitem"
        aria-level={row.level}
        aria-selected={selected}
        aria-expanded={row.expandable ? row.expanded : undefined}
        className={classes.item}
        onClick={() => {
          onSelect(row.id);
          if (row.expandable) onToggle(row.id);
        }}
      >
        <div className={classes.row}>
          <span className={classes.label} style={{ paddingLeft: (row.level - 1) * 14 }}>
            <span className={classes.fold} aria-hidden="true">
              {row.expandable ? row.expanded ? <ChevronDown size={12} /> : <ChevronRight size={12} /> : null}
            </span>
            <span className={classes.name} title={pathText(row.path)}>
              {row.label}
            </span>
          </span>
          {/* A new key makes a new element, and so the mark of a change starts anew. */}
          <span key={changedAt} className={classes.value} data-fresh={fresh}>
            {row.range || longText !== null ? null : <PreviewText value={row.value} />}
          </span>
          {selected && !row.range ? <RowActions row={row} /> : null}
        </div>
        {longText === null ? null : <div className={classes.longText}>{longText}</div>}
      </div>
    );
  },
  (before, after) =>
    before.row.id === after.row.id &&
    before.row.value === after.row.value &&
    before.row.expanded === after.row.expanded &&
    before.row.expandable === after.row.expandable &&
    before.elementId === after.elementId &&
    before.selected === after.selected &&
    before.changedAt === after.changedAt &&
    before.fresh === after.fresh &&
    before.onSelect === after.onSelect &&
    before.onToggle === after.onToggle,
);

function PreviewText({ value }: { readonly value: Json }): ReactElement {
  const { head, tail } = previewJson(value);
  const whole = head.map((part) => part.text).join('') + tail;
  return (
    <>
      <span className={classes.head} title={whole}>
        {partElements(head)}
      </span>
      {tail === '' ? null : (
        <span className={classes.tail} title={whole}>
          {tail}
        </span>
      )}
    </>
  );
}

function partElements(parts: readonly PreviewPart[]): ReactElement[] {
  let column = 0;
  return parts.map((part) => {
    const key = column;
    column += part.text.length;
    return (
      <span key={key} className={part.finite ? undefined : classes.notFinite}>
        {part.text}
      </span>
    );
  });
}

function RowActions({ row }: { readonly row: TreeRow }): ReactElement {
  const name = pathText(row.path);
  const copy = (what: string, text: string): void => {
    copyText(what, text).catch(reportUnexpected('Copying'));
  };
  return (
    // Its buttons are what is used; a click on one must not fold the row as well.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span className={classes.actions} onClick={(event) => event.stopPropagation()}>
      <ActionIcon
        size={18}
        variant="subtle"
        aria-label={`Copy the value of ${name} as JSON`}
        title="Copy value as JSON"
        onClick={() => copy(`The value of ${name}`, stringifyPythonJson(row.value))}
      >
        <Braces size={13} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        size={18}
        variant="subtle"
        aria-label={`Copy the path ${name}`}
        title="Copy path"
        onClick={() => copy(`The path ${name}`, name)}
      >
        <Route size={13} aria-hidden="true" />
      </ActionIcon>
    </span>
  );
}
