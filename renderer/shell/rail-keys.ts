import type { KeyboardEvent } from 'react';

/** Arrow keys, Home and End move among the slots of the rail; Tab leaves the list. */
export function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const rail = event.currentTarget.closest('nav');
  const entries = [...(rail?.querySelectorAll<HTMLElement>('[data-rail-slot]') ?? [])];
  const at = entries.findIndex((entry) => entry === document.activeElement);
  const to = targetOf(event.key, at, entries.length);
  if (to === null) return;
  event.preventDefault();
  entries[to]?.focus();
}

function targetOf(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case 'ArrowDown':
      return Math.min(at + 1, count - 1);
    case 'ArrowUp':
      return Math.max(at - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
