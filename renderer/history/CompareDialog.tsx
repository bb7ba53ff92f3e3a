import { Button, Modal } from '@mantine/core';
import type { ReactElement } from 'react';
import type { Run } from '../../shared/domain/run';
import { Banner } from '../components/Banner';
import { EmptyState } from '../components/EmptyState';
import { useGiveFocusBack } from '../components/use-give-focus-back';
import { Comparison } from './Comparison';
import classes from './Compare.module.css';
import { useComparedRuns } from './use-compared-sessions';

interface CompareDialogProps {
  readonly run: Run;
  /** Null for the run of the same script on the same slot before it. */
  readonly other: Run | null;
  readonly onClose: () => void;
}

/** Two runs beside each other: what ran, and their session data. */
export function CompareDialog({ run, other, onClose }: CompareDialogProps): ReactElement {
  useGiveFocusBack();
  const read = useComparedRuns(run, other);
  return (
    <Modal
      opened
      onClose={onClose}
      fullScreen
      title="Compare runs"
      closeButtonProps={{ 'aria-label': 'Close' }}
      classNames={{ body: classes.body ?? '', content: classes.content ?? '' }}
    >
      {read === null ? (
        <EmptyState title="Reading both sessions…" />
      ) : read.ok ? (
        <Comparison {...read.value} />
      ) : (
        <Banner tone="error" live="alert" actions={<Button onClick={onClose}>Back</Button>}>
          The runs cannot be compared. {read.error.message}
        </Banner>
      )}
    </Modal>
  );
}
