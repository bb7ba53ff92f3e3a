import { Button } from '@mantine/core';
import { useCallback, useEffect, useMemo, useSyncExternalStore, type ReactElement, type ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { RunFilter } from '../../shared/domain/history';
import type { SlotId } from '../../shared/domain/ids';
import type { Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { usePanel } from '../stores/panel-store';
import { ExportBanners } from './ExportBanners';
import { openHistory, phasesMark } from './history-feed';
import classes from './History.module.css';
import { RunDetails } from './RunDetails';
import { RunTable } from './RunTable';
import { useRunSelection } from './run-selection';

interface RunBrowserProps {
  /** Names the list whose selection this is. */
  readonly place: string;
  /** The slot whose runs are listed; null for all. */
  readonly slot: SlotId | null;
  readonly filter: RunFilter;
  readonly onOpen: (run: Run) => void;
  readonly opensOn: 'click' | 'double-click';
  /** What stands over the list; it is told how many runs there are, null before that is known. */
  readonly tools: (total: number | null) => ReactNode;
  readonly empty: ReactNode;
}

/** Past runs: the list, and below it what there is to say and do about the ones selected. */
export function RunBrowser({
  place,
  slot,
  filter,
  onOpen,
  opensOn,
  tools,
  empty,
}: RunBrowserProps): ReactElement {
  const wanted = JSON.stringify(filter);
  // oxlint-disable-next-line react/exhaustive-deps -- the same filter is often a new object
  const feed = useMemo(() => openHistory(slot, filter), [slot, wanted]);
  const shown = useSyncExternalStore(feed.subscribe, feed.shown);
  const latest = usePanel((state) => phasesMark(state.slots, slot));
  useEffect(() => feed.refresh(latest), [feed, latest]);
  const loadOlder = useCallback(() => feed.loadOlder(), [feed]);
  const selection = useRunSelection(place);
  const { rows, extra, fault } = shown;
  const isEmpty = rows.length === 0;
  return (
    <div className={classes.history}>
      {tools(extra)}
      {fault === null ? null : (
        <Banner
          tone="error"
          live="alert"
          actions={<Button onClick={() => feed.refresh(latest)}>Try again</Button>}
        >
          The history could not be read. {fault}
        </Banner>
      )}
      <ExportBanners />
      {isEmpty && extra !== null ? (
        empty
      ) : isEmpty ? null : (
        <Group className={classes.split} orientation="vertical">
          <Panel id="runs" minSize="90px" className={classes.listPane}>
            <RunTable
              place={place}
              shown={shown}
              withSlot={slot === null}
              onOpen={onOpen}
              opensOn={opensOn}
              onNearEnd={loadOlder}
            />
          </Panel>
          {selection.runs.length === 0 ? null : (
            <>
              <Separator className={classes.separator} aria-label="Height of the details" />
              <Panel id="details" defaultSize="50%" minSize="120px" className={classes.detailsPane}>
                <RunDetails
                  place={place}
                  runs={selection.runs.map(
                    (run) => rows.find((row) => row.run.id === run.id)?.run ?? run,
                  )}
                  onOpen={onOpen}
                />
              </Panel>
            </>
          )}
        </Group>
      )}
    </div>
  );
}
