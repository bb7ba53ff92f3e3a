import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';

/** To be built. */
export function MetadataView({ slot }: { readonly slot: SlotConfig }): ReactElement {
  return <p>Metadata of {slot.id}</p>;
}
