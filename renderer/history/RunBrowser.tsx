import { Button } from '@mantine/core';
import type { ReactElement, ReactNode } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { ListPane } from '../components/ListPane';
import { ExportBanners } from './ExportBanners';
import classes from './History.module.css';
import { RunDetails } from './RunDetails';
import { RunTable } from './RunTable';
import type { RunList } from './use-run-list';
import { useSelectedRuns } from './use-selected-runs';

interface RunBrowserProps {
  /** Names the list whose selection this is. */
  readonly place: string;
  readonly list: RunList;
  readonly onOpen: (run: Run) => void;
  /** What stands over the list. */
  readonly head: ReactNode;
  readonly empty: ReactNode;
}

/** Past runs: the list, and below it what there is to say and do about the ones selected. */
export function RunBrowser({ place, list, onOpen, head, empty }: RunBrowserProps): ReactElement {
  const { slot, shown } = list;
  const { rows, extra, fault } = shown;
  const selected = useSelectedRuns(place, rows);
  const isEmpty = rows.length === 0;
  return (
    <ListPane>
      {head}
      {fault === null ? null : (
        <Banner tone="error" live="alert" actions={<Button onClick={list.readAgain}>Try again</Button>}>
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
              onNearEnd={list.loadOlder}
            />
          </Panel>
          {selected.length === 0 ? null : (
            <>
              <Separator className={classes.separator} aria-label="Height of the details" />
              <Panel id="details" defaultSize="50%" minSize="120px" className={classes.detailsPane}>
                <RunDetails place={place} runs={selected} onOpen={onOpen} />
              </Panel>
            </>
          )}
        </Group>
      )}
    </ListPane>
  );
}
