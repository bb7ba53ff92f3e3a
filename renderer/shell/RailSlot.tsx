import { memo, useEffect, useId, useRef, type ReactElement } from 'react';
import type { SlotId } from '../../shared/domain/ids';
import { isActive } from '../../shared/domain/run';
import { SlotAlarms } from '../alarms/SlotAlarms';
import { useNowText } from '../components/clock';
import { StateGlyph } from '../components/StateGlyph';
import { formatCount } from '../components/time-text';
import { lostConnection } from '../slot/connection-text';
import { isStale, railLine, railTime, slotGlyph } from '../slot/slot-text';
import { useSlotStatus } from '../stores/panel-store';
import { openSlot } from '../stores/view-store';
import { moveFocus } from './rail-keys';
import { bringIntoSight } from './bring-into-sight';
import classes from './RailSlot.module.css';

interface RailSlotProps {
  readonly slot: SlotId;
  /** Whether its page is the one shown. */
  readonly current: boolean;
  /** Whether Tab reaches it; the arrow keys reach all. */
  readonly reachable: boolean;
}

/** A slot in the rail: its state, what it does, since when, and what was lost. */
export const RailSlot = memo(function RailSlot({ slot, current, reachable }: RailSlotProps): ReactElement {
  const status = useSlotStatus(slot);
  const stopping = status?.run?.phase === 'stopping';
  const line = useNowText((now) => railLine(status, now), stopping);
  const time = useNowText((now) => railTime(status, now));
  const stale = useNowText((now) => (status !== null && isStale(status, now) ? 'stale' : '')) !== '';
  const cut = lostConnection(status?.run ?? null) !== null;
  const details = useId();
  const row = useRef<HTMLDivElement>(null);
  // Only when another slot is opened: what arrives must not take the list from where the operator scrolled it.
  useEffect(() => {
    const list = row.current?.closest('nav');
    if (current && row.current && list) bringIntoSight(list, row.current);
  }, [current]);
  const active = status?.run ? isActive(status.run) : false;
  const lost = status?.lost ?? 0;
  return (
    <div ref={row} className={`${classes.slot} ${current ? classes.current : ''}`}>
      <StateGlyph state={slotGlyph(status)} />
      {/* Its name is the slot's and nothing more; the rest of the row describes it and is clicked through. */}
      <button
        type="button"
        data-rail-slot
        className={classes.name}
        title={`${slot}: ${line}`}
        aria-current={current ? 'page' : undefined}
        aria-describedby={details}
        tabIndex={reachable ? 0 : -1}
        onClick={() => openSlot(slot)}
        onKeyDown={moveFocus}
      >
        {slot}
      </button>
      <span
        className={`${classes.time} ${cut ? classes.stale : active ? classes.active : ''}`}
        title={cut ? 'Since the connection was lost' : ''}
      >
        {time}
      </span>
      <span id={details} className={classes.details}>
        <span className={`${classes.line} ${stale || cut ? classes.stale : ''}`}>{line}</span>
        <SlotAlarms slot={slot} />
        {lost > 0 ? <span className={classes.lost}>{formatCount(lost)} lost</span> : null}
      </span>
    </div>
  );
});
