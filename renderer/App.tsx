import { Button } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { assertNever } from '../shared/assert-never';
import { AboutDialog } from './about/AboutDialog';
import { AlarmEditor } from './alarms/AlarmEditor';
import classes from './App.module.css';
import { AuditPage } from './audit/AuditPage';
import { LockBanner } from './care/LockBanner';
import { LockedArea } from './care/LockedArea';
import { UnlockDialog } from './care/UnlockDialog';
import { useGoTo } from './care/use-go-to';
import { useIdleLock } from './care/use-idle-lock';
import { Banner } from './components/Banner';
import { EmptyState } from './components/EmptyState';
import { ErrorBoundary } from './components/ErrorBoundary';
import { FileViewer } from './files/FileViewer';
import { Guide } from './guide/Guide';
import { HistoryPage } from './history/HistoryPage';
import { OverviewPage } from './overview/OverviewPage';
import { Palette } from './palette/Palette';
import { QueuePage } from './queue/QueuePage';
import { SettingsPage } from './settings/SettingsPage';
import { describeConfig } from './shell/config-text';
import { Footer } from './shell/Footer';
import { listenerFault } from './shell/listener-text';
import { Notices } from './shell/Notices';
import { QuitDialog } from './shell/QuitDialog';
import { Rail } from './shell/Rail';
import { Shortcuts } from './shell/Shortcuts';
import { mainId, SkipLink } from './shell/SkipLink';
import { TopBar } from './shell/TopBar';
import { UnmatchedPage } from './shell/UnmatchedPage';
import { useShortcuts } from './shell/use-shortcuts';
import { ConnectionDialog } from './slot/ConnectionDialog';
import { AskedAbortElsewhere } from './slot/AbortDialog';
import { SlotPage } from './slot/SlotPage';
import { usePanel, usePanelStore } from './stores/panel-store';
import { openPage, useSelectedSlot, useViewStore } from './stores/view-store';

/** The window: nothing of it is drawn before main's first snapshot has arrived. */
export function App(): ReactElement {
  const ready = usePanelStore((store) => store.state !== null);
  return (
    <>
      {ready ? <Workbench /> : <Connecting />}
      <Notices />
    </>
  );
}

function Workbench(): ReactElement {
  const page = useViewStore((view) => view.page);
  const slot = useSelectedSlot();
  const site = usePanel((state) => state.site);
  // The window's title is the document's.
  useDocumentTitle(site === null ? 'SMuRF Panel' : `${site} – SMuRF Panel`);
  useShortcuts(slot);
  useGoTo();
  useIdleLock();
  return (
    <div className={classes.window}>
      <SkipLink />
      <TopBar />
      <ErrorBoundary what="The list of crates">
        <Rail />
      </ErrorBoundary>
      <main id={mainId} tabIndex={-1} className={classes.main}>
        <LockBanner />
        <StaleBanner />
        <ListenerBanner />
        <RecordingBanner />
        <div className={classes.page}>
          <ErrorBoundary what="The page" of={`${page} ${slot?.id ?? ''}`}>
            <CurrentPage />
          </ErrorBoundary>
        </div>
        <Guide />
      </main>
      <Footer />
      <FileViewer />
      <QuitDialog />
      <UnlockDialog />
      {slot === null ? null : <AskedAbortElsewhere slot={slot} />}
      <AlarmEditor />
      <Shortcuts />
      <AboutDialog />
      <ConnectionDialog />
      <Palette />
    </div>
  );
}

function CurrentPage(): ReactElement {
  const page = useViewStore((view) => view.page);
  const slot = useSelectedSlot();
  switch (page) {
    case 'overview':
      return <OverviewPage />;
    case 'queue':
      return <QueuePage />;
    case 'history':
      return <HistoryPage />;
    case 'audit':
      return <AuditPage />;
    case 'settings':
      return (
        <LockedArea>
          <SettingsPage />
        </LockedArea>
      );
    case 'unmatched':
      return <UnmatchedPage />;
    case 'slot':
      return slot === null ? <NoCrates /> : <SlotPage slot={slot} />;
    default:
      return assertNever(page);
  }
}

function NoCrates(): ReactElement {
  const config = usePanel((state) => state.config);
  const faulty = config.problems.length > 0;
  return (
    <EmptyState
      title={
        faulty ? 'No crate is in force, because the configuration has a fault' : 'No crate is configured'
      }
      action={
        <Button variant="filled" onClick={() => openPage('settings')}>
          Open Settings
        </Button>
      }
    >
      {faulty
        ? `${describeConfig(config).replace(/\.$/, '')}. Mend it in Settings, or in the file: the panel follows its changes.`
        : 'Enter a crate and its slots in Settings, and they appear in the list on the left.'}
    </EmptyState>
  );
}

function Connecting(): ReactElement {
  const fault = usePanelStore((store) => store.fault);
  if (fault === null) return <EmptyState title="Starting…">Waiting for the panel’s main process.</EmptyState>;
  return (
    <div role="alert">
      <EmptyState title="The panel’s main process does not answer" action={<ReloadButton />}>
        {fault}. Runs go on: they do not depend on this window. Reload it; if that does not help, quit the
        panel and start it again.
      </EmptyState>
    </div>
  );
}

function StaleBanner(): ReactElement | null {
  const fault = usePanelStore((store) => store.fault);
  if (fault === null) return null;
  return (
    <Banner tone="error" live="alert" actions={<ReloadButton />}>
      What is shown may be out of date: {fault}. Runs go on; reload the window to see how they stand.
    </Banner>
  );
}

function ListenerBanner(): ReactElement | null {
  const listener = usePanel((state) => state.listener);
  const fault = listenerFault(listener);
  if (fault === null) return null;
  return (
    <Banner
      tone="error"
      live="alert"
      actions={<Button onClick={() => openPage('settings')}>Open Settings</Button>}
    >
      {fault}
    </Banner>
  );
}

function RecordingBanner(): ReactElement | null {
  const { state, message } = usePanel((panel) => panel.recording);
  if (state === 'recording') return null;
  return (
    <Banner tone="error" live="alert">
      {message ?? 'The database cannot be written, so messages and runs are not recorded.'} Runs and their
      logs go on.
    </Banner>
  );
}

function ReloadButton(): ReactElement {
  return <Button onClick={() => window.location.reload()}>Reload window</Button>;
}
