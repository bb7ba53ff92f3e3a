import { z } from 'zod';
import type { Json } from '../json';
import { runIdSchema } from './ids';

/** JSON as parsed by main's decoder; checked there, passed on by structured clone, so only typed here. */
export const jsonSchema = z.custom<Json>((value) => value !== undefined);

/** One line of a session's messages. `time` is Unix milliseconds; `from` tells the panel's own lines apart. */
export const sessionMessageSchema = z.object({
  time: z.number(),
  text: z.string(),
  from: z.enum(['panel', 'script', 'warning']),
});
export type SessionMessage = z.infer<typeof sessionMessageSchema>;

/** The session of one run: data merged from `session_data`, messages in order. */
export const sessionSchema = z.object({
  run: runIdSchema,
  data: z.record(z.string(), jsonSchema),
  /** When each key of `data` was last set, Unix milliseconds. */
  changedAt: z.record(z.string(), z.number()),
  messages: z.array(sessionMessageSchema),
});
export type Session = z.infer<typeof sessionSchema>;
