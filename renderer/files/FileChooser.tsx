import { Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore, type ReactElement } from 'react';
import type { RegisteredFile } from '../../shared/domain/registered-file';
import { EmptyState } from '../components/EmptyState';
import { countOf } from '../components/time-text';
import { mostFiles, openFileFeed } from './file-feed';
import { groupFiles } from './file-groups';
import { FileList } from './FileList';
import classes from './FileViewer.module.css';
import { useLooking } from './inspections';
import { setSecond } from './viewer-store';

interface FileChooserProps {
  /** The file that another one of its slot is wanted beside; the search begins with those of its type. */
  readonly beside: RegisteredFile;
  readonly onCancel: () => void;
}

/** Lists the files of all runs of the slot, to put one beside another. */
export function FileChooser({ beside, onCancel }: FileChooserProps): ReactElement {
  const { slot } = beside;
  const [typed, setTyped] = useState(beside.type);
  const [text] = useDebouncedValue(typed, 250);
  const feed = useMemo(() => openFileFeed({ slot, run: null, text }), [slot, text]);
  const { rows, extra, older, fault } = useSyncExternalStore(feed.subscribe, feed.shown);
  useEffect(() => feed.refresh(0), [feed]);
  const loadOlder = useCallback(() => feed.loadOlder(), [feed]);
  const others = useMemo(() => rows.filter((file) => file.id !== beside.id), [rows, beside]);
  useLooking(others, false);
  const groups = useMemo(() => groupFiles(others), [others]);
  return (
    <section className={classes.pane} aria-label="Choose a file">
      <div className={classes.bar}>
        <TextInput
          aria-label="Find a file to put beside"
          placeholder="Name, action or type"
          value={typed}
          maxLength={500}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <span className={classes.hint}>{extra === null ? '' : `${countOf(extra, 'file')} of ${slot}`}</span>
        <span className={classes.space} />
        <Button size="compact-xs" onClick={onCancel}>
          Cancel
        </Button>
      </div>
      {fault === null ? null : <EmptyState title="The files could not be read">{fault}</EmptyState>}
      {extra !== null && others.length === 0 && fault === null ? (
        <EmptyState title="No other file fits">Change the search above to find one.</EmptyState>
      ) : (
        <FileList
          label="Files to choose from"
          groups={groups}
          withRuns
          footer={older === 'full' ? `Only ${countOf(mostFiles, 'file')} are listed.` : ''}
          onNearEnd={loadOlder}
          onOpen={setSecond}
        />
      )}
    </section>
  );
}
