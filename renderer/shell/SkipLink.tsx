import type { ReactElement } from 'react';
import classes from './SkipLink.module.css';

/** The element that holds the page. */
export const mainId = 'page';

/** The first stop of the Tab key: past the top bar and the list of crates, to the page. */
export function SkipLink(): ReactElement {
  return (
    <button type="button" className={classes.skip} onClick={() => document.getElementById(mainId)?.focus()}>
      Skip to the page
    </button>
  );
}
