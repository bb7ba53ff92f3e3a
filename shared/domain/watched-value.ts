import { z } from 'zod';
import type { Json } from '../json';
import { isJsonObject } from '../json';
import { slotIdSchema } from './ids';

/** Characters of a register's path; longer ones are no register that a server has. */
export const longestRegisterPath = 1000;

/** A register's path as the server publishes it, for example `AMCc.FpgaTopLevel.AppTop.AppCore.enable`. */
export const registerPathSchema = z.string().min(1).max(longestRegisterPath);

/** The way into session data: keys of objects and positions in lists. */
export const sessionPathSchema = z
  .array(z.union([z.string().max(longestRegisterPath), z.number().int().min(0)]))
  .min(1)
  .max(64);
export type SessionPath = z.infer<typeof sessionPathSchema>;

/** One value that an operator chose to follow: a register of a slot, or a place in its session data. */
export const watchedValueSchema = z.discriminatedUnion('source', [
  z.strictObject({ source: z.literal('register'), slot: slotIdSchema, path: registerPathSchema }),
  z.strictObject({ source: z.literal('session'), slot: slotIdSchema, path: sessionPathSchema }),
]);
export type WatchedValue = z.infer<typeof watchedValueSchema>;

/** A text that two watched values share exactly when they are the same. */
export function watchedKey(watched: WatchedValue): string {
  return JSON.stringify([watched.source, watched.slot, watched.path]);
}

/** A watched value's path as screens show it: a register's own, or `noise.medians[0]` in session data. */
export function watchedPathText(watched: WatchedValue): string {
  return watched.source === 'register' ? watched.path : sessionPathText(watched.path);
}

/** A path into session data: `noise.medians[0]`; keys that are no plain words stand in brackets and quotes. */
export function sessionPathText(path: SessionPath): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(step)) return `${text}[${JSON.stringify(step)}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** What stands at a path in a value; undefined where it leads nowhere. */
export function valueAt(value: Json | undefined, path: SessionPath): Json | undefined {
  let found = value;
  for (const step of path) {
    if (typeof step === 'number') found = isList(found) ? found[step] : undefined;
    else found = isJsonObject(found) && Object.hasOwn(found, step) ? found[step] : undefined;
    if (found === undefined) return undefined;
  }
  return found;
}

/** The number that a value is on a chart and against a limit: itself, or 1 and 0 for true and false; else null. */
export function numberOf(value: Json | undefined): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'boolean' ? Number(value) : null;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}
