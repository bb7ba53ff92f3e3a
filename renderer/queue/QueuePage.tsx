import { Button, Select } from '@mantine/core';
import { CirclePause, Pause, Play } from 'lucide-react';
import { useMemo, useState, type ReactElement, type ReactNode } from 'react';
import { afterFailureSchema, isFinal, type QueueStatus } from '../../shared/domain/queue';
import { slotIdSchema, type SlotId } from '../../shared/domain/ids';
import type { QueueView, ShownEntry } from '../../shared/ipc/calls/queue-calls';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { countOf } from '../components/time-text';
import { UtcMoment } from '../components/UtcMoment';
import { RunOnSlotsButton } from '../many-slots/RunOnSlotsButton';
import { usePanel } from '../stores/panel-store';
import { EditArguments } from './EditArguments';
import { EntryList } from './EntryList';
import { GroupRows } from './GroupRows';
import { changeQueue } from './queue-actions';
import { refreshQueue, useQueue } from './queue-store';
import { queueLine } from './queue-text';
import classes from './QueuePage.module.css';

/** The queue: what runs, what waits and in which order, and what has ended. */
export function QueuePage(): ReactElement {
  const { view, groups, totalGroups, fault } = useQueue();
  const status = usePanel((state) => state.queue);
  const [slot, setSlot] = useState<SlotId | null>(null);
  // Here, not in its row, which goes when the entry starts.
  const [edited, setEdited] = useState<ShownEntry | null>(null);
  return (
    <div className={classes.page}>
      <QueueTools status={status} view={view} slot={slot} onSlot={setSlot} />
      <Pauses status={status} slot={slot} />
      <Faults reading={fault} queue={view?.fault ?? null} />
      <div className={classes.sections}>
        {view === null || (view.fault !== null && view.entries.length === 0) ? null : (
          <Sections view={view} slot={slot} onEdit={setEdited} />
        )}
        {groups.length === 0 ? null : (
          <Section title="Groups" hint="one script on several slots, newest first" count={totalGroups}>
            <GroupRows groups={groups} total={totalGroups} />
          </Section>
        )}
      </div>
      {edited === null ? null : (
        <EditArguments entry={edited} isPending={mayWait(view, edited)} onClose={() => setEdited(null)} />
      )}
    </div>
  );
}

/** Whether an entry still waits; where the queue cannot be read, main will say. */
function mayWait(view: QueueView | null, { id }: ShownEntry): boolean {
  if (view === null || view.fault !== null) return true;
  return view.entries.some((entry) => entry.id === id && isPending(entry));
}

function isPending({ state }: ShownEntry): boolean {
  return state === 'waiting' || state === 'blocked';
}

interface QueueToolsProps {
  readonly status: QueueStatus;
  readonly view: QueueView | null;
  readonly slot: SlotId | null;
  readonly onSlot: (slot: SlotId | null) => void;
}

function QueueTools({ status, view, slot, onSlot }: QueueToolsProps): ReactElement {
  const inQueue = [...new Set(view?.entries.map((entry) => entry.slot))].toSorted();
  const offered = slot === null || inQueue.includes(slot) ? inQueue : [...inQueue, slot];
  return (
    <header className={classes.tools}>
      <h1 className={classes.title}>Queue</h1>
      <output className={classes.line} aria-label="Queue state">
        {status.paused === null ? null : 'paused, '}
        {queueLine(status)}
      </output>
      <Select
        aria-label="Slot"
        size="xs"
        placeholder="All slots"
        className={classes.slot ?? ''}
        data={offered}
        value={slot}
        clearable
        clearButtonProps={{ 'aria-label': 'Show all slots', tabIndex: 0 }}
        onChange={(value) => onSlot(value === null ? null : slotIdSchema.parse(value))}
      />
      {slot !== null && status.pausedSlots[slot] === undefined ? (
        <Button onClick={() => changeQueue('queue.pause', { slot })}>Pause {slot}</Button>
      ) : null}
      <div className={classes.policy}>
        <span aria-hidden="true">When one fails</span>
        <Select
          aria-label="When one fails"
          size="xs"
          allowDeselect={false}
          value={view?.afterFailure ?? 'pause-slot'}
          data={[
            { value: 'pause-slot', label: 'pause its slot' },
            { value: 'go-on', label: 'go on' },
          ]}
          onChange={(value) =>
            changeQueue('queue.setAfterFailure', { afterFailure: afterFailureSchema.parse(value) })
          }
        />
      </div>
      <RunOnSlotsButton form={null} />
      {status.paused === null ? (
        <Button
          leftSection={<Pause size={13} aria-hidden="true" />}
          onClick={() => changeQueue('queue.pause', { slot: null })}
        >
          Pause queue
        </Button>
      ) : null}
    </header>
  );
}

function ResumeButton(): ReactElement {
  return (
    <Button
      variant="filled"
      leftSection={<Play size={13} aria-hidden="true" />}
      onClick={() => changeQueue('queue.resume', { slot: null })}
    >
      Resume queue
    </Button>
  );
}

function Pauses({
  status,
  slot,
}: {
  readonly status: QueueStatus;
  readonly slot: SlotId | null;
}): ReactElement {
  const pausedSlots = Object.entries(status.pausedSlots).filter(([id]) => slot === null || id === slot);
  return (
    <>
      {status.paused === null ? null : (
        <output className={classes.paused}>
          <CirclePause size={22} aria-hidden="true" />
          <span>
            <strong>The queue is paused: nothing starts.</strong> {status.paused.reason} Since{' '}
            <UtcMoment at={status.paused.since} /> UTC.
          </span>
          <ResumeButton />
        </output>
      )}
      {pausedSlots.map(([id, pause]) => (
        <Banner
          key={id}
          tone="warning"
          live="status"
          actions={
            <Button onClick={() => changeQueue('queue.resume', { slot: slotIdSchema.parse(id) })}>
              Resume {id}
            </Button>
          }
        >
          {id} is paused: nothing starts there. {pause.reason}
        </Banner>
      ))}
    </>
  );
}

function Faults({
  reading,
  queue,
}: {
  readonly reading: string | null;
  readonly queue: string | null;
}): ReactElement | null {
  const fault = queue ?? reading;
  if (fault === null) return null;
  return (
    <Banner tone="error" live="alert" actions={<Button onClick={refreshQueue}>Try again</Button>}>
      {fault}
    </Banner>
  );
}

interface SectionsProps {
  readonly view: QueueView;
  readonly slot: SlotId | null;
  readonly onEdit: (entry: ShownEntry) => void;
}

function Sections({ view, slot, onEdit }: SectionsProps): ReactElement {
  const { entries, running, waiting, finished } = useMemo(() => {
    const ofSlot = view.entries.filter((entry) => slot === null || entry.slot === slot);
    return {
      entries: ofSlot,
      running: ofSlot.filter((entry) => entry.state === 'running'),
      waiting: ofSlot.filter(isPending),
      finished: ofSlot.filter(isFinal).toReversed(),
    };
  }, [view.entries, slot]);
  if (entries.length === 0) {
    return (
      <EmptyState title={slot === null ? 'Nothing is in the queue' : `Nothing of ${slot} is in the queue`}>
        Fill in the Run tab of a slot and press Add to queue: the script starts when the slot is free. To run
        one script on several slots, use the button Run on slots… above.
      </EmptyState>
    );
  }
  return (
    <>
      <Section title="Running" count={running.length}>
        {running.length === 0 ? (
          <p className={classes.none}>Nothing runs.</p>
        ) : (
          <EntryList entries={running} isPending={false} onEdit={onEdit} />
        )}
      </Section>
      <Section title="Waiting" hint="in the order in which they start" count={waiting.length}>
        {waiting.length === 0 ? (
          <p className={classes.none}>Nothing waits.</p>
        ) : (
          <EntryList entries={waiting} isPending onEdit={onEdit} />
        )}
      </Section>
      {finished.length === 0 ? null : (
        <Section
          title="Finished"
          hint="newest first"
          count={finished.length}
          action={
            <Button size="compact-xs" onClick={() => changeQueue('queue.clearFinished', {})}>
              Clear finished
            </Button>
          }
        >
          <EntryList entries={finished} isPending={false} onEdit={onEdit} />
        </Section>
      )}
    </>
  );
}

interface SectionProps {
  readonly title: string;
  readonly hint?: string;
  readonly count: number;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Section({ title, hint, count, action, children }: SectionProps): ReactElement {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.heading}>
        <h2>{title}</h2>
        <span>{hint}</span>
        {action}
        <span className={classes.count}>{title === 'Groups' ? countOf(count, 'group') : count}</span>
      </div>
      {children}
    </section>
  );
}
