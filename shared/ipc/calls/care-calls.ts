import { z } from 'zod';
import { lockReasonSchema } from '../../domain/controls-lock';
import { preferenceChangesSchema, preferencesSchema } from '../../domain/preferences';
import type { CallTable } from './call-table';
import { nothing } from './nothing';

/** Preferences, the lock of the controls, and where a notification leads. */
export const careCalls = {
  'preferences.read': { request: nothing, response: preferencesSchema },
  'preferences.write': { request: preferenceChangesSchema, response: preferencesSchema },
  'controls.lock': { request: z.strictObject({ reason: lockReasonSchema }), response: nothing },
  'controls.unlock': { request: nothing, response: nothing },
  /** The window has gone where a notification led, so that it does not go there again. */
  'panel.arrived': { request: z.strictObject({ goTo: z.number().int() }), response: nothing },
} as const satisfies CallTable;
