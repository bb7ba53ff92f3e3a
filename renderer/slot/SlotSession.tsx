import { useMemo, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { Run } from '../../shared/domain/run';
import { ErrorBoundary } from '../components/ErrorBoundary';
import { NewestPlots } from '../files/NewestPlots';
import { pinSessionValue } from '../metadata/pin-store';
import { SessionPane } from '../session/SessionPane';
import { openTab } from '../stores/view-store';
import { lostConnection } from './connection-text';

interface SlotSessionProps {
  readonly slot: SlotConfig;
  readonly shown: Run | null;
}

/** The session of the run that a slot's page shows, with its newest plots under it. */
export function SlotSession({ slot, shown }: SlotSessionProps): ReactElement {
  // The same function while the slot stays, so that the tree is not drawn anew for it.
  const onPin = useMemo(() => pinSessionValue(slot.id), [slot.id]);
  return (
    <SessionPane
      run={shown?.id ?? null}
      isOver={shown?.phase === 'done'}
      asOf={lostConnection(shown)?.since ?? null}
      onPin={onPin}
    >
      {shown === null ? null : (
        <ErrorBoundary what="The list of newest plots" of={shown.id}>
          <NewestPlots slot={slot.id} run={shown.id} onAll={() => openTab(slot.id, 'files')} />
        </ErrorBoundary>
      )}
    </SessionPane>
  );
}
