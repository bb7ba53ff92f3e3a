/* Rows placed one by one inside a tall box cannot be a table's elements; see VirtualGrid. */
/* oxlint-disable jsx-a11y/prefer-tag-over-role, react/incompatible-library */
import { useVirtualizer } from '@tanstack/react-virtual';
import { TriangleAlert } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react';
import { fileName, type RegisteredFile } from '../../shared/domain/registered-file';
import { countOf, formatBytes, formatUtcTime } from '../components/time-text';
import { useHeldPlace } from '../components/use-held-place';
import { rowAfterKey } from '../components/VirtualGrid';
import type { FileGroup } from './file-groups';
import { isFault, stateWord } from './file-text';
import classes from './FileList.module.css';
import { useInspection } from './inspections';
import { openViewer } from './viewer-store';

interface FileListProps {
  readonly groups: readonly FileGroup[];
  /** Whether the files are of several runs, so that each group says its own. */
  readonly withRuns: boolean;
  readonly footer: string;
  readonly onNearEnd: () => void;
  /** What choosing a file does; opens the viewer where it is left out. */
  readonly onOpen?: (files: readonly RegisteredFile[], file: RegisteredFile) => void;
  readonly label?: string;
  /** How far down the view stands when it is drawn first, CSS pixels. */
  readonly initialTop?: number;
  /** How far down it was scrolled, CSS pixels. */
  readonly onScrolled?: (top: number) => void;
}

/** CSS pixels. */
const rowHeight = 24;

type ListRow = { readonly group: FileGroup } | { readonly file: RegisteredFile };

/** Files in the groups of their actions, of which only the rows in sight are drawn. One tab stop; arrows select. */
export function FileList(props: FileListProps): ReactElement {
  const { groups, withRuns, footer, onNearEnd, onOpen = openViewer, label = 'Files' } = props;
  const { initialTop = 0, onScrolled } = props;
  const view = useRef<HTMLDivElement>(null);
  const baseId = useId();
  const [selected, setSelected] = useState<number | null>(null);
  const rows = useMemo(
    () =>
      groups.flatMap((group): ListRow[] => [{ group }, ...group.files.map((file): ListRow => ({ file }))]),
    [groups],
  );
  const files = useMemo(() => groups.flatMap((group) => group.files), [groups]);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => view.current,
    estimateSize: () => rowHeight,
    overscan: 8,
    scrollPaddingStart: rowHeight,
    initialOffset: initialTop,
  });
  useHeldPlace({
    view,
    rows,
    heightOf: () => rowHeight,
    keysOf: (row) => ('file' in row ? [row.file.id] : []),
  });
  const items = virtualizer.getVirtualItems();
  const isNearEnd = rows.length > 0 && (items.at(-1)?.index ?? -1) >= rows.length - 20;
  useEffect(() => {
    if (isNearEnd) onNearEnd();
  }, [isNearEnd, rows.length, onNearEnd]);

  const selectedIndex = files.findIndex((file) => file.id === selected);
  const rowOf = (file: RegisteredFile): number => rows.findIndex((row) => 'file' in row && row.file === file);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target !== event.currentTarget) return;
    const current = files[selectedIndex];
    if (event.key === 'Enter' && current !== undefined) {
      event.preventDefault();
      onOpen(files, current);
      return;
    }
    const page = Math.max(1, Math.floor((view.current?.clientHeight ?? 0) / rowHeight) - 2);
    const target = files[rowAfterKey(event.key, selectedIndex, files.length, page) ?? -1];
    if (target === undefined) return;
    event.preventDefault();
    setSelected(target.id);
    virtualizer.scrollToIndex(rowOf(target));
  };
  const current = files[selectedIndex];
  return (
    <div
      ref={view}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.length + 1}
      aria-activedescendant={current === undefined ? undefined : `${baseId}-${current.id}`}
      tabIndex={0}
      className={classes.view}
      onKeyDown={onKeyDown}
      onScroll={(event) => onScrolled?.(event.currentTarget.scrollTop)}
    >
      <div role="row" aria-rowindex={1} className={classes.heading}>
        <span role="columnheader">Name</span>
        <span role="columnheader">Type</span>
        <span role="columnheader" className={classes.right}>
          Size
        </span>
        <span role="columnheader">Registered</span>
        <span role="columnheader">State</span>
      </div>
      <div role="rowgroup" className={classes.rows} style={{ height: virtualizer.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const style = { transform: `translateY(${item.start}px)` };
          if ('group' in row) {
            return (
              <div
                key={row.group.key}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes.group}
                style={style}
              >
                <span role="gridcell" aria-colspan={5}>
                  <GroupHeading group={row.group} withRuns={withRuns} />
                </span>
              </div>
            );
          }
          const { file } = row;
          return (
            // The keyboard is the grid's own: it is the one tab stop.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={file.id}
              id={`${baseId}-${file.id}`}
              role="row"
              aria-rowindex={item.index + 2}
              aria-selected={file.id === selected}
              className={classes.row}
              style={style}
              onClick={() => {
                setSelected(file.id);
                onOpen(files, file);
              }}
            >
              <FileCells file={file} />
            </div>
          );
        })}
      </div>
      <div className={classes.footer}>{footer}</div>
    </div>
  );
}

function GroupHeading({
  group,
  withRuns,
}: {
  readonly group: FileGroup;
  readonly withRuns: boolean;
}): ReactElement {
  const run = group.files[0]?.run ?? null;
  return (
    <>
      <strong>{group.title}</strong>
      <span className={classes.mono}>{group.time}</span>
      <span>{countOf(group.files.length, 'file')}</span>
      {withRuns ? <span className={classes.mono}>{run === null ? 'no run' : `run ${run}`}</span> : null}
    </>
  );
}

function FileCells({ file }: { readonly file: RegisteredFile }): ReactElement {
  const found = useInspection(file.id);
  const isBad = found !== undefined && isFault(found.state);
  const state = found === undefined ? '' : stateWord(found.state);
  return (
    <>
      <span role="gridcell" className={classes.mono} title={file.path}>
        {fileName(file.path)}
      </span>
      <span role="gridcell" title={found?.description}>
        {file.type === '' ? (found?.description ?? '') : file.type}
      </span>
      <span role="gridcell" className={classes.right}>
        {found === undefined || found.size === null ? '' : formatBytes(found.size)}
      </span>
      <span role="gridcell" className={classes.mono}>
        {formatUtcTime(file.publishedAt ?? file.receivedAt)}
      </span>
      <span role="gridcell" title={found?.message} data-fault={isBad}>
        {isBad ? <TriangleAlert size={12} aria-hidden="true" /> : null}
        {file.isReplaced && state === 'ready' ? 'overwritten later' : state}
      </span>
    </>
  );
}
