import { useMediaQuery } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { Group, Panel, Separator, useDefaultLayout } from 'react-resizable-panels';
import type { SlotConfig } from '../../shared/config/crates';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { useShownRun } from '../stores/view-store';
import { SlotBanners } from './SlotBanners';
import { SlotHeader } from './SlotHeader';
import { narrowWindow, sessionPaneId } from './slot-layout';
import classes from './SlotPage.module.css';
import { SlotSession } from './SlotSession';
import { SlotTabs } from './SlotTabs';
import { useFreshPastRun } from './use-fresh-past-run';

/** One slot: its header, its tabs, and its session beside them while the window is wide enough. */
export function SlotPage({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const shown = useShownRun(slot.id);
  useFreshPastRun(slot.id);
  const narrow = useMediaQuery(narrowWindow, false, { getInitialValueInEffect: false });
  return (
    <div className={classes.page}>
      <SlotHeader slot={slot} />
      <SlotBanners shown={shown} />
      {narrow ? <SlotTabs slot={slot} shown={shown} withSession /> : <SideBySide slot={slot} />}
    </div>
  );
}

function SideBySide({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const shown = useShownRun(slot.id);
  const { defaultLayout, onLayoutChanged } = useDefaultLayout({
    id: 'smurf-panel.slot-layout',
    storage: localStorage,
  });
  return (
    <Group
      className={classes.panes}
      orientation="horizontal"
      {...(defaultLayout === undefined ? {} : { defaultLayout })}
      onLayoutChanged={onLayoutChanged}
    >
      <Panel id="tabs" minSize="360px" className={classes.pane}>
        <SlotTabs slot={slot} shown={shown} withSession={false} />
      </Panel>
      <Separator className={classes.separator} aria-label="Width of the session pane" />
      <Panel id="session" defaultSize="384px" minSize="240px" maxSize="70%" className={classes.pane}>
        <div id={sessionPaneId} className={classes.session} tabIndex={-1}>
          <ErrorBoundary what="The session" of={shown?.id ?? slot.id}>
            <SlotSession slot={slot} shown={shown} />
          </ErrorBoundary>
        </div>
      </Panel>
    </Group>
  );
}
