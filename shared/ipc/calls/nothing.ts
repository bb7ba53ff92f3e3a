import { z } from 'zod';

/** The request, or the response, of a call that carries none. */
export const nothing = z.strictObject({});
