import { ActionIcon, Button } from '@mantine/core';
import { Braces, ChevronDown, ChevronRight, Maximize2, Pin, Route } from 'lucide-react';
import { memo, type ReactElement } from 'react';
import type { Json } from '../../shared/json';
import { stringifyPythonJson } from '../../shared/python-json';
import { copyText } from '../components/clipboard';
import { reportUnexpected } from '../stores/notice-store';
import { previewJson, type PreviewPart } from './json-preview';
import { isLongText, type JsonPath, type TreeRow } from './json-tree';
import classes from './JsonTree.module.css';
import { isNumberList, isPlottable } from './plot-lines';
import { pythonPath } from './python-path';
import { Sparkline } from './Sparkline';

/** What can be done with a value beside copying it. */
export interface ValueActions {
  readonly onPlot: (path: JsonPath) => void;
  readonly onShowText: (path: JsonPath) => void;
  /** Keeps a number's later values for a chart; left out where nobody keeps them. */
  readonly onPin?: (path: JsonPath) => void;
}

interface JsonRowProps {
  readonly row: TreeRow;
  readonly elementId: string;
  /** Distance from the top of the tree, in CSS pixels. */
  readonly top: number;
  readonly selected: boolean;
  /** Whether the search has found this row. */
  readonly found: boolean;
  /** When the value was last set, Unix milliseconds; null where that is not known. */
  readonly changedAt: number | null;
  /** Whether that was so lately that the value is marked. */
  readonly fresh: boolean;
  readonly onSelect: (id: string) => void;
  readonly onToggle: (row: TreeRow) => void;
  readonly actions: ValueActions;
}

/** Levels that are indented; deeper ones are not moved any further to the right. */
const deepestIndent = 24;

/** Lists shorter than this say more as text. */
const shortestSparkline = 8;

/** One row of the data tree: name, value in one line, and for the selected row what can be done with it. */
export const JsonRow = memo(
  function JsonRow(props: JsonRowProps): ReactElement {
    const { row, elementId, top, selected, found, changedAt, fresh, onSelect, onToggle, actions } = props;
    return (
      // The keyboard is the tree's own, see JsonTree.
      // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
      <div
        id={elementId}
        role="treeitem"
        aria-level={row.level}
        aria-posinset={row.place}
        aria-setsize={row.siblings}
        aria-selected={selected}
        aria-expanded={row.expandable ? row.expanded : undefined}
        data-opens={row.expandable || isLongText(row.value)}
        data-found={found}
        className={classes.row}
        style={{ transform: `translateY(${top}px)` }}
        onClick={() => {
          onSelect(row.id);
          onToggle(row);
        }}
      >
        <span
          className={classes.label}
          style={{ paddingLeft: (Math.min(row.level, deepestIndent) - 1) * 14 }}
        >
          <span className={classes.fold} aria-hidden="true">
            {row.expandable ? row.expanded ? <ChevronDown size={12} /> : <ChevronRight size={12} /> : null}
          </span>
          <span className={classes.name} title={pythonPath(row.path)}>
            {row.label}
          </span>
        </span>
        {/* A new key makes a new element, and so the mark of a change starts anew. */}
        <span key={changedAt} className={classes.value} data-fresh={fresh}>
          {row.range ? null : <PreviewText value={row.value} />}
          {!row.range && isNumberList(row.value) && row.value.length >= shortestSparkline ? (
            <Sparkline values={row.value} />
          ) : null}
        </span>
        {selected && !row.range ? <RowActions row={row} actions={actions} /> : null}
      </div>
    );
  },
  (before, after) =>
    before.row.id === after.row.id &&
    before.row.value === after.row.value &&
    before.row.expanded === after.row.expanded &&
    before.row.expandable === after.row.expandable &&
    before.row.siblings === after.row.siblings &&
    before.elementId === after.elementId &&
    before.top === after.top &&
    before.selected === after.selected &&
    before.found === after.found &&
    before.changedAt === after.changedAt &&
    before.fresh === after.fresh &&
    before.onSelect === after.onSelect &&
    before.onToggle === after.onToggle &&
    before.actions === after.actions,
);

function PreviewText({ value }: { readonly value: Json }): ReactElement {
  const { head, tail } = previewJson(value);
  const whole = head.map((part) => part.text).join('') + tail;
  const title = isRounded(value)
    ? `${whole}: rounded, since it is beyond 2^53. The message that carried it has all digits.`
    : whole;
  return (
    <>
      <span className={classes.head} title={title}>
        {isRounded(value) ? '≈ ' : null}
        {partElements(head)}
      </span>
      {tail === '' ? null : (
        <span className={classes.tail} title={whole}>
          <bdi dir="ltr">{tail}</bdi>
        </span>
      )}
    </>
  );
}

/** Whether a whole number is too large to be told from its neighbours, so that its last digits may be others. */
function isRounded(value: Json): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(Number(value)) < 1e21;
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

interface RowActionsProps {
  readonly row: TreeRow;
  readonly actions: ValueActions;
}

function RowActions({ row: { path, value }, actions }: RowActionsProps): ReactElement {
  const name = pythonPath(path);
  const { onPlot, onShowText, onPin } = actions;
  const copy = (what: string, text: string): void => {
    copyText(what, text).catch(reportUnexpected('Copying'));
  };
  return (
    // Its buttons are what is used; a click on one must not fold the row as well.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions
    <span className={classes.actions} onClick={(event) => event.stopPropagation()}>
      {isPlottable(value) ? (
        <Button size="compact-xs" className={classes.plot ?? ''} title={name} onClick={() => onPlot(path)}>
          Plot
        </Button>
      ) : null}
      {typeof value === 'number' && onPin !== undefined ? (
        <ActionIcon size={18} aria-label="Pin to plot" title="Pin to plot" onClick={() => onPin(path)}>
          <Pin size={13} aria-hidden="true" />
        </ActionIcon>
      ) : null}
      {isLongText(value) ? (
        <ActionIcon
          size={18}
          aria-label="Show the whole text"
          title="Show the whole text (Enter)"
          onClick={() => onShowText(path)}
        >
          <Maximize2 size={12} aria-hidden="true" />
        </ActionIcon>
      ) : null}
      <ActionIcon
        size={18}
        aria-label={`Copy the value of ${name} as JSON`}
        title="Copy value as JSON"
        onClick={() => copy(`The value of ${name}`, stringifyPythonJson(value))}
      >
        <Braces size={13} aria-hidden="true" />
      </ActionIcon>
      <ActionIcon
        size={18}
        aria-label={`Copy the path ${name}`}
        title="Copy path"
        onClick={() => copy(`The path ${name}`, name)}
      >
        <Route size={13} aria-hidden="true" />
      </ActionIcon>
    </span>
  );
}
