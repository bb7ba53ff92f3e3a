import { Button } from '@mantine/core';
import { useElementSize, useHotkeys, useWindowEvent } from '@mantine/hooks';
import { Maximize, Minimize } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { SlotId } from '../../shared/domain/ids';
import type { CrateConfig } from '../../shared/config/crates';
import { useNow } from '../components/clock';
import { EmptyState } from '../components/EmptyState';
import { StateGlyph } from '../components/StateGlyph';
import { formatCount, formatUtcTime } from '../components/time-text';
import { RunOnSlotsButton } from '../many-slots/RunOnSlotsButton';
import { isForDialog } from '../shell/dialog-open';
import { usePanel, usePanelStore } from '../stores/panel-store';
import { openPage } from '../stores/view-store';
import { crateGap, fitTiles, gap, headingHeight, type TileLayout } from './fit-tiles';
import { setFullScreen, useFullScreen } from './full-screen-store';
import { countSlots, filterGlyphs, overviewFilters, tileName, type OverviewFilter } from './overview-text';
import classes from './OverviewPage.module.css';
import { OverviewTile } from './OverviewTile';

/** Every slot at once, for a display on the wall. */
export function OverviewPage(): ReactElement {
  const crates = usePanel((state) => state.crates);
  const [filter, setFilter] = useState<OverviewFilter | null>(null);
  const isFull = useFullScreen((store) => store.isFull);
  const site = usePanel((state) => state.site);
  useHotkeys([['F11', () => setFullScreen(!isFull)]], [], true);
  // While it is captured, because a dialog that it closes does not keep it from the page.
  useWindowEvent('keydown', leaveByEscape, { capture: true });
  // Elsewhere in the panel nothing would lead back.
  useEffect(() => () => setFullScreen(false), []);
  return (
    <div className={`${classes.page} ${isFull ? classes.full : ''}`}>
      <header className={classes.tools}>
        <h1 className={classes.title}>Overview</h1>
        {isFull && site !== null ? <span className={classes.site}>{site}</span> : null}
        <Counts filter={filter} onFilter={setFilter} />
        <PausedNote />
        <RunOnSlotsButton form={null} />
        {isFull ? <Clock /> : null}
        <Button
          leftSection={
            isFull ? <Minimize size={14} aria-hidden="true" /> : <Maximize size={14} aria-hidden="true" />
          }
          title="F11"
          onClick={() => setFullScreen(!isFull)}
        >
          {isFull ? 'Leave full screen' : 'Full screen'}
        </Button>
      </header>
      {crates.length === 0 ? (
        <EmptyState
          title="No crate is configured"
          action={
            <Button variant="filled" onClick={() => openPage('settings')}>
              Open Settings
            </Button>
          }
        >
          Enter a crate and its slots in Settings, and every slot has its place here.
        </EmptyState>
      ) : (
        <SlotGrid crates={crates} filter={filter} />
      )}
    </div>
  );
}

function leaveByEscape(event: KeyboardEvent): void {
  if (event.key === 'Escape' && !isForDialog(event)) setFullScreen(false);
}

interface CountsProps {
  readonly filter: OverviewFilter | null;
  readonly onFilter: (filter: OverviewFilter | null) => void;
}

/** How many slots are in each state; pressing one shows only those. All are always there, so that nothing jumps. */
function Counts({ filter, onFilter }: CountsProps): ReactElement {
  const now = useNow();
  const counts = usePanelStore(
    useShallow((store) => {
      const { state } = store;
      const ids = state?.crates.flatMap((crate) => crate.slots.map((slot) => slot.id)) ?? [];
      const statuses = ids.map((slot) => state?.slots[slot] ?? null);
      return countSlots(statuses, now);
    }),
  );
  return (
    <fieldset className={classes.counts} aria-label="Show only">
      {overviewFilters.map((name) => (
        <button
          key={name}
          type="button"
          className={`${classes.count} ${counts[name] === 0 ? classes.zero : ''}`}
          aria-pressed={filter === name}
          onClick={() => onFilter(filter === name ? null : name)}
        >
          <StateGlyph state={filterGlyphs[name]} size={13} />
          {name} <span className={classes.number}>{formatCount(counts[name])}</span>
        </button>
      ))}
    </fieldset>
  );
}

function PausedNote(): ReactElement | null {
  const isPaused = usePanel((state) => state.queue.paused !== null);
  if (!isPaused) return null;
  return (
    <button type="button" className={classes.paused} onClick={() => openPage('queue')}>
      Queue paused
    </button>
  );
}

function Clock(): ReactElement {
  const now = useNow();
  return <time className={classes.clock}>{formatUtcTime(now)} UTC</time>;
}

interface SlotGridProps {
  readonly crates: readonly CrateConfig[];
  readonly filter: OverviewFilter | null;
}

function SlotGrid({ crates, filter }: SlotGridProps): ReactElement {
  const { ref, width, height } = useElementSize<HTMLDivElement>();
  const [focused, setFocused] = useState<SlotId | null>(null);
  const sizes = crates.map((crate) => crate.slots.length).join(' ');
  const layout = useMemo(() => fitTiles(width, height, sizes.split(' ').map(Number)), [width, height, sizes]);
  const ids = crates.flatMap((crate) => crate.slots.map((slot) => slot.id));
  const reachable = focused !== null && ids.includes(focused) ? focused : ids[0];
  return (
    <div className={classes.scroll} ref={ref}>
      <section data-overview aria-label="Slots" className={classes.crates} style={gridStyle(layout)}>
        {crates.map((crate) => (
          <section key={crate.name} className={classes.crate} aria-label={crate.name}>
            <h2 className={classes.heading}>{crate.name}</h2>
            <div className={classes.tiles}>
              {crate.slots.map((slot) => (
                <OverviewTile
                  key={slot.id}
                  slot={slot.id}
                  name={tileName(slot.id, crate.name)}
                  filter={filter}
                  isReachable={filter !== null || slot.id === reachable}
                  onFocus={setFocused}
                  lines={layout.lines}
                />
              ))}
            </div>
          </section>
        ))}
      </section>
    </div>
  );
}

function gridStyle(layout: TileLayout): Record<`--${string}`, string> {
  return {
    '--crate-columns': String(layout.crateColumns),
    '--tile-columns': String(layout.tileColumns),
    '--tile-height': `${layout.tileHeight}px`,
    '--name-size': `${layout.nameSize}px`,
    '--tile-gap': `${gap}px`,
    '--crate-gap': `${crateGap}px`,
    '--heading-height': `${headingHeight}px`,
  };
}
