import { z } from 'zod';

/** Why the controls were locked: an operator did it, or nobody touched the panel for a while. */
export const lockReasonSchema = z.enum(['operator', 'idle']);
export type LockReason = z.infer<typeof lockReasonSchema>;

/** The controls are locked: nothing that changes anything works. `since` is Unix milliseconds. */
export const controlsLockSchema = z.object({ since: z.number(), by: z.string(), reason: lockReasonSchema });
export type ControlsLock = z.infer<typeof controlsLockSchema>;

/** The code of a refusal because the controls are locked. */
export const controlsLockedCode = 'controls-locked';

/** The sentence of such a refusal, by which the window knows a notice that is no news once they are unlocked. */
export const controlsLockedMessage = 'The controls are locked. Unlock them first.';
