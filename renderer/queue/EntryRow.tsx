import { ActionIcon, Button } from '@mantine/core';
import {
  ArrowDown,
  ArrowUp,
  ArrowUpToLine,
  Pencil,
  SkipForward,
  Trash2,
  type LucideIcon,
} from 'lucide-react';
import { useState, type DragEvent, type ReactElement } from 'react';
import type { QueueEntryId } from '../../shared/domain/queue';
import { describeOutcome } from '../../shared/domain/run';
import type { ShownEntry } from '../../shared/ipc/calls/queue-calls';
import { useNowText } from '../components/clock';
import { formatElapsed } from '../components/time-text';
import { AbortDialog } from '../slot/AbortDialog';
import { useSlotStatus } from '../stores/panel-store';
import { openSlot } from '../stores/view-store';
import { EntryState } from './EntryState';
import { changeQueue } from './queue-actions';
import { entryCommand, entryDuration, entryName } from './queue-text';
import classes from './QueueRows.module.css';

interface EntryRowProps {
  readonly entry: ShownEntry;
  /** Its place among those that wait, from 1; null for one that does not. */
  readonly place: number | null;
  /** The entries among which it can be moved, in their order; null where it cannot be moved. */
  readonly siblings: readonly QueueEntryId[] | null;
  /** Called when its arguments are to be edited. */
  readonly onEdit: (entry: ShownEntry) => void;
  /** How long it usually takes, milliseconds; null where that is not known. */
  readonly usual: number | null;
}

/** The kind of what is dragged, so that nothing else is taken for an entry. */
const dragType = 'application/x-smurf-queue-entry';

/** An entry of the queue: what, where, how it stands, and what can be done with it. */
export function EntryRow({ entry, place, siblings, usual, onEdit }: EntryRowProps): ReactElement {
  const [isOver, setIsOver] = useState(false);
  const time = useNowText((now) => entryDuration(entry, now));
  const takesDrop = (event: DragEvent): boolean => event.dataTransfer.types.includes(dragType);
  const dragging =
    siblings === null
      ? {}
      : {
          draggable: true,
          onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragType, entry.id),
          onDragOver: (event: DragEvent) => {
            if (!takesDrop(event)) return;
            event.preventDefault();
            setIsOver(true);
          },
          onDragLeave: () => setIsOver(false),
          onDrop: (event: DragEvent) => {
            event.preventDefault();
            setIsOver(false);
            const dropped = siblings.find((id) => id === event.dataTransfer.getData(dragType));
            if (dropped !== undefined && dropped !== entry.id) {
              changeQueue('queue.move', { entry: dropped, before: entry.id });
            }
          },
        };
  return (
    <li
      className={`${classes.row} ${isOver ? classes.over : ''}`}
      aria-label={entryName(entry)}
      {...dragging}
    >
      <span className={classes.place}>{place}</span>
      <EntryState entry={entry} />
      <button type="button" className={classes.slot} title={entry.slot} onClick={() => openSlot(entry.slot)}>
        {entry.slot}
      </button>
      <code className={classes.command} title={entryCommand(entry)}>
        {entryCommand(entry)}
      </code>
      <span className={classes.note} title={noteOf(entry)}>
        {noteOf(entry)}
      </span>
      <span className={classes.time}>
        {time}
        {usual === null ? null : <span className={classes.usual}>usually {formatElapsed(usual)}</span>}
      </span>
      <span className={classes.actions}>
        {siblings !== null ? <PendingActions entry={entry} siblings={siblings} onEdit={onEdit} /> : null}
        {entry.state === 'running' ? <AbortEntry entry={entry} /> : null}
      </span>
    </li>
  );
}

function noteOf(entry: ShownEntry): string {
  if (entry.outcome !== null) return describeOutcome(entry.outcome);
  return [entry.note, entry.waitsFor].filter((text) => text !== null).join(' ');
}

function PendingActions({
  entry,
  siblings,
  onEdit,
}: {
  readonly entry: ShownEntry;
  readonly siblings: readonly QueueEntryId[];
  readonly onEdit: (entry: ShownEntry) => void;
}): ReactElement {
  const at = siblings.indexOf(entry.id);
  const first = siblings[0] ?? null;
  const isFirst = at === 0;
  const move = (before: QueueEntryId | null): void => changeQueue('queue.move', { entry: entry.id, before });
  return (
    <>
      <Action label="Run next" Icon={ArrowUpToLine} disabled={isFirst} onClick={() => move(first)} />
      <Action
        label="Move up"
        Icon={ArrowUp}
        disabled={isFirst}
        onClick={() => move(siblings[at - 1] ?? null)}
      />
      <Action
        label="Move down"
        Icon={ArrowDown}
        disabled={at === siblings.length - 1}
        onClick={() => move(siblings[at + 2] ?? null)}
      />
      <Action label="Edit arguments" Icon={Pencil} onClick={() => onEdit(entry)} />
      <Action
        label="Skip"
        Icon={SkipForward}
        onClick={() => changeQueue('queue.skip', { entry: entry.id })}
      />
      <Action label="Remove" Icon={Trash2} onClick={() => changeQueue('queue.remove', { entry: entry.id })} />
    </>
  );
}

interface ActionProps {
  readonly label: string;
  readonly Icon: LucideIcon;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

function Action({ label, Icon, disabled = false, onClick }: ActionProps): ReactElement {
  // Not the attribute `disabled`: a button that moved its row to the top would lose the focus.
  return (
    <ActionIcon
      aria-label={label}
      title={label}
      {...(disabled ? { 'data-disabled': true } : {})}
      aria-disabled={disabled}
      onClick={() => {
        if (!disabled) onClick();
      }}
    >
      <Icon size={15} aria-hidden="true" />
    </ActionIcon>
  );
}

function AbortEntry({ entry }: { readonly entry: ShownEntry }): ReactElement | null {
  const [asked, setAsked] = useState(false);
  const run = useSlotStatus(entry.slot)?.run ?? null;
  if (run === null || run.id !== entry.run) return null;
  const abortable = run.phase === 'starting' || run.phase === 'running';
  return (
    <>
      <Button disabled={!abortable} onClick={() => setAsked(true)}>
        Abort
      </Button>
      <AbortDialog run={run} opened={asked && abortable} onClose={() => setAsked(false)} />
    </>
  );
}
