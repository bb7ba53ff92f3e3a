import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { RefreshCw } from 'lucide-react';
import { useMemo, useState, type ReactElement } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { SlotConfig } from '../../shared/config/crates';
import type { Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { ListCount, ListPane, Space, ToolBar } from '../components/ListPane';
import { countOf } from '../components/time-text';
import { useKeeping, useLeft } from '../stores/kept-views';
import { mostFiles } from './file-feed';
import { groupFiles, plotGroups } from './file-groups';
import { FileList } from './FileList';
import classes from './FilesView.module.css';
import { lookAt, useInspections, useLooking } from './inspections';
import { freshFiles, keepTop, keptFiles, keptTop, openList } from './kept-files';
import { Plots } from './Plots';
import { useFileFeed } from './use-file-feed';

/** The files that a run registered, or all of its slot: plots as pictures, and everything in a list. */
export function FilesView({
  slot,
  run,
}: {
  readonly slot: SlotConfig;
  readonly run: Run | null;
}): ReactElement {
  const left = useLeft(keptFiles, slot.id, freshFiles);
  const [ofSlot, setOfSlot] = useState(left.ofSlot);
  const [typed, setTyped] = useState(left.typed);
  useKeeping(keptFiles, slot.id, { ofSlot, typed });
  const [text] = useDebouncedValue(typed, 250);
  const runId = ofSlot ? null : (run?.id ?? null);
  const { rows, extra, older, fault, loadOlder, refresh } = useFileFeed(slot.id, runId, text, openList);
  useLooking(rows, false);
  const known = useInspections();
  const groups = useMemo(() => groupFiles(rows), [rows]);
  const plots = useMemo(() => plotGroups(rows, known), [rows, known]);
  const footer =
    older === 'more'
      ? 'Older files are being read …'
      : older === 'all'
        ? 'No older files.'
        : `Only ${countOf(mostFiles, 'file')} are listed. Narrow the search to reach older ones.`;
  const list = (
    <FileList
      groups={groups}
      withRuns={runId === null}
      footer={footer}
      onNearEnd={loadOlder}
      initialTop={keptTop(slot.id, 'list')}
      onScrolled={(top) => keepTop(slot.id, 'list', top)}
    />
  );

  return (
    <ListPane>
      <ToolBar>
        <TextInput
          className={classes.find ?? ''}
          aria-label="Find files"
          placeholder="Name, action or type"
          value={typed}
          maxLength={500}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <SegmentedControl
          aria-label="Files of"
          value={runId === null ? 'slot' : 'run'}
          data={[
            { value: 'run', label: 'This run', disabled: run === null },
            { value: 'slot', label: 'All of the slot' },
          ]}
          onChange={(value) => setOfSlot(value === 'slot')}
        />
        <ListCount label="Number of files">{extra === null ? '' : countOf(extra, 'file')}</ListCount>
        <Space />
        <Button
          size="compact-xs"
          leftSection={<RefreshCw size={12} aria-hidden="true" />}
          onClick={() => {
            refresh();
            lookAt(rows, false);
          }}
        >
          Look again
        </Button>
      </ToolBar>
      {fault === null ? null : (
        <Banner tone="error" live="alert" actions={<Button onClick={refresh}>Try again</Button>}>
          The files could not be read. {fault}
        </Banner>
      )}
      {rows.length === 0 ? (
        <Nothing isLoading={extra === null} isFiltered={text !== ''} ofRun={runId !== null} slot={slot} />
      ) : plots.length === 0 ? (
        list
      ) : (
        <Group className={classes.panes} orientation="vertical">
          <Panel id="plots" defaultSize="58%" minSize="120px" className={classes.pane}>
            <Plots
              groups={plots}
              onNearEnd={loadOlder}
              initialTop={keptTop(slot.id, 'plots')}
              onScrolled={(top) => keepTop(slot.id, 'plots', top)}
            />
          </Panel>
          <Separator className={classes.separator} aria-label="Height of the plots" />
          <Panel id="files" minSize="90px" className={classes.pane}>
            {list}
          </Panel>
        </Group>
      )}
    </ListPane>
  );
}

interface NothingProps {
  readonly isLoading: boolean;
  readonly isFiltered: boolean;
  readonly ofRun: boolean;
  readonly slot: SlotConfig;
}

function Nothing({ isLoading, isFiltered, ofRun, slot }: NothingProps): ReactElement {
  if (isLoading) return <div className={classes.pane} aria-busy="true" />;
  if (isFiltered) {
    return (
      <EmptyState title="No file fits">Take a word out of the search, or look at all of the slot.</EmptyState>
    );
  }
  return (
    <EmptyState title={ofRun ? 'This run has registered no file' : `No file of ${slot.id} yet`}>
      Files and plots that scripts register show here, by the action that wrote them.
    </EmptyState>
  );
}
