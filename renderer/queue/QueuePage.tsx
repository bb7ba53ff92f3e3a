import type { ReactElement } from 'react';

/** To be built. */
export function QueuePage(): ReactElement {
  return <p>Queue</p>;
}
