import { CircleAlert, Clock } from 'lucide-react';
import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { MemberObstacle } from '../../shared/ipc/calls/group-calls';
import classes from './MemberList.module.css';
import { commandOn } from './many-slots-form';
import type { MemberChecks } from './use-member-check';

interface MemberListProps {
  readonly slots: readonly SlotConfig[];
  readonly script: string;
  readonly args: readonly string[];
  readonly checks: MemberChecks;
  readonly isNumbered: boolean;
}

/** What will be run on each slot, in order, and what stands against it. */
export function MemberList({ slots, script, args, checks, isNumbered }: MemberListProps): ReactElement {
  return (
    <ol className={classes.members} aria-label="Command lines">
      {slots.map((slot, index) => {
        const check = checks.members.get(slot.id);
        return (
          <li key={slot.id} className={classes.member}>
            <span className={classes.order}>{isNumbered ? `${index + 1}.` : ''}</span>
            <span className={classes.slot}>{slot.id}</span>
            <span className={classes.what}>
              <code className={classes.command}>{commandOn(slot, check?.script ?? script.trim(), args)}</code>
              {check?.obstacle ? <Obstacle obstacle={check.obstacle} /> : null}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Obstacle({ obstacle }: { readonly obstacle: MemberObstacle }): ReactElement {
  const isFault = obstacle.kind === 'fault';
  const Icon = isFault ? CircleAlert : Clock;
  return (
    <span className={isFault ? classes.fault : classes.busy}>
      <Icon size={13} aria-hidden="true" />
      {obstacle.message}
    </span>
  );
}
