import { useEffect, useMemo, type ReactElement } from 'react';
import type { RunId, SlotId } from '../../shared/domain/ids';
import { PaneSection } from '../components/PaneSection';
import { plotGroups } from './file-groups';
import { useInspections } from './inspections';
import classes from './NewestPlots.module.css';
import { PlotTile } from './PlotTile';
import { useFileFeed } from './use-file-feed';
import { openViewer } from './viewer-store';

interface NewestPlotsProps {
  readonly slot: SlotId;
  readonly run: RunId;
  /** Leads to all plots of the run. */
  readonly onAll: () => void;
}

/** More are never drawn; in a small pane the style sheet leaves some of them out, or all. */
const mostTiles = 4;
/** How far back plots are looked for among files that are none. */
const mostSearched = 1000;

/** The newest plots of a run as small pictures, which open in the viewer; nothing while it has none. */
export function NewestPlots({ slot, run, onAll }: NewestPlotsProps): ReactElement | null {
  const { rows, older, loadOlder } = useFileFeed(slot, run, '');
  const known = useInspections();
  const groups = useMemo(() => plotGroups(rows, known), [rows, known]);
  const plots = useMemo(() => groups.flatMap((group) => group.files), [groups]);
  const looksFurther = plots.length < mostTiles && older === 'more' && rows.length < mostSearched;
  // Anew with each page that came.
  const searched = looksFurther ? rows.length : null;
  useEffect(() => {
    if (searched !== null) loadOlder();
  }, [searched, loadOlder]);
  const [newest] = groups;
  if (newest === undefined) return null;
  const isMixed = newest.files.length < Math.min(mostTiles, plots.length);
  return (
    <PaneSection
      title="Newest plots"
      className={classes.section}
      aside={
        <span className={classes.aside} title={`${newest.title}, ${newest.time} UTC`}>
          <span className={classes.action}>{newest.title}</span>
          <time>{newest.time.slice(11)}</time>
          {isMixed ? <span>and earlier</span> : null}
          <button type="button" className={classes.all} onClick={onAll}>
            All plots
          </button>
        </span>
      }
    >
      <div className={classes.tiles}>
        {plots.slice(0, mostTiles).map((file) => (
          <PlotTile
            key={file.id}
            file={file}
            isTabStop
            takesFocus={false}
            onFocus={() => undefined}
            onOpen={() => openViewer(plots, file)}
          />
        ))}
      </div>
    </PaneSection>
  );
}
