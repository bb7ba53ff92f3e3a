import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { Run } from '../../shared/domain/run';

/** To be built. */
export function FilesView({
  slot,
  run,
}: {
  readonly slot: SlotConfig;
  readonly run: Run | null;
}): ReactElement {
  return (
    <p>
      Files of {slot.id} {run?.id}
    </p>
  );
}
