/**
 * Scrolls a list just so far that a row of it is in sight. By hand, since after `scrollIntoView` the first Tab would go on
 * from that row.
 */
export function bringIntoSight(list: Element, row: Element): void {
  const shown = list.getBoundingClientRect();
  const { top, bottom } = row.getBoundingClientRect();
  if (top < shown.top) list.scrollTop -= shown.top - top;
  else if (bottom > shown.bottom) list.scrollTop += bottom - shown.bottom;
}
