import { ListOrdered } from 'lucide-react';
import { memo, useId, useState, type ReactElement } from 'react';
import { countAll, noSlotAlarms, type SeverityCounts } from '../../shared/domain/alarm';
import type { SlotId } from '../../shared/domain/ids';
import { isActive } from '../../shared/domain/run';
import type { SlotStatus } from '../../shared/ipc/state';
import { AlarmGlyph } from '../alarms/AlarmGlyph';
import { alarmCounts } from '../alarms/alarm-text';
import { useNowText } from '../components/clock';
import { StateGlyph, toneOf } from '../components/StateGlyph';
import { countOf, formatCount } from '../components/time-text';
import { useUsual } from '../history/use-usual';
import { lostConnection } from '../slot/connection-text';
import { commandLineOf, railTime, slotGlyph, slotStateWord } from '../slot/slot-text';
import { useShallow } from 'zustand/react/shallow';
import { usePanel, useSlotStatus } from '../stores/panel-store';
import { openSlot } from '../stores/view-store';
import {
  isDoubtful,
  matches,
  tileAge,
  tileProgress,
  tileScript,
  tileShare,
  type OverviewFilter,
} from './overview-text';
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
  readonly lines: 2 | 3 | 4;
}

/**
 * One slot as a wall display shows it: state by text, shape and colour, script, elapsed time, how far it is, how fresh
 * what it says is, losses.
 * One that the filter leaves out keeps its place, empty, so that nothing jumps.
 */
export const OverviewTile = memo(function OverviewTile(props: OverviewTileProps): ReactElement {
  const { slot, name, filter, isReachable, onFocus, lines } = props;
  const status = useSlotStatus(slot);
  const shown = useNowText((now) => (filter === null || matches(filter, status, now) ? 'shown' : '')) !== '';
  const time = useNowText((now) => railTime(status, now));
  const age = useNowText((now) => tileAge(status, now));
  const doubtful = useNowText((now) => (isDoubtful(status, now) ? 'doubtful' : '')) !== '';
  const alarms = usePanel(useShallow((state) => (state.alarms.slots[slot] ?? noSlotAlarms).unacknowledged));
  const [isFocused, setFocused] = useState(false);
  const waiting = usePanel((state) => state.queue.waiting[slot] ?? 0);
  const details = useId();
  const word = slotStateWord(status);
  const cut = lostConnection(status?.run ?? null) !== null;
  const lost = status?.lost ?? 0;
  const run = status?.run ?? null;
  const active = run !== null && isActive(run) ? run : null;
  const usual = useUsual(active, active?.id ?? '')?.duration ?? null;
  const progress = useNowText((now) => tileProgress(status, usual, now), word === 'stopping');
  const script = lines === 4 && run !== null ? commandLineOf(run) : tileScript(status);
  const marks = (
    <span className={classes.marks} data-alone={lines === 4}>
      {countAll(alarms) === 0 ? null : <TileAlarms alarms={alarms} withWords={lines === 4} />}
      {waiting > 0 ? (
        <span title={`${countOf(waiting, 'entry', 'entries')} in the queue`}>
          <ListOrdered aria-hidden="true" />
          {formatCount(waiting)}
          <span className={classes.spoken}> queued</span>
        </span>
      ) : null}
      {lost > 0 ? (
        <span className={classes.caution} title={`${countOf(lost, 'message')} lost since the panel started`}>
          {formatCount(lost)} lost
        </span>
      ) : null}
      {age === '' ? null : (
        <span
          className={doubtful ? classes.caution : lines === 4 ? '' : classes.spoken}
          title="Age of the last message"
        >
          <span className={lines === 2 ? classes.spoken : ''}>last message </span>
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
          // A disabled button would lose the focus, and with it the keyboard's place.
          disabled={!shown && !isFocused}
          aria-disabled={!shown}
          tabIndex={isReachable ? 0 : -1}
          onFocus={() => {
            setFocused(true);
            onFocus(slot);
          }}
          // Where the window alone loses the focus, the button has it again with the window.
          onBlur={(event) => setFocused(event.currentTarget === document.activeElement)}
          onClick={() => {
            if (shown) openSlot(slot);
          }}
          onKeyDown={moveAmongTiles}
        >
          {/* Read with the rest, as one name; its place is over the tiles of its crate. */}
          <span className={classes.prefix}>{slot.slice(0, slot.length - name.length)}</span>
          {name}
        </button>
        <span className={classes.time}>{lines === 4 && active === null ? agoOf(time) : time}</span>
      </span>
      <span id={details} className={classes.rest}>
        <span className={classes.line}>
          <span className={classes.word}>{cut ? 'cut off' : word}</span>
          <span className={classes.script}>{script}</span>
          {lines === 2 ? marks : null}
        </span>
        {lines === 2 ? null : (
          <span className={classes.line}>
            <span className={classes.script} title={progress}>
              {progress}
            </span>
            {lines === 3 ? marks : null}
          </span>
        )}
        {lines === 4 ? <span className={classes.line}>{marks}</span> : null}
      </span>
      <TileShare status={status} usual={usual} />
    </div>
  );
});

/** How much is done, along the lower edge, so that it is seen from afar and moves nothing. */
function TileShare({
  status,
  usual,
}: {
  readonly status: SlotStatus | null;
  readonly usual: number | null;
}): ReactElement | null {
  const share = useNowText((now) => tileShare(status, usual, now)?.toString() ?? '');
  if (share === '') return null;
  const isGuess = status?.bar === null;
  return (
    <progress
      className={`${classes.share} ${isGuess ? classes.guess : ''}`}
      aria-label={isGuess ? 'Usual time' : 'Progress'}
      max={100}
      value={Number(share)}
    />
  );
}

interface TileAlarmsProps {
  readonly alarms: SeverityCounts;
  readonly withWords: boolean;
}

/**
 * The alarms and warnings of a slot that nobody has acknowledged, in the words of the rail; where there is little room
 * their number alone is seen.
 */
function TileAlarms({ alarms, withWords }: TileAlarmsProps): ReactElement {
  const words = alarmCounts(alarms);
  const severity = alarms.alarm > 0 ? 'alarm' : 'warning';
  return (
    <span className={severity === 'alarm' ? classes.alarm : classes.caution} title={words}>
      <AlarmGlyph severity={severity} phase="active" />
      {withWords ? null : <span aria-hidden="true">{formatCount(countAll(alarms))}</span>}
      <span className={withWords ? '' : classes.spoken}>{words}</span>
    </span>
  );
}

/** An age in the words of a sentence, where there is room for them; `now` and nothing as they are. */
function agoOf(age: string): string {
  return age === '' || age === 'now' ? age : `${age} ago`;
}
