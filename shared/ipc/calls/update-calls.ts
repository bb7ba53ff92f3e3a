import { nothing } from './nothing';
import type { CallTable } from './call-table';

/** Newer versions of the panel. How each goes on shows in the panel's state. */
export const updateCalls = {
  'update.check': { request: nothing, response: nothing },
  'update.download': { request: nothing, response: nothing },
  /** Refused while a run is active. */
  'update.install': { request: nothing, response: nothing },
} as const satisfies CallTable;
