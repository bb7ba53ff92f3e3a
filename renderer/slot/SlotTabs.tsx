import { Tabs } from '@mantine/core';
import type { ReactElement } from 'react';
import { z } from 'zod';
import { assertNever } from '../../shared/assert-never';
import type { SlotConfig } from '../../shared/config/crates';
import type { Run } from '../../shared/domain/run';
import { LockedArea } from '../care/LockedArea';
import { EmptyState } from '../components/EmptyState';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { formatCount } from '../components/time-text';
import { FilesView } from '../files/FilesView';
import { useFileCount } from '../files/file-count';
import { HistoryView } from '../history/HistoryView';
import { LogView } from '../log/LogView';
import { MessagesView } from '../messages/MessagesView';
import { MetadataView } from '../metadata/MetadataView';
import { RunTab } from '../run/RunTab';
import { useSlotStatus } from '../stores/panel-store';
import { openTab, showRun, slotTabs, useSlotTab, type SlotTab } from '../stores/view-store';
import { tabNames } from './slot-layout';
import { SlotSession } from './SlotSession';
import classes from './SlotTabs.module.css';

const tabSchema = z.enum(slotTabs);

interface SlotTabsProps {
  readonly slot: SlotConfig;
  readonly shown: Run | null;
  readonly withSession: boolean;
}

/** The tabs of a slot's page. Only the chosen one is drawn. */
export function SlotTabs({ slot, shown, withSession }: SlotTabsProps): ReactElement {
  const chosen = useSlotTab(slot.id);
  const tab = chosen === 'session' && !withSession ? 'log' : chosen;
  const messages = useSlotStatus(slot.id)?.messages ?? 0;
  const counts: Partial<Record<SlotTab, number>> = {
    log: shown?.lines ?? 0,
    files: useFileCount(slot.id, shown?.id ?? null),
    messages,
  };
  const names = slotTabs.filter((name) => withSession || name !== 'session');
  return (
    <Tabs
      className={classes.tabs}
      classNames={{ list: classes.list ?? '', tab: classes.tab ?? '', panel: classes.panel ?? '' }}
      value={tab}
      onChange={(value) => openTab(slot.id, tabSchema.parse(value))}
      keepMounted={false}
    >
      <Tabs.List>
        {names.map((name) => (
          <Tabs.Tab key={name} value={name}>
            {tabNames[name]}
            {counts[name] === undefined || counts[name] === 0 ? null : (
              <span className={classes.count} aria-hidden="true">
                {formatCount(counts[name])}
              </span>
            )}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {names.map((name) => (
        <Tabs.Panel key={name} value={name} tabIndex={-1}>
          <ErrorBoundary key={slot.id} what={`The ${tabNames[name]} tab`} of={shown?.id ?? ''}>
            <TabContent tab={name} slot={slot} shown={shown} />
          </ErrorBoundary>
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}

interface TabContentProps {
  readonly tab: SlotTab;
  readonly slot: SlotConfig;
  readonly shown: Run | null;
}

function TabContent({ tab, slot, shown }: TabContentProps): ReactElement {
  switch (tab) {
    case 'run':
      return (
        <LockedArea>
          <RunTab slot={slot} />
        </LockedArea>
      );
    case 'log':
      return shown === null ? <NoRunYet /> : <LogView key={shown.id} run={shown} />;
    case 'session':
      return <SlotSession slot={slot} shown={shown} />;
    case 'files':
      return <FilesView key={slot.id} slot={slot} run={shown} />;
    case 'messages':
      return <MessagesView key={slot.id} slot={slot} run={shown} />;
    case 'metadata':
      return <MetadataView key={slot.id} slot={slot} />;
    case 'history':
      return <HistoryView key={slot.id} slot={slot} onOpen={openFromHistory} />;
    default:
      return assertNever(tab);
  }
}

function NoRunYet(): ReactElement {
  return (
    <EmptyState title="No run yet">
      Choose a script on the Run tab and press Run. Its output appears here.
    </EmptyState>
  );
}

function openFromHistory(run: Run): void {
  showRun(run.slot, run);
  openTab(run.slot, 'log');
}
