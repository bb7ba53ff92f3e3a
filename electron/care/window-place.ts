import { z } from 'zod';

const sizeSchema = z.number().int().min(1).max(100_000);
const rectangleSchema = z.object({
  x: z.number().int().min(-100_000).max(100_000),
  y: z.number().int().min(-100_000).max(100_000),
  width: sizeSchema,
  height: sizeSchema,
});
/** A place on the desktop, in pixels that do not depend on the display's scale. */
export type Rectangle = z.infer<typeof rectangleSchema>;

const keptWindowSchema = z.object({
  display: z.number(),
  bounds: rectangleSchema,
  isMaximized: z.boolean(),
});
/** How the window stood on one display; `bounds` are those while not maximised. */
export type KeptWindow = z.infer<typeof keptWindowSchema>;

/** More displays than an operator plugs in; those used longest ago go. */
const mostDisplays = 8;

/** What is remembered of the window: how it stood on each display, the last one first, and Chromium's zoom level. */
const windowMemorySchema = z.object({
  windows: z.array(keptWindowSchema).max(mostDisplays).catch([]),
  zoom: z.number().min(-8).max(9).catch(0),
});
export type WindowMemory = z.infer<typeof windowMemorySchema>;

/** A display that is there. `workArea` leaves out the system's bars. */
export interface Display {
  readonly id: number;
  readonly workArea: Rectangle;
}

/** Where a window is to open. */
export interface WindowPlace {
  /** Null where nothing is remembered of the displays that are there: the system then chooses. */
  readonly bounds: Rectangle | null;
  readonly isMaximized: boolean;
}

/** The memory, with how the window stands now in front. */
export function remember(memory: WindowMemory, now: KeptWindow, zoom: number): WindowMemory {
  const others = memory.windows.filter((kept) => kept.display !== now.display);
  return { windows: [now, ...others].slice(0, mostDisplays), zoom };
}

/**
 * Where the window opens: as it stood last on a display that is still there, else as it stood last at all, moved onto
 * the first display. It always lies within a display as a whole, so that none of it is out of reach.
 */
export function placeWindow(memory: WindowMemory, displays: readonly Display[]): WindowPlace {
  for (const kept of memory.windows) {
    const display = displays.find(({ id }) => id === kept.display);
    if (display !== undefined)
      return { bounds: fit(kept.bounds, display.workArea), isMaximized: kept.isMaximized };
  }
  const [last] = memory.windows;
  const [first] = displays;
  if (last === undefined || first === undefined) return { bounds: null, isMaximized: false };
  return { bounds: fit(last.bounds, first.workArea), isMaximized: last.isMaximized };
}

function fit(bounds: Rectangle, area: Rectangle): Rectangle {
  const width = Math.min(bounds.width, area.width);
  const height = Math.min(bounds.height, area.height);
  const x = Math.min(Math.max(bounds.x, area.x), area.x + area.width - width);
  const y = Math.min(Math.max(bounds.y, area.y), area.y + area.height - height);
  return { x, y, width, height };
}

/** Reads what was kept; null where it is damaged. */
export function parseWindowMemory(text: string): WindowMemory | null {
  try {
    const parsed = windowMemorySchema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    // Cut or changed by hand: the window then opens as on the first day.
    return null;
  }
}
