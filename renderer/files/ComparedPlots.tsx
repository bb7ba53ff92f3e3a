import { useEffect, useMemo, useSyncExternalStore, type ReactElement } from 'react';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { RegisteredFile } from '../../shared/domain/registered-file';
import type { Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { countOf } from '../components/time-text';
import classes from './ComparedPlots.module.css';
import { openFileFeed } from './file-feed';
import { isPlot } from './file-groups';
import { shortName } from './file-text';
import { useInspections, useLooking } from './inspections';
import { PlotTile } from './PlotTile';
import { openViewer, setSecond } from './viewer-store';

interface ComparedPlotsProps {
  readonly before: Run;
  readonly after: Run;
}

/** The plots of the same name of two runs beside each other; one opens with its like in the viewer. */
export function ComparedPlots({ before, after }: ComparedPlotsProps): ReactElement | null {
  const first = usePlots(before.slot, before.id);
  const second = usePlots(after.slot, after.id);
  const pairs = useMemo(() => pairPlots(first.plots, second.plots), [first.plots, second.plots]);
  const fault = first.fault ?? second.fault;
  if (fault !== null) {
    return (
      <Banner tone="error" live="alert">
        The plots could not be read. {fault}
      </Banner>
    );
  }
  if (pairs.length === 0) return null;
  const isCut = first.reading === 'cut' || second.reading === 'cut';
  const open = (pair: PlotPair, side: 'before' | 'after'): void => {
    const file = pair[side];
    if (file === null) return;
    if (pair.before === null || pair.after === null) {
      openViewer([file], file);
      return;
    }
    openViewer(sideOf(pairs, 'before'), pair.before);
    setSecond(sideOf(pairs, 'after'), pair.after);
  };
  return (
    <section className={classes.view} aria-label="Plots">
      <h3 className={classes.title}>
        Plots of the same name
        {isCut ? `, among the newest ${countOf(mostCompared, 'file')} of each run` : ''}
      </h3>
      <ul className={classes.pairs}>
        {pairs.map((pair) => (
          <li key={pair.name} className={classes.pair}>
            {(['before', 'after'] as const).map((side) => {
              const file = pair[side];
              return file === null ? (
                <span key={side} className={classes.none}>
                  {noneWords[(side === 'before' ? first : second).reading]}
                </span>
              ) : (
                <PlotTile
                  key={side}
                  file={file}
                  isTabStop
                  takesFocus={false}
                  onFocus={() => undefined}
                  onOpen={() => open(pair, side)}
                />
              );
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The most files of a run that are looked through for plots. */
const mostCompared = 2000;

/** How far a run's files are read: `cut` where it has more than are looked through. */
type Reading = 'under-way' | 'whole' | 'cut';

/** What stands in the place of a plot that only the other run has, as far as is known. */
const noneWords: Record<Reading, string> = {
  'under-way': 'being read …',
  whole: 'none in this run',
  cut: 'none among these files',
};

interface RunPlots {
  readonly plots: readonly RegisteredFile[];
  readonly reading: Reading;
  readonly fault: string | null;
}

function usePlots(slot: SlotId, run: RunId): RunPlots {
  const feed = useMemo(() => openFileFeed({ slot, run, text: '' }, mostCompared), [slot, run]);
  const { rows, extra, older, fault } = useSyncExternalStore(feed.subscribe, feed.shown);
  useEffect(() => feed.refresh(run), [feed, run]);
  // Each page leads to the next older one.
  const { length } = rows;
  useEffect(() => {
    if (length > 0) feed.loadOlder();
  }, [feed, length]);
  useLooking(rows, false);
  const known = useInspections();
  const plots = useMemo(() => rows.filter((file) => isPlot(file, known.get(file.id)?.found)), [rows, known]);
  const reading = extra === null || older === 'more' ? 'under-way' : older === 'all' ? 'whole' : 'cut';
  return { plots, reading, fault };
}

interface PlotPair {
  readonly name: string;
  readonly before: RegisteredFile | null;
  readonly after: RegisteredFile | null;
}

/** Pairs by name without the time that names begin with; of several of a name in one run the newest. */
export function pairPlots(before: readonly RegisteredFile[], after: readonly RegisteredFile[]): PlotPair[] {
  const [first, second] = [byName(before), byName(after)];
  const names = [...new Set([...first.keys(), ...second.keys()])].toSorted((one, other) =>
    one.localeCompare(other, 'en', { numeric: true }),
  );
  const pairs = names.map((name) => ({
    name,
    before: first.get(name) ?? null,
    after: second.get(name) ?? null,
  }));
  // Pairs first: what only one run has cannot be compared.
  return pairs.toSorted((one, other) => Number(isLone(one)) - Number(isLone(other)));
}

function isLone({ before, after }: PlotPair): boolean {
  return before === null || after === null;
}

function byName(files: readonly RegisteredFile[]): Map<string, RegisteredFile> {
  const named = new Map<string, RegisteredFile>();
  for (const file of files) {
    const name = shortName(file).replace(/^\d{9,}_/, '');
    if (!named.has(name)) named.set(name, file);
  }
  return named;
}

function sideOf(pairs: readonly PlotPair[], side: 'before' | 'after'): RegisteredFile[] {
  return pairs.flatMap((pair) => (isLone(pair) ? [] : (pair[side] ?? [])));
}
