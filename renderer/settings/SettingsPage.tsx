import { Button, SegmentedControl } from '@mantine/core';
import { useEffect, useRef, type ReactElement } from 'react';
import { z } from 'zod';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { countOf } from '../components/time-text';
import { usePanel } from '../stores/panel-store';
import { openPage, setUnsaved } from '../stores/view-store';
import { ConfigForm } from './ConfigForm';
import { faultsOf } from './config-faults';
import { FileEditor } from './FileEditor';
import { LeaveDialog } from './LeaveDialog';
import classes from './SettingsPage.module.css';
import {
  changeMode,
  closeSettings,
  discardEdits,
  hasEdits,
  loadSettings,
  refreshSettings,
  saveSettings,
  useSettingsStore,
} from './settings-store';

const modeSchema = z.enum(['form', 'file']);

/** The crates file: as a form, or as its text. */
export function SettingsPage(): ReactElement {
  useSettingsFile();
  useFocusGivenBack();
  const file = useSettingsStore((store) => store.file);
  const mode = useSettingsStore((store) => store.mode);
  const draft = useSettingsStore((store) => store.draft);
  const saving = useSettingsStore((store) => store.saving);
  if (file === null) {
    return <EmptyState title="Reading the configuration…" />;
  }
  return (
    <div className={classes.page}>
      <SettingsHeader />
      <SettingsBanners />
      {/* What main answers takes the place of all of it: nothing can be typed until then. */}
      <div className={classes.body} inert={saving}>
        {mode === 'form' && draft !== null ? (
          <ConfigForm draft={draft} faults={faultsOf(draft)} />
        ) : (
          <FileEditor />
        )}
      </div>
      <LeaveDialog />
    </div>
  );
}

/** Reads the file when the page opens and when it changed on disk, unless that would lose edits. */
function useSettingsFile(): void {
  const config = usePanel((state) => state.config);
  const edited = useSettingsStore(hasEdits);
  useEffect(() => {
    refreshSettings(config);
  }, [config]);
  useEffect(() => setUnsaved(edited), [edited]);
  useEffect(
    () => () => {
      setUnsaved(false);
      closeSettings();
    },
    [],
  );
}

/** Gives the focus back that is lost where a save makes its holder inert or disabled for a while. */
function useFocusGivenBack(): void {
  const saving = useSettingsStore((store) => store.saving);
  const holder = useRef<Element | null>(null);
  useEffect(
    () =>
      // Heard before the page is drawn anew: the focus is where it was.
      useSettingsStore.subscribe((now, before) => {
        if (now.saving && !before.saving) holder.current = document.activeElement;
      }),
    [],
  );
  useEffect(() => {
    if (saving || document.activeElement !== document.body) return;
    if (holder.current instanceof HTMLElement) holder.current.focus();
    holder.current = null;
  }, [saving]);
}

function SettingsHeader(): ReactElement {
  const mode = useSettingsStore((store) => store.mode);
  const path = useSettingsStore((store) => store.file?.path ?? '');
  const formPossible = useSettingsStore((store) => store.saved !== null);
  const edited = useSettingsStore(hasEdits);
  const saving = useSettingsStore((store) => store.saving);
  const faults = useSettingsStore((store) =>
    store.mode === 'form' && store.draft !== null ? faultsOf(store.draft).size : 0,
  );
  return (
    <header className={classes.header}>
      <h1 className={classes.title}>Settings</h1>
      <code className={classes.path} title={path}>
        {path}
      </code>
      <SegmentedControl
        aria-label="Edit as"
        value={mode}
        disabled={edited}
        data={[
          { value: 'form', label: 'Form', disabled: !formPossible },
          { value: 'file', label: 'File' },
        ]}
        onChange={(value) => changeMode(modeSchema.parse(value))}
      />
      <span className={classes.space} />
      <output className={classes.state}>
        {edited ? (faults === 0 ? 'Unsaved changes' : `${countOf(faults, 'field')} to correct`) : ''}
      </output>
      <Button disabled={!edited || saving} onClick={discardEdits}>
        Discard
      </Button>
      <Button variant="filled" disabled={!edited || saving || faults > 0} onClick={saveSettings}>
        Save
      </Button>
      <Button onClick={() => openPage('slot')}>Close</Button>
    </header>
  );
}

/** Refusals by main that reading the file anew gets out of; an invalid edit is for the operator to mend. */
const reloadHelps: ReadonlySet<string> = new Set(['config-stale', 'config-unreadable']);

function SettingsBanners(): ReactElement {
  const refusal = useSettingsStore((store) => store.refusal);
  const exists = useSettingsStore((store) => store.file?.exists ?? true);
  return (
    <>
      {refusal === null ? null : (
        <Banner
          tone="error"
          live="alert"
          actions={
            reloadHelps.has(refusal.code) ? (
              <Button onClick={loadSettings}>Reload, dropping these edits</Button>
            ) : null
          }
        >
          {refusal.message}
        </Banner>
      )}
      {exists ? null : (
        <Banner tone="info">
          There is no file yet: what you see is the demo crate. The first Save writes the file, and from then
          on it holds.
        </Banner>
      )}
    </>
  );
}
