import { z } from 'zod';

/** What the socket is doing. `retryAt` is Unix milliseconds. */
export const listenerStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('starting') }),
  /** `receiveBuffer` is what the kernel granted, in bytes. */
  z.object({ state: z.literal('listening'), receiveBuffer: z.number() }),
  /** `holder` names the process that has the port, where the system tells. */
  z.object({ state: z.literal('port-in-use'), holder: z.string().nullable(), retryAt: z.number() }),
  z.object({ state: z.literal('failed'), message: z.string(), retryAt: z.number() }),
]);
export type ListenerState = z.infer<typeof listenerStateSchema>;

/** A datagram that could not be read as a message. `firstBytes` is printable text of its beginning. */
export const malformedSampleSchema = z.object({
  receivedAt: z.number(),
  sender: z.string(),
  length: z.number().int(),
  firstBytes: z.string(),
  reason: z.string(),
});
export type MalformedSample = z.infer<typeof malformedSampleSchema>;

/** The listener and the account of every datagram: `received = matched + unmatched + malformed`. */
export const listenerStatusSchema = z.object({
  host: z.string(),
  port: z.number().int(),
  socket: listenerStateSchema,
  received: z.number().int(),
  matched: z.number().int(),
  unmatched: z.number().int(),
  malformed: z.number().int(),
  /** Messages in the last full second. */
  perSecond: z.number(),
  /** Missing numbers in the streams' `seq_no`, and the publishers' own oversize drops. */
  lost: z.number().int(),
  oversize: z.number().int(),
  /** Datagrams that the kernel dropped because the buffer was full; null where the system does not tell. */
  kernelDrops: z.number().int().nullable(),
  /** The newest malformed datagrams, newest last. */
  malformedSamples: z.array(malformedSampleSchema),
});
export type ListenerStatus = z.infer<typeof listenerStatusSchema>;

/** A publisher whose id belongs to no slot. */
export const unmatchedPublisherSchema = z.object({
  publisherId: z.string(),
  messages: z.number().int(),
  lastAt: z.number(),
  sender: z.string(),
});
export type UnmatchedPublisher = z.infer<typeof unmatchedPublisherSchema>;
