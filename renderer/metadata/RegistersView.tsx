import { ActionIcon, Button, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Pin as PinIcon, PinOff } from 'lucide-react';
import { useMemo, useState, useSyncExternalStore, type ReactElement } from 'react';
import { z } from 'zod';
import type { SlotConfig } from '../../shared/config/crates';
import type { SlotId } from '../../shared/domain/ids';
import type { RegisterFaults, RegisterRow } from '../../shared/domain/register';
import { Banner } from '../components/Banner';
import { useNowText } from '../components/clock';
import { EmptyState } from '../components/EmptyState';
import { ListCount, Space, ToolBar } from '../components/ListPane';
import { countOf, formatAge, formatCount, formatUtcDateTime } from '../components/time-text';
import { VirtualGrid, type GridColumn } from '../components/VirtualGrid';
import { flashTime } from '../session/change-age';
import classes from './MetadataView.module.css';
import { pinOf, pinValue, unpinValue, usePinStore } from './pin-store';
import { RegisterDetail } from './RegisterDetail';
import { RegisterFeed } from './register-feed';
import {
  filterWords,
  orderPaths,
  pathEnds,
  pathFits,
  rankingOf,
  rowsOf,
  type Ranking,
  type RegisterOrder,
} from './register-list';

const rowHeight = 24;
const orderSchema = z.enum(['path', 'newest', 'updates']);
const orders: { value: RegisterOrder; label: string }[] = [
  { value: 'path', label: 'By path' },
  { value: 'newest', label: 'Newest' },
  { value: 'updates', label: 'Most updates' },
];

/** Every register of a slot with its newest value. Rows stand still: only their values change. */
export function RegistersView({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const feed = useMemo(() => new RegisterFeed(slot.id), [slot.id]);
  const { rows, paths, faults, isComplete, fault } = useSyncExternalStore(feed.subscribe, feed.shown);
  const [typed, setTyped] = useState('');
  const [text] = useDebouncedValue(typed, 150);
  const [order, setOrder] = useState<RegisterOrder>('path');
  const [ranking, setRanking] = useState<Ranking>(null);
  const [changedSince, setChangedSince] = useState<number | null>(null);
  const [selected, setSelected] = useState<string | null>(null);

  const ordered = useMemo(() => orderPaths(paths, ranking), [paths, ranking]);
  const found = useMemo(() => {
    const words = filterWords(text);
    return words.length === 0 ? ordered : ordered.filter((path) => pathFits(path, words));
  }, [ordered, text]);
  const listed = rowsOf(found, rows, changedSince);
  // The order is that of this moment, so that no row moves while values come.
  const sort = (wanted: RegisterOrder): void => {
    setOrder(wanted);
    setRanking(rankingOf(rows, wanted));
  };
  const columns = useMemo(() => columnsFor(slot.id), [slot.id]);
  const chosen = selected === null ? undefined : rows.get(selected);
  const isFiltered = text !== '' || changedSince !== null;

  return (
    <>
      <ToolBar>
        <TextInput
          className={classes.find ?? ''}
          type="search"
          aria-label="Find registers"
          placeholder="Words in the path"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <Switch
          label="Changed only"
          title="Registers whose value has changed since this was switched on"
          checked={changedSince !== null}
          onChange={(event) => setChangedSince(event.currentTarget.checked ? Date.now() : null)}
        />
        <Space />
        <SegmentedControl
          aria-label="Order of the registers"
          data={orders}
          value={order}
          onChange={(value) => sort(orderSchema.parse(value))}
        />
        {order === 'path' ? null : (
          <Button size="compact-xs" onClick={() => sort(order)}>
            Sort again
          </Button>
        )}
        <ListCount label="Registers shown">
          {isFiltered
            ? `${formatCount(listed.length)} of ${formatCount(rows.size)}`
            : countOf(rows.size, 'register')}
        </ListCount>
      </ToolBar>
      {fault === null ? null : (
        <Banner tone="error" live="alert">
          The registers could not be read, so what is shown may be old. {fault}
        </Banner>
      )}
      <FaultsBanner faults={faults} />
      {listed.length === 0 ? (
        <Nothing
          isRead={isComplete || fault !== null}
          isFiltered={isFiltered && rows.size > 0}
          slot={slot.id}
        />
      ) : (
        <VirtualGrid
          label="Registers"
          columns={columns}
          rows={listed}
          keyOf={(row) => row.path}
          rowHeight={rowHeight}
          selected={selected}
          onSelect={(row) => setSelected(row.path)}
          onNearEnd={nothingOlder}
          footer={isComplete ? null : 'More registers are being read …'}
        />
      )}
      {chosen === undefined ? null : (
        <RegisterDetail slot={slot.id} row={chosen} onClose={() => setSelected(null)} />
      )}
    </>
  );
}

/** All rows are held: there is nothing to be asked for at the end. */
function nothingOlder(): void {
  // The grid asks because most lists have more.
}

function columnsFor(slot: SlotId): readonly GridColumn<RegisterRow>[] {
  return [
    {
      name: 'Path',
      width: 'minmax(160px, 3fr)',
      cell: (row) => <PathText path={row.path} />,
      title: (row) => row.path,
    },
    {
      name: 'Value',
      width: 'minmax(90px, 2fr)',
      cell: (row) => <ValueText row={row} />,
      title: (row) => row.preview,
    },
    {
      name: 'Type',
      width: '62px',
      cell: (row) => <span className={classes.quiet}>{row.type}</span>,
      title: (row) => row.type,
    },
    {
      name: 'Age',
      width: '42px',
      align: 'right',
      cell: (row) => <Age at={row.receivedAt} />,
      title: (row) => `Received ${formatUtcDateTime(row.receivedAt)} UTC`,
    },
    {
      name: 'Updates',
      width: '62px',
      align: 'right',
      cell: (row) => <span className={classes.number}>{formatCount(row.updates)}</span>,
    },
    { name: 'Pin', width: '26px', cell: (row) => <PinButton slot={slot} row={row} /> },
  ];
}

/** A path whose end, which tells it from its neighbours, is kept in sight and stands out. */
function PathText({ path }: { readonly path: string }): ReactElement {
  const { lead, end } = pathEnds(path);
  return (
    <span className={classes.path}>
      <span className={classes.prefix}>{lead}</span>
      <span className={classes.end}>{end}</span>
    </span>
  );
}

/** A value, marked for a moment when it has changed. */
function ValueText({ row }: { readonly row: RegisterRow }): ReactElement {
  const isNew = useNowText((now) => (now - row.changedAt < flashTime ? 'new' : '')) !== '';
  const isFresh = isNew && row.updates > 1;
  return (
    <span key={row.changedAt} className={`${classes.value} ${isFresh ? classes.flash : ''}`}>
      {row.preview}
    </span>
  );
}

function Age({ at }: { readonly at: number }): ReactElement {
  const text = useNowText((now) => formatAge(now - at));
  return <span className={classes.number}>{text}</span>;
}

function PinButton({ slot, row }: { readonly slot: SlotId; readonly row: RegisterRow }): ReactElement | null {
  const watched = { source: 'register' as const, slot, path: row.path };
  const pin = usePinStore((store) => pinOf(store.pins, watched));
  if (pin === null && !row.isNumber) return null;
  return (
    // By keyboard the same button stands in the register's details: the grid is one tab stop.
    <ActionIcon
      className={classes.pin ?? ''}
      size={20}
      tabIndex={-1}
      aria-label={pin === null ? `Pin ${row.path}` : `Unpin ${row.path}`}
      title={pin === null ? 'Pin to a chart' : 'Unpin: its chart and history go'}
      onClick={(event) => {
        event.stopPropagation();
        if (pin === null) pinValue(watched);
        else unpinValue(pin);
      }}
    >
      {pin === null ? <PinIcon size={13} aria-hidden="true" /> : <PinOff size={13} aria-hidden="true" />}
    </ActionIcon>
  );
}

function FaultsBanner({ faults }: { readonly faults: RegisterFaults | null }): ReactElement | null {
  if (faults === null || (faults.refused === 0 && faults.unreadable === 0)) return null;
  const refused =
    faults.refused === 0
      ? ''
      : `${countOf(faults.refused, 'message')} of registers beyond the ${formatCount(faults.limit)} that one slot keeps, or too large to keep, ${faults.refused === 1 ? 'is' : 'are'} not listed. `;
  const unreadable =
    faults.unreadable === 0
      ? ''
      : `${countOf(faults.unreadable, 'metadata message')} named no path and value. `;
  return (
    <Banner tone="warning">
      {refused}
      {unreadable}All are kept on the Messages tab.
    </Banner>
  );
}

interface NothingProps {
  readonly isRead: boolean;
  readonly isFiltered: boolean;
  readonly slot: SlotId;
}

function Nothing({ isRead, isFiltered, slot }: NothingProps): ReactElement {
  if (!isRead) return <div className={classes.nothing} aria-busy="true" />;
  return (
    <div className={classes.nothing}>
      {isFiltered ? (
        <EmptyState title="No register fits">
          Take a word out of the filter, or switch Changed only off.
        </EmptyState>
      ) : (
        <EmptyState title="No registers yet">
          Registers that the server of {slot} publishes as metadata show here with their newest values.
        </EmptyState>
      )}
    </div>
  );
}
