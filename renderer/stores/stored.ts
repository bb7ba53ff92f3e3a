import type { z } from 'zod';

/** Reads what this window remembered under a name; `fallback` where there is nothing, or nothing that fits. */
export function readStored<Value>(name: string, schema: z.ZodType<Value>, fallback: Value): Value {
  const text = localStorage.getItem(storedName(name));
  if (text === null) return fallback;
  const parsed = schema.safeParse(parseOrNull(text));
  return parsed.success ? parsed.data : fallback;
}

/** Remembers a value under a name for the next time this window opens. */
export function writeStored(name: string, value: unknown): void {
  localStorage.setItem(storedName(name), JSON.stringify(value));
}

function storedName(name: string): string {
  return `smurf-panel.${name}`;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Written by an older version or by hand: the same as not there.
    return null;
  }
}
