import { Modal } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useMemo, type ReactElement } from 'react';
import { fileName, type RegisteredFile } from '../../shared/domain/registered-file';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { useGiveFocusBack } from '../components/use-give-focus-back';
import { useViewStore } from '../stores/view-store';
import classes from './FileViewer.module.css';
import { FileChooser } from './FileChooser';
import { closeSecond, closeViewer, useViewerStore, type ViewedFile } from './viewer-store';
import { ViewerPane } from './ViewerPane';

/** The viewer over the window: one file, or two beside each other. It closes when the view under it is left. */
export function FileViewer(): ReactElement | null {
  useEffect(closeWhenLeft, []);
  const first = useViewerStore((store) => store.first);
  const file = first?.files[first.index];
  return first === null || file === undefined ? null : <OpenViewer first={first} file={file} />;
}

interface OpenViewerProps {
  readonly first: ViewedFile;
  /** The one of `first` that is shown. */
  readonly file: RegisteredFile;
}

function OpenViewer({ first, file }: OpenViewerProps): ReactElement {
  useGiveFocusBack();
  const second = useViewerStore((store) => store.second);
  const chosen = second === null || second === 'choosing' ? null : (second.files[second.index] ?? null);
  // Names are enough for the dialogue; each pane says its own path.
  const title = useMemo(() => titleOf(file, chosen), [file, chosen]);
  return (
    <Modal
      opened
      fullScreen
      onClose={closeViewer}
      title={title}
      closeButtonProps={{ 'aria-label': 'Close the viewer', icon: <X size={18} aria-hidden="true" /> }}
      classNames={{
        content: classes.content ?? '',
        header: classes.header ?? '',
        title: classes.title ?? '',
        body: classes.body ?? '',
      }}
    >
      <ErrorBoundary what="The viewer" of={`${file.id} ${chosen?.id ?? ''}`}>
        <ViewerPane
          key={`first ${file.id}`}
          side="first"
          viewed={first}
          file={file}
          isAlone={second === null}
        />
        {second === 'choosing' ? <FileChooser beside={file} onCancel={closeSecond} /> : null}
        {second !== null && second !== 'choosing' && chosen !== null ? (
          <ViewerPane
            key={`second ${chosen.id}`}
            side="second"
            viewed={second}
            file={chosen}
            isAlone={false}
          />
        ) : null}
      </ErrorBoundary>
    </Modal>
  );
}

/** Closes the viewer when another page, slot or tab is opened. Returns how to stop. */
function closeWhenLeft(): () => void {
  const placeOf = ({ page, slot, tabs }: ReturnType<typeof useViewStore.getState>): string =>
    JSON.stringify([page, slot, slot === null ? null : tabs[slot]]);
  return useViewStore.subscribe((view, before) => {
    if (placeOf(view) !== placeOf(before)) closeViewer();
  });
}

function titleOf(file: RegisteredFile, second: RegisteredFile | null): string {
  return second === null ? fileName(file.path) : `${fileName(file.path)} beside ${fileName(second.path)}`;
}
