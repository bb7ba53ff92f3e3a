import { BellRing, ListOrdered } from 'lucide-react';
import { memo, useId, type ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { AlarmStatus } from '../../shared/domain/alarm';
import type { SlotId } from '../../shared/domain/ids';
import { useNowText } from '../components/clock';
import { StateGlyph } from '../components/StateGlyph';
import { countOf, formatCount } from '../components/time-text';
import { lostConnection } from '../slot/connection-text';
import { outcomeWords, railTime, slotGlyph, slotStateWord } from '../slot/slot-text';
import { usePanel, useSlotStatus } from '../stores/panel-store';
import { openSlot } from '../stores/view-store';
import { isDoubtful, matches, tileAge, tileScript, type OverviewFilter } from './overview-text';
import classes from './OverviewTile.module.css';
import { moveAmongTiles } from './tile-keys';

interface OverviewTileProps {
  readonly slot: SlotId;
  /** As the tile shows it, under its crate's name. */
  readonly name: string;
  readonly filter: OverviewFilter | null;
  /** Whether Tab reaches it; the arrow keys reach all. */
  readonly isReachable: boolean;
  readonly onFocus: (slot: SlotId) => void;
  readonly lines: 2 | 3;
}

/**
 * One slot as a wall display shows it: state by text, shape and colour, script, elapsed time, how fresh it is, losses.
 * One that the filter leaves out keeps its place, empty, so that nothing jumps.
 */
export const OverviewTile = memo(function OverviewTile(props: OverviewTileProps): ReactElement {
  const { slot, name, filter, isReachable, onFocus, lines } = props;
  const status = useSlotStatus(slot);
  const shown = useNowText((now) => (filter === null || matches(filter, status, now) ? 'shown' : '')) !== '';
  const time = useNowText((now) => railTime(status, now));
  const age = useNowText((now) => tileAge(status, now));
  const doubtful = useNowText((now) => (isDoubtful(status, now) ? 'doubtful' : '')) !== '';
  const alarms = usePanel((state) => unseenAlarms(state.alarms, slot));
  const waiting = usePanel((state) => state.queue.waiting[slot] ?? 0);
  const details = useId();
  const word = slotStateWord(status);
  const cut = lostConnection(status?.run ?? null) !== null;
  const lost = status?.lost ?? 0;
  const script = tileScript(status);
  const marks = (
    <span className={classes.marks}>
      {alarms > 0 ? (
        <span className={classes.alarm} title={countOf(alarms, 'alarm')}>
          <BellRing aria-hidden="true" />
          {formatCount(alarms)}
          <span className={classes.spoken}> {alarms === 1 ? 'alarm' : 'alarms'}</span>
        </span>
      ) : null}
      {waiting > 0 ? (
        <span title={`${countOf(waiting, 'entry', 'entries')} in the queue`}>
          <ListOrdered aria-hidden="true" />
          {formatCount(waiting)}
          <span className={classes.spoken}> queued</span>
        </span>
      ) : null}
      {lost > 0 ? (
        <span className={classes.warn} title={`${countOf(lost, 'message')} lost since the panel started`}>
          {formatCount(lost)} lost
        </span>
      ) : null}
      {age === '' ? null : (
        <span
          className={doubtful ? classes.warn : lines === 2 ? classes.spoken : ''}
          title="Age of the last message"
        >
          <span className={lines === 3 ? '' : classes.spoken}>last message </span>
          {age}
        </span>
      )}
    </span>
  );
  return (
    <div
      data-tile-box
      className={`${classes.tile} ${shown ? classes[toneOf(word)] : classes.away} ${doubtful ? classes.doubtful : ''}`}
      title={slot}
    >
      <span className={classes.head}>
        <StateGlyph state={slotGlyph(status)} />
        {/* Its name is the slot's and nothing more; the rest of the tile describes it and is clicked through. */}
        <button
          type="button"
          data-tile
          className={classes.name}
          aria-describedby={details}
          disabled={!shown}
          tabIndex={isReachable ? 0 : -1}
          onFocus={() => onFocus(slot)}
          onClick={() => openSlot(slot)}
          onKeyDown={moveAmongTiles}
        >
          {/* Read with the rest, as one name; its place is over the tiles of its crate. */}
          <span className={classes.prefix}>{slot.slice(0, slot.length - name.length)}</span>
          {name}
        </button>
        <span className={classes.time}>{time}</span>
      </span>
      <span id={details} className={classes.rest}>
        <span className={classes.line}>
          <span className={classes.word}>{cut ? 'cut off' : word}</span>
          <span className={classes.script}>{script}</span>
          {lines === 2 ? marks : null}
        </span>
        {lines === 3 ? (
          <span className={classes.line}>
            {word === 'failed' ? (
              <span className={classes.script}>{outcomeWords(status?.run?.outcome ?? null)}</span>
            ) : null}
            {marks}
          </span>
        ) : null}
      </span>
    </div>
  );
});

function toneOf(word: ReturnType<typeof slotStateWord>): 'active' | 'good' | 'warned' | 'bad' | 'quiet' {
  switch (word) {
    case 'starting':
    case 'running':
    case 'settling':
      return 'active';
    case 'succeeded':
      return 'good';
    case 'stopping':
    case 'lost':
      return 'warned';
    case 'failed':
      return 'bad';
    case 'aborted':
    case 'idle':
    case 'unmatched':
      return 'quiet';
    default:
      return assertNever(word);
  }
}

/** Alarms of a slot that nobody has acknowledged. */
function unseenAlarms({ shown }: AlarmStatus, slot: SlotId): number {
  return shown.filter(({ rule, phase }) => rule.watched.slot === slot && phase !== 'acknowledged').length;
}
