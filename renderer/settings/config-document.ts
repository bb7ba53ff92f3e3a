import { z } from 'zod';

/*
 * `crates.yaml` as it is written, before defaults, read leniently: a value of the wrong kind is the validator's to
 * report, not a reason to refuse the form. `shared/config/crates-file.ts` says what is valid.
 */

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const text = scalar.transform((value) => String(value ?? ''));
const texts = z.array(text);

const slotShape = {
  slot: scalar.optional(),
  'publisher-id': scalar.optional(),
  aliases: texts.optional(),
  'udp-host': text.optional(),
  transport: z
    .looseObject({
      kind: scalar.optional(),
      python: text.optional(),
      cwd: text.optional(),
      env: z.record(z.string(), scalar).optional(),
      container: text.optional(),
      service: text.optional(),
      file: text.optional(),
      project: text.optional(),
      program: text.optional(),
      user: text.optional(),
      host: text.optional(),
      runs: text.optional(),
    })
    .optional(),
  relay: z
    .union([
      scalar,
      z.object({ forward: z.object({ host: text.optional(), port: scalar.optional() }).optional() }),
    ])
    .optional(),
  scripts: texts.optional(),
  tasks: z.array(z.object({ name: text, script: text, args: z.array(scalar).optional() })).optional(),
  paths: z.array(z.object({ from: text, to: text })).optional(),
  abort: z.object({ interrupt: scalar.optional(), terminate: scalar.optional() }).optional(),
};

const slotEntrySchema = z.object(slotShape);

/** A slot as the file has it. */
export type SlotEntry = z.infer<typeof slotEntrySchema>;

const crateEntrySchema = z.object({
  name: scalar.optional(),
  slots: z.array(slotEntrySchema).optional(),
  ...slotShape,
});

/** A crate as the file has it: with slots, or with a slot's fields on itself. */
export type CrateEntry = z.infer<typeof crateEntrySchema>;

/** The file as it is written. */
export const documentSchema = z.object({
  site: text.optional(),
  listener: z.object({ host: text.optional(), port: scalar.optional() }).optional(),
  updates: z.object({ feed: text.optional() }).optional(),
  retention: z
    .object({
      messages: scalar.optional(),
      runs: z
        .object({
          days: scalar.optional(),
          count: scalar.optional(),
          gigabytes: scalar.optional(),
          'include-marked': scalar.optional(),
        })
        .optional(),
    })
    .optional(),
  crates: z.array(crateEntrySchema),
});
