import type { ReactElement } from 'react';

/** To be built. */
export function HistoryPage(): ReactElement {
  return <p>History</p>;
}
