import { Button } from '@mantine/core';
import { useCallback, useEffect, useId, useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import type { Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { ListPane } from '../components/ListPane';
import { reportUnexpected } from '../stores/notice-store';
import { useKeeping, useLeft } from '../stores/kept-views';
import { readStored, writeStored } from '../stores/stored';
import { FindBox } from './FindBox';
import { GoToLine } from './GoToLine';
import { freshLog, keptLogs } from './kept-logs';
import { LineDetail } from './LineDetail';
import { selectedRange, selectionWithin, type LineSelection } from './line-selection';
import { LogFilters } from './LogFilters';
import { LogLines, useLongest } from './LogLines';
import { LogMenu } from './LogMenu';
import { lineHeight, linesAround, topOf } from './log-scroll';
import { gutterFor, timeColumnSchema, type TimeColumn } from './log-text';
import { copyLogLines, saveLogLines } from './log-transfer';
import { LogScrollbar } from './LogScrollbar';
import { LogToolbar } from './LogToolbar';
import { NothingToShow } from './NothingToShow';
import { useLineSelection } from './use-line-selection';
import { useLogKeys } from './use-log-keys';
import { useLogPlace } from './use-log-place';
import { TimeChoice } from './TimeChoice';
import { useKeptPlace, useLogRows } from './use-log-rows';
import { useMatchInSight } from './use-match-in-sight';
import { useVisibleLines } from './visible-lines';
import classes from './LogView.module.css';

/** Lines drawn beyond the view's edges, and lines fetched beyond them, so that scrolling meets lines that are there. */
const drawnBeyond = 4;
const fetchedBeyond = 60;

/** While following, lines that came after the last announcement are asked for too, up to this many. */
const fetchedAhead = 200;

/** The output of a run, line by line; null says where a run comes from. */
export function LogView({ run }: { readonly run: Run | null }): ReactElement {
  if (run === null) {
    return (
      <EmptyState title="No run yet">Choose a script on the Run tab; what it prints shows here.</EmptyState>
    );
  }
  return <RunLog key={run.id} run={run} />;
}

function RunLog({ run }: { readonly run: Run }): ReactElement {
  const left = useLeft(keptLogs, run.id, freshLog);
  const rows = useLogRows(run, left);
  const { finder, feed, total, isFiltered } = rows;
  const [time, setTime] = useTimeColumn();
  const view = useRef<HTMLElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const viewId = useId();
  const visible = useVisibleLines(view);
  const { place, stoppedAt, scrollTo, jumpToEnd, reveal, settle } = useLogPlace(view, left);
  const lines = useLineSelection(view, reveal, left.selection);
  const { select, settleSelection } = lines;
  // Of rows that a filter took away, none is selected.
  const selection = selectionWithin(lines.selection, total);
  const [detail, setDetail] = useState(false);
  const [goTo, setGoTo] = useState(false);
  const [tooLarge, setTooLarge] = useState<string | null>(null);
  const revealLine = useCallback(
    (row: number) => {
      reveal(row);
      select({ anchor: row, head: row });
    },
    [reveal, select],
  );
  const deselect = useCallback(() => select(null), [select]);
  const kept = useKeptPlace(run, rows, revealLine, deselect);

  // Following shows the newest lines that are here, so that the screen never blinks empty while newer ones come.
  const extent = {
    total: place.following && feed.heldEnd > 0 ? Math.min(feed.heldEnd, total) : total,
    visible,
  };
  const top = topOf(place, extent);
  const drawn = linesAround(top, extent, drawnBeyond);
  const wholeTotal = Math.max(run.lines, isFiltered ? 0 : total);
  const gutter = gutterFor(wholeTotal, time, run.startedAt);
  const longest = useLongest(feed, drawn);
  const { look, current } = finder;
  useKeeping(keptLogs, run.id, { place, stoppedAt, look, current, selection: lines.selection });
  useMatchInSight(view, finder, reveal);
  useSelectionInSight(detail, visible, selection, reveal);

  useLayoutEffect(() => {
    settle(extent, wholeTotal);
    settleSelection(top, extent);
    kept.stand(place.following ? null : rows.lineAt(selection?.head ?? Math.ceil(top)));
    finder.announce(run.bytes);
    feed.announce(total, run.bytes);
    if (visible === 0) return;
    feed.want(
      place.following
        ? { first: Math.max(0, Math.floor(total - visible) - fetchedBeyond), end: total + fetchedAhead }
        : linesAround(top, extent, fetchedBeyond),
    );
    finder.wantMarks(drawn);
  });

  const lineAtTop = (): number => rows.lineAt(Math.ceil(top)) ?? 0;
  const selected = selection === null ? null : selectedRange(selection, isFiltered);
  const head = selection === null ? null : rows.lineAt(selection.head);
  const copy = (): void => {
    if (selected === null) return;
    copyLogLines(run, selected).then(
      (copied) => setTooLarge(copied.kind === 'too-large' ? copied.message : null),
      reportUnexpected('Copying'),
    );
  };
  const openDetail = (): void => {
    if (selection === null && total > 0) select({ anchor: Math.ceil(top), head: Math.ceil(top) });
    setDetail(true);
  };
  const showAll = (): void => finder.filter({ stderrOnly: false, level: null, matchesOnly: false });
  const openGoTo = (): void => setGoTo(true);
  useLogKeys({ view, input, finder, from: lineAtTop, onGoTo: openGoTo, onCopy: copy, onDetail: openDetail });
  const goToLine = (line: number): void => {
    setGoTo(false);
    if (isFiltered) showAll();
    kept.goTo(line);
    view.current?.focus();
  };

  return (
    <ListPane>
      <div className={classes.findTools}>
        <FindBox finder={finder} input={input} from={lineAtTop} onClose={() => view.current?.focus()} />
        <LogFilters finder={finder} />
        <div className={classes.findEnd}>
          <TimeChoice time={time} onTime={setTime} />
          <LogMenu
            run={run}
            selected={selected}
            shown={isFiltered && total > 0 ? { first: 0, last: total - 1, of: 'rows' } : null}
            onCopy={copy}
            onGoTo={openGoTo}
            onDetail={openDetail}
          />
        </div>
      </div>
      <LogToolbar
        run={run}
        lines={wholeTotal}
        rows={isFiltered ? total : null}
        filtered={finder.status?.progress ?? 0}
        newLines={stoppedAt === null ? null : Math.max(0, wholeTotal - stoppedAt)}
        selection={selection}
        onJumpToEnd={() => {
          jumpToEnd();
          // The button goes away, and the keys are for the log from here on.
          view.current?.focus();
        }}
      />
      {tooLarge === null || selected === null ? null : (
        <Banner
          tone="info"
          live="status"
          actions={
            <Button
              onClick={() => {
                setTooLarge(null);
                saveLogLines(run, selected, 'shown').catch(reportUnexpected('Saving'));
              }}
            >
              Save selected lines…
            </Button>
          }
        >
          {tooLarge}
        </Banner>
      )}
      {finder.fault === null ? null : (
        <Banner tone="error" live="alert" actions={<Button onClick={() => finder.retry()}>Try again</Button>}>
          This log could not be searched. {finder.fault}
        </Banner>
      )}
      {feed.fault === null ? null : (
        <Banner tone="error" live="alert" actions={<Button onClick={() => feed.retry()}>Try again</Button>}>
          Lines of this log could not be read. {feed.fault}
        </Banner>
      )}
      <div className={classes.body}>
        <LogLines
          view={view}
          id={viewId}
          rows={rows}
          drawn={drawn}
          top={top}
          gutter={gutter}
          longest={longest}
          selection={selection}
        />
        <LogScrollbar
          top={top}
          extent={extent}
          track={visible * lineHeight}
          controls={viewId}
          onMove={scrollTo}
        />
        {total === 0 ? <NothingToShow run={run} rows={rows} onShowAll={showAll} /> : null}
      </div>
      {detail && head !== null ? (
        <LineDetail
          run={run}
          line={head}
          bytes={head >= wholeTotal - 1 ? run.bytes : 0}
          onCopy={() => {
            copyLogLines(run, { first: head, last: head, of: 'log' }).then(
              (copied) => setTooLarge(copied.kind === 'too-large' ? copied.message : null),
              reportUnexpected('Copying'),
            );
          }}
          onShowInWhole={isFiltered ? () => goToLine(head) : null}
          onClose={() => {
            setDetail(false);
            view.current?.focus();
          }}
        />
      ) : null}
      <GoToLine
        opened={goTo}
        total={wholeTotal}
        onClose={() => {
          setGoTo(false);
          view.current?.focus();
        }}
        onGo={goToLine}
      />
    </ListPane>
  );
}

/** The pane of a line's details takes room from the log; the line itself stays in sight. */
function useSelectionInSight(
  detail: boolean,
  visible: number,
  selection: LineSelection | null,
  reveal: (row: number) => void,
): void {
  const head = useRef<number | null>(null);
  useLayoutEffect(() => {
    head.current = selection?.head ?? null;
  }, [selection]);
  useEffect(() => {
    if (detail && visible > 0 && head.current !== null) reveal(head.current);
  }, [detail, visible, reveal]);
}

/** What stands beside each line, remembered for the next log. */
function useTimeColumn(): [TimeColumn, (time: TimeColumn) => void] {
  const [time, setTime] = useState<TimeColumn>(() =>
    readStored('log.time-column', timeColumnSchema, 'clock'),
  );
  const choose = (chosen: TimeColumn): void => {
    setTime(chosen);
    writeStored('log.time-column', chosen);
  };
  return [time, choose];
}
