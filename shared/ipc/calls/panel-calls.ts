import { z } from 'zod';
import { panelStateSchema } from '../state';
import { nothing } from './nothing';
import type { CallTable } from './call-table';

/** What the operator said when asked about quitting while runs are active. */
export const quitChoiceSchema = z.enum(['leave-running', 'abort', 'cancel']);
export type QuitChoice = z.infer<typeof quitChoiceSchema>;

/** The window itself: its state, its batches, quitting. */
export const panelCalls = {
  /** The whole state, with the version it stands at. Starts the flow of batches anew. */
  'panel.snapshot': {
    request: nothing,
    response: z.object({ version: z.number().int(), state: panelStateSchema }),
  },
  /** The renderer has applied a batch and can take the next. */
  'panel.acknowledge': { request: z.strictObject({ version: z.number().int() }), response: nothing },
  'panel.quit': { request: z.strictObject({ choice: quitChoiceSchema }), response: nothing },
  /** Shows the window on the whole screen, or leaves that. */
  'panel.setFullScreen': { request: z.strictObject({ on: z.boolean() }), response: nothing },
  'panel.dismissNotice': { request: z.strictObject({ id: z.number().int() }), response: nothing },
} as const satisfies CallTable;
