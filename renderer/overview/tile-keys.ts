import type { KeyboardEvent } from 'react';

type Direction = 'ArrowLeft' | 'ArrowRight' | 'ArrowUp' | 'ArrowDown';

/** Arrow keys move among the tiles by where they stand, Home and End to the first and last. */
export function moveAmongTiles(event: KeyboardEvent<HTMLElement>): void {
  const grid = event.currentTarget.closest('[data-overview]');
  const tiles = [...(grid?.querySelectorAll<HTMLElement>('[data-tile][aria-disabled="false"]') ?? [])];
  const target = targetOf(event.key, event.currentTarget, tiles);
  if (target === null) return;
  event.preventDefault();
  target.focus();
}

function targetOf(key: string, from: HTMLElement, tiles: readonly HTMLElement[]): HTMLElement | null {
  switch (key) {
    case 'ArrowLeft':
    case 'ArrowRight':
    case 'ArrowUp':
    case 'ArrowDown':
      return nearest(key, from, tiles);
    case 'Home':
      return tiles[0] ?? null;
    case 'End':
      return tiles.at(-1) ?? null;
    default:
      return null;
  }
}

/** The nearest tile in a direction. What is off to the side counts three times, so that a row or column is kept. */
function nearest(direction: Direction, from: HTMLElement, tiles: readonly HTMLElement[]): HTMLElement | null {
  const here = middleOf(from);
  const isAcross = direction === 'ArrowLeft' || direction === 'ArrowRight';
  const sign = direction === 'ArrowRight' || direction === 'ArrowDown' ? 1 : -1;
  let best: { tile: HTMLElement; distance: number } | null = null;
  for (const tile of tiles) {
    const there = middleOf(tile);
    const ahead = sign * (isAcross ? there.x - here.x : there.y - here.y);
    const aside = Math.abs(isAcross ? there.y - here.y : there.x - here.x);
    if (ahead <= 1) continue;
    const distance = ahead + 3 * aside;
    if (best === null || distance < best.distance) best = { tile, distance };
  }
  return best?.tile ?? null;
}

function middleOf(element: HTMLElement): { readonly x: number; readonly y: number } {
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
