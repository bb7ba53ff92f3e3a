import { Button } from '@mantine/core';
import { useDebouncedValue, useThrottledValue } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { MessageRow, MessageType } from '../../shared/domain/message';
import type { Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { ListPane } from '../components/ListPane';
import { countOf, formatUtcDateTime } from '../components/time-text';
import { VirtualGrid, type GridColumn } from '../components/VirtualGrid';
import { useKeeping, useLeft } from '../stores/kept-views';
import { usePanel } from '../stores/panel-store';
import { freshMessages, keepTop, keptMessages, keptTop, openList } from './kept-messages';
import { mostMessages, type MessageFeed, type ShownMessages } from './message-feed';
import { receivedText } from './message-text';
import { MessageDetail } from './MessageDetail';
import { MessageTools, type MessageChoice } from './MessageTools';
import classes from './MessagesView.module.css';

interface MessagesViewProps {
  /** Null for the messages that matched no slot. */
  readonly slot: SlotConfig | null;
  readonly run: Run | null;
}

const publisherColumn = 'Publisher id';

const columns: readonly GridColumn<MessageRow>[] = [
  {
    name: 'Received (UTC)',
    width: '132px',
    cell: (row) => <span className={classes.time}>{receivedText(row.receivedAt, Date.now())}</span>,
    title: (row) => `${formatUtcDateTime(row.receivedAt)} UTC`,
  },
  { name: 'Type', width: '104px', cell: (row) => row.msgtype, title: (row) => row.msgtype },
  {
    name: 'seq_no',
    width: '64px',
    align: 'right',
    cell: (row) => <span className={classes.mono}>{row.seqNo ?? ''}</span>,
  },
  {
    name: publisherColumn,
    width: 'minmax(90px, 150px)',
    cell: (row) => row.publisherId,
    title: (row) => row.publisherId,
  },
  {
    name: 'Payload',
    width: 'minmax(120px, 1fr)',
    cell: (row) => <span className={classes.mono}>{row.payload}</span>,
  },
];

/** The columns for a list: without the publisher's id where it is the slot's own on every row, and goes without saying. */
function columnsFor(slot: SlotConfig | null, rows: readonly MessageRow[]): readonly GridColumn<MessageRow>[] {
  const isOwn = slot !== null && rows.every((row) => row.publisherId === String(slot.id));
  return isOwn ? columns.filter((column) => column.name !== publisherColumn) : columns;
}

const rowHeight = 24;

/** The least time between two refreshes of the list, in milliseconds. */
const refreshPeriod = 500;

/** Every message that a slot published, as it came; with no slot, those that matched none. */
export function MessagesView({ slot, run }: MessagesViewProps): ReactElement {
  const of = slot?.id ?? '';
  const left = useLeft(keptMessages, of, freshMessages);
  const [choice, setChoice] = useState(left.choice);
  const [text] = useDebouncedValue(choice.text, 250);
  const [publisher] = useDebouncedValue(choice.publisher, 250);
  const [until] = useDebouncedValue(choice.untilAt, 250);
  const [selected, setSelected] = useState(left.selected);
  useKeeping(keptMessages, of, { choice, selected });
  const slotId = slot?.id ?? null;
  const runId = choice.thisRunOnly ? (run?.id ?? null) : null;
  const feed = useMemo(
    () => openList(of, { slot: slotId, run: runId, msgtypes: choice.msgtypes, text, publisher, until }),
    [of, slotId, runId, choice.msgtypes, text, publisher, until],
  );
  // The list that was scrolled down: another one begins at its top.
  const [scrolledDown, setScrolledDown] = useState(() => (keptTop(of, feed) < rowHeight ? null : feed));
  const [drawing, setDrawing] = useState(0);
  const shown = useSyncExternalStore(feed.subscribe, feed.shown);
  const { rows, fault, mark } = shown;
  const [types, setTypes] = useState<readonly MessageType[]>([]);
  if (shown.types !== null && shown.types !== types) setTypes(shown.types);
  const change = (part: Partial<MessageChoice>): void => setChoice((before) => ({ ...before, ...part }));
  const received = useReceived(slot);
  const publishers = usePublishers(slot);
  const follows = choice.live && scrolledDown !== feed;
  useEffect(() => {
    if (mark === null || (follows && mark !== received)) feed.refresh(received);
  }, [feed, follows, mark, received]);
  const missed = follows || mark === null ? 0 : Math.max(0, received - mark);
  const showNewest = (): void => {
    keepTop(of, feed, 0);
    setScrolledDown(null);
    // The list that is drawn anew stands at its top.
    setDrawing(drawing + 1);
    feed.refresh(received);
  };
  const loadOlder = useCallback(() => feed.loadOlder(), [feed]);
  const shownColumns = useMemo(() => columnsFor(slot, rows), [slot, rows]);
  const isFiltered =
    text !== '' || publisher !== '' || until !== null || choice.msgtypes.length > 0 || runId !== null;

  return (
    <ListPane>
      <MessageTools
        choice={choice}
        onChange={change}
        types={types}
        publishers={publishers}
        hasRun={run !== null}
        missed={missed}
        follows={follows}
        onGoLive={() => {
          change({ live: true });
          showNewest();
        }}
      />
      {fault === null ? null : (
        <Banner
          tone="error"
          live="alert"
          actions={<Button onClick={() => feed.refresh(received)}>Try again</Button>}
        >
          Messages could not be read. {fault}
        </Banner>
      )}
      {missed === 0 ? null : (
        <Banner tone="info" actions={<Button onClick={showNewest}>Show newest</Button>}>
          {countOf(missed, 'message')} received since this list was read.
        </Banner>
      )}
      {isFiltered ? <SearchStatus shown={shown} feed={feed} /> : null}
      {rows.length === 0 ? (
        <Nothing
          loading={shown.types === null || shown.older === 'searching'}
          isFiltered={isFiltered}
          isWhole={shown.older === 'all'}
          slot={slot}
        />
      ) : (
        <VirtualGrid
          key={drawing}
          label="Messages"
          columns={shownColumns}
          rows={rows}
          keyOf={(row) => row.position}
          rowHeight={rowHeight}
          selected={selected?.position ?? null}
          onSelect={setSelected}
          onNearEnd={loadOlder}
          initialTop={keptTop(of, feed)}
          onScrolled={(top) => {
            keepTop(of, feed, top);
            setScrolledDown(top < rowHeight ? null : feed);
          }}
          footer={olderText[shown.older]}
        />
      )}
      {selected === null ? null : <MessageDetail row={selected} onClose={() => setSelected(null)} />}
    </ListPane>
  );
}

const olderText: Record<ShownMessages['older'], string> = {
  more: 'Older messages are being read …',
  searching: 'Searching older messages …',
  stopped: 'The search was stopped here.',
  all: 'No older messages.',
  full: `Only ${countOf(mostMessages, 'message')} are listed. Narrow the filter, or choose a time, to reach older ones.`,
};

/** How far a search through older messages has come, and how to stop it. */
function SearchStatus({
  shown: { older, reachedAt },
  feed,
}: {
  readonly shown: ShownMessages;
  readonly feed: MessageFeed;
}): ReactElement | null {
  if (older !== 'searching' && older !== 'stopped') return null;
  const reached = reachedAt === null ? '' : ` Searched back to ${formatUtcDateTime(reachedAt)} UTC.`;
  const isSearching = older === 'searching';
  return (
    <div className={classes.search}>
      <output aria-label="Search">
        {isSearching ? 'Searching older messages …' : 'The search was stopped.'}
        {reached}
      </output>
      <Button size="compact-xs" onClick={() => (isSearching ? feed.stop() : feed.resume())}>
        {isSearching ? 'Stop' : 'Search on'}
      </Button>
    </div>
  );
}

/** Publisher ids to offer: the slot's own and its aliases, or those that matched no slot. */
function usePublishers(slot: SlotConfig | null): readonly string[] {
  const unmatched = usePanel((state) => state.unmatched);
  return useMemo(() => {
    const ids =
      slot === null
        ? unmatched.map((publisher) => publisher.publisherId)
        : [String(slot.id), ...slot.aliases, `STREAMER:${slot.id}`];
    return [...new Set(ids)];
  }, [slot, unmatched]);
}

/** How many messages this view's slot has had, told at most twice a second. */
function useReceived(slot: SlotConfig | null): number {
  const received = usePanel((state) =>
    slot === null
      ? state.unmatched.reduce((sum, publisher) => sum + publisher.messages, 0)
      : (state.slots[slot.id]?.messages ?? 0),
  );
  return useThrottledValue(received, refreshPeriod);
}

interface NothingProps {
  readonly loading: boolean;
  readonly isFiltered: boolean;
  /** Whether all messages were looked at. */
  readonly isWhole: boolean;
  readonly slot: SlotConfig | null;
}

function Nothing({ loading, isFiltered, isWhole, slot }: NothingProps): ReactElement {
  if (loading) return <div className={classes.nothing} aria-busy="true" />;
  return (
    <div className={classes.nothing}>
      {isFiltered ? (
        <EmptyState title={isWhole ? 'No message fits' : 'No message found so far'}>
          Take a word, a time or a type out of the filter above.
        </EmptyState>
      ) : slot === null ? (
        <EmptyState title="Every message matched a slot">
          Messages whose publisher id belongs to no slot show here. There are none.
        </EmptyState>
      ) : (
        <EmptyState title="No messages yet">
          What scripts on {slot.id} publish shows here as it comes. Start one on the Run tab.
        </EmptyState>
      )}
    </div>
  );
}
