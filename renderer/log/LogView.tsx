import { Button } from '@mantine/core';
import { useId, useLayoutEffect, useRef, useState, useSyncExternalStore, type ReactElement } from 'react';
import { isActive, type Run } from '../../shared/domain/run';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { readStored, writeStored } from '../stores/stored';
import { LogFeed } from './log-feed';
import { drawnOffset, lineHeight, linesAround, topOf, type LineRange } from './log-scroll';
import { columnsOf, gutterFor, gutterText, gutterWidth, timeColumnSchema, type TimeColumn } from './log-text';
import { LogRow } from './LogRow';
import { LogScrollbar } from './LogScrollbar';
import { LogToolbar } from './LogToolbar';
import { useLogPlace } from './use-log-place';
import { useVisibleLines } from './visible-lines';
import classes from './LogView.module.css';

/** Lines drawn beyond the view's edges, and lines fetched beyond them, so that scrolling meets lines that are there. */
const drawnBeyond = 4;
const fetchedBeyond = 60;

/** While following, lines that came after the last announcement are asked for too, up to this many. */
const fetchedAhead = 200;

/** Columns of the mark beside a line of stderr. */
const markWidth = 4;

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
  const [feed] = useState(
    () => new LogFeed((first, count) => call('log.window', { run: run.id, first, count })),
  );
  useSyncExternalStore(feed.subscribe, feed.revision);
  const [time, setTime] = useState<TimeColumn>(() =>
    readStored('log.time-column', timeColumnSchema, 'clock'),
  );
  const view = useRef<HTMLElement>(null);
  const viewId = useId();
  const visible = useVisibleLines(view);
  const { place, stoppedAt, scrollTo, jumpToEnd, settle } = useLogPlace(view);

  const total = Math.max(run.lines, feed.total);
  // Following shows the newest lines that are here, so that the screen never blinks empty while newer ones come.
  const extent = { total: place.following && feed.heldEnd > 0 ? feed.heldEnd : total, visible };
  const top = topOf(place, extent);
  const drawn = linesAround(top, extent, drawnBeyond);
  const gutter = gutterFor(total, time, run.startedAt);
  const longest = useLongest(feed, drawn);

  useLayoutEffect(() => {
    settle(extent);
    feed.announce(run.lines, run.bytes);
    if (visible === 0) return;
    feed.want(
      place.following
        ? { first: Math.max(0, Math.floor(total - visible) - fetchedBeyond), end: total + fetchedAhead }
        : linesAround(top, extent, fetchedBeyond),
    );
  });

  const chooseTime = (chosen: TimeColumn): void => {
    setTime(chosen);
    writeStored('log.time-column', chosen);
  };

  return (
    <div className={classes.log}>
      <LogToolbar
        run={run}
        total={total}
        time={time}
        onTime={chooseTime}
        newLines={stoppedAt === null ? null : total - stoppedAt}
        onJumpToEnd={() => {
          jumpToEnd();
          // The button goes away, and the keys are for the log from here on.
          view.current?.focus();
        }}
      />
      {feed.fault === null ? null : (
        <Banner tone="error" live="alert" actions={<Button onClick={() => feed.retry()}>Try again</Button>}>
          Lines of this log could not be read. {feed.fault}
        </Banner>
      )}
      <div className={classes.body}>
        {/* A region that scrolls has to be reachable by keyboard. */}
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
        <section ref={view} id={viewId} className={classes.view} aria-label="Log" tabIndex={0}>
          <div
            className={classes.rows}
            style={{
              '--gutter': `${gutterWidth(gutter)}ch`,
              minWidth: `max(100%, ${gutterWidth(gutter) + longest + markWidth}ch)`,
              transform: `translateY(${drawnOffset(drawn.first, top)}px)`,
            }}
          >
            {Array.from({ length: drawn.end - drawn.first }, (_, offset) => {
              const index = drawn.first + offset;
              const line = feed.line(index);
              return <LogRow key={index} gutter={gutterText(gutter, index, line)} line={line} />;
            })}
          </div>
        </section>
        <LogScrollbar
          top={top}
          extent={extent}
          track={visible * lineHeight}
          controls={viewId}
          onMove={scrollTo}
        />
        {total === 0 ? <NothingPrinted run={run} /> : null}
      </div>
    </div>
  );
}

/** The most columns that a line drawn so far had: the width only grows, so that it does not jump while scrolling. */
function useLongest(feed: LogFeed, drawn: LineRange): number {
  const [longest, setLongest] = useState(0);
  let seen = longest;
  for (let index = drawn.first; index < drawn.end; index += 1) {
    const line = feed.line(index);
    if (line !== undefined) seen = Math.max(seen, columnsOf(line));
  }
  if (seen > longest) setLongest(seen);
  return seen;
}

function NothingPrinted({ run }: { readonly run: Run }): ReactElement {
  return (
    <div className={classes.nothing}>
      {run.log === false ? (
        <EmptyState title="Output was discarded (log: off)">
          Session data and messages are kept all the same. To keep what the next run prints, choose the run’s
          log on the Run tab.
        </EmptyState>
      ) : isActive(run) ? (
        <EmptyState title="This run has printed nothing yet">
          Lines show here as the script prints them.
        </EmptyState>
      ) : (
        <EmptyState title="This run printed nothing">How it ended stands under the slot’s name.</EmptyState>
      )}
    </div>
  );
}
