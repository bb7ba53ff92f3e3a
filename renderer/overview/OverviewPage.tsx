import type { ReactElement } from 'react';

/** To be built. */
export function OverviewPage(): ReactElement {
  return <p>Overview</p>;
}
