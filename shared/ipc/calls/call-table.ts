import type { z } from 'zod';

/** Calls by name: what each is asked with, and what it answers. */
export type CallTable = Record<string, { readonly request: z.ZodType; readonly response: z.ZodType }>;
