import { Button, Modal } from '@mantine/core';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { isFinal, type GroupId, type GroupSummary, type QueueEntry } from '../../shared/domain/queue';
import { describeOutcome, scriptName } from '../../shared/domain/run';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { useNowText } from '../components/clock';
import { DialogButtons } from '../components/DialogButtons';
import { formatUtcDateTime } from '../components/time-text';
import { useGiveFocusBack } from '../components/use-give-focus-back';
import { joinCommandLine } from '../run/command-line';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { openSlot } from '../stores/view-store';
import { EntryState } from './EntryState';
import { GroupAbort } from './GroupAbort';
import { entryDuration, exitText, groupCounts, groupDuration, groupPlan } from './queue-text';
import classes from './QueueDialogs.module.css';
import rows from './QueueRows.module.css';

interface Read {
  readonly summary: GroupSummary;
  readonly members: readonly QueueEntry[];
}

/** One group: how each of its slots fared, and the whole. */
export function GroupDialog({
  group,
  onClose,
}: {
  readonly group: GroupId;
  readonly onClose: () => void;
}): ReactElement {
  useGiveFocusBack();
  const revision = usePanel((state) => state.queue.revision);
  // Read anew whenever anything of the queue has changed.
  const asked = useMemo(() => ({ group, revision }), [group, revision]);
  const [read, setRead] = useState<Read | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const reply = await call('group.read', { group: asked.group });
      if (!isCurrent) return;
      if (reply.ok) setRead(reply.value);
      setFault(reply.ok ? null : reply.error.message);
    };
    ask().catch(reportUnexpected('Reading the group'));
    return () => {
      isCurrent = false;
    };
  }, [asked]);
  const title =
    read === null
      ? 'Group'
      : joinCommandLine([scriptName(read.summary.group.script), ...read.summary.group.args]);
  return (
    <Modal opened onClose={onClose} title={title} size="xl" closeButtonProps={{ 'aria-label': 'Close' }}>
      {fault === null ? null : (
        <Banner tone="error" live="alert">
          {fault}
        </Banner>
      )}
      {read === null ? null : <GroupSummaryView {...read} onClose={onClose} />}
    </Modal>
  );
}

function GroupSummaryView({
  summary,
  members,
  onClose,
}: Read & { readonly onClose: () => void }): ReactElement {
  const duration = useNowText((now) => groupDuration(summary, now));
  const isOver = members.every(isFinal);
  return (
    <>
      <p className={classes.plan}>
        {groupPlan(summary)}. Asked for {formatUtcDateTime(summary.group.addedAt)} UTC.
      </p>
      {summary.group.stopped === null ? null : <p className={classes.stopped}>{summary.group.stopped}</p>}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label="Slots of the group">
        <table className={classes.members}>
          <thead>
            <tr>
              <th scope="col">Slot</th>
              <th scope="col">State</th>
              <th scope="col" className={classes.number}>
                Duration
              </th>
              <th scope="col" className={classes.number}>
                Exit
              </th>
              <th scope="col">What happened</th>
            </tr>
          </thead>
          <tbody>
            {members.map((member) => (
              <MemberRow key={member.id} member={member} onClose={onClose} />
            ))}
          </tbody>
        </table>
      </section>
      <p className={classes.total}>
        <span>{groupCounts(summary)}</span>
        <span>
          Total <time>{duration === '' ? '–' : duration}</time>
        </span>
      </p>
      <DialogButtons>
        {isOver ? null : <GroupAbort summary={summary} members={members} />}
        <Button data-autofocus onClick={onClose}>
          Close
        </Button>
      </DialogButtons>
    </>
  );
}

function MemberRow({
  member,
  onClose,
}: {
  readonly member: QueueEntry;
  readonly onClose: () => void;
}): ReactElement {
  const duration = useNowText((now) => entryDuration(member, now));
  return (
    <tr>
      <td>
        <button
          type="button"
          className={rows.slot}
          onClick={() => {
            onClose();
            openSlot(member.slot);
          }}
        >
          {member.slot}
        </button>
      </td>
      <td>
        <EntryState entry={member} />
      </td>
      <td className={classes.number}>{duration === '' ? '–' : duration}</td>
      <td className={classes.number}>{exitText(member)}</td>
      <td className={classes.note}>
        {member.outcome === null ? member.note : describeOutcome(member.outcome)}
      </td>
    </tr>
  );
}
