import { Button } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { GroupId, GroupSummary } from '../../shared/domain/queue';
import { scriptName } from '../../shared/domain/run';
import { useNowText } from '../components/clock';
import { StateGlyph } from '../components/StateGlyph';
import { formatUtcDateTime } from '../components/time-text';
import { joinCommandLine } from '../run/command-line';
import { GroupDialog } from './GroupDialog';
import { groupCounts, groupDuration, groupGlyph, groupPlan } from './queue-text';
import { loadOlderGroups } from './queue-store';
import classes from './GroupRows.module.css';

/** Groups, newest first, each to be opened for its summary. */
export function GroupRows({
  groups,
  total,
}: {
  readonly groups: readonly GroupSummary[];
  readonly total: number;
}): ReactElement {
  const [opened, setOpened] = useState<GroupId | null>(null);
  return (
    <>
      <ul className={classes.rows}>
        {groups.map((summary) => (
          <GroupRow key={summary.group.id} summary={summary} onOpen={() => setOpened(summary.group.id)} />
        ))}
      </ul>
      {groups.length < total ? (
        <div className={classes.more}>
          <Button onClick={loadOlderGroups}>Show older groups</Button>
        </div>
      ) : null}
      {opened === null ? null : <GroupDialog group={opened} onClose={() => setOpened(null)} />}
    </>
  );
}

function GroupRow({
  summary,
  onOpen,
}: {
  readonly summary: GroupSummary;
  readonly onOpen: () => void;
}): ReactElement {
  const { group } = summary;
  const duration = useNowText((now) => groupDuration(summary, now));
  const command = joinCommandLine([scriptName(group.script), ...group.args]);
  return (
    <li className={classes.row}>
      <StateGlyph state={groupGlyph(summary)} />
      <span className={classes.what}>
        <code className={classes.command} title={command}>
          {command}
        </code>
        <span className={classes.plan}>{groupPlan(summary)}</span>
      </span>
      <span className={classes.counts}>
        {groupCounts(summary)}
        <GroupBar summary={summary} />
      </span>
      <span className={classes.times}>
        <time className={classes.duration}>{duration}</time>
        <span className={classes.plan}>{formatUtcDateTime(group.addedAt)}</span>
      </span>
      <Button onClick={onOpen} aria-label={`Summary of ${command}`}>
        Summary
      </Button>
    </li>
  );
}

/** How much of the group is over, and how. The counts beside it say the same in words. */
function GroupBar({ summary }: { readonly summary: GroupSummary }): ReactElement {
  const share = (count: number): string => `${(100 * count) / Math.max(1, summary.total)}%`;
  return (
    <svg className={classes.bar} aria-hidden="true" focusable="false">
      <rect className={classes.rest} width="100%" height="100%" />
      <rect className={classes.good} width={share(summary.succeeded)} height="100%" />
      <rect
        className={classes.bad}
        x={share(summary.succeeded)}
        width={share(summary.failed)}
        height="100%"
      />
      <rect
        className={classes.active}
        x={share(summary.succeeded + summary.failed)}
        width={share(summary.running)}
        height="100%"
      />
    </svg>
  );
}
