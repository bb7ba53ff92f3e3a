import { z } from 'zod';
import { slotIdSchema } from '../domain/ids';
import { configIssues } from './config-issues';

/*
 * The schema of `crates.yaml`. Keys are in kebab-case, as in the field's own site files; every key but
 * `name` and `publisher-id` has a default. What comes out is the file as written plus defaults;
 * `resolveCrates` turns it into the panel's own terms.
 */

const seconds = z.number().min(0).max(3600);
const portSchema = z.number().int().min(0).max(65535);
const text = z.string().min(1).max(4096);

/** What every kind of transport has. */
const scriptFields = {
  /** Interpreter: a name looked up on PATH where the script runs, or a path there. */
  python: text.default('python3'),
  /** Working folder of the script; the user's home folder where it is left out. */
  cwd: text.optional(),
  /** Variables added to the environment that the script inherits. */
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'not a name of a variable'), z.string())
    .default({}),
};

/** This machine: the script runs as a child of the supervisor, as the user who runs the panel. */
const localTransportSchema = z.strictObject({ kind: z.literal('local'), ...scriptFields });

/** A name that a command line cannot take for an option. */
const target = text.regex(/^[^-\s]\S*$/, 'must not begin with a dash or hold spaces');

const containerFields = {
  ...scriptFields,
  /** The command line client: `docker`, `podman`, or a path. */
  program: target.default('docker'),
  /** User inside the container, name or number; the container's own where it is left out. */
  user: target.optional(),
  /** Folder inside the container that holds one folder per run. */
  runs: text.default('/tmp/smurf-panel/runs'),
};

/** A container that runs already. */
const dockerTransportSchema = z.strictObject({
  kind: z.literal('docker'),
  container: target,
  ...containerFields,
});

/** A service of a compose file whose container runs already. */
const composeTransportSchema = z.strictObject({
  kind: z.literal('compose'),
  service: target,
  /** The compose file; where it is left out, the client looks for it as it does. */
  file: text.optional(),
  project: target.optional(),
  ...containerFields,
});

/** Another machine, reached by the system's `ssh` with the operator's own configuration. */
const sshTransportSchema = z.strictObject({
  kind: z.literal('ssh'),
  host: target,
  ...scriptFields,
  /** Folder on that machine that holds one folder per run. */
  runs: text.default('~/.smurf-panel/runs'),
});

const transportSchema = z.discriminatedUnion(
  'kind',
  [localTransportSchema, dockerTransportSchema, composeTransportSchema, sshTransportSchema],
  {
    error: (issue) =>
      issue.code === 'invalid_union' ? 'has to be "local", "docker", "compose" or "ssh"' : undefined,
  },
);

/**
 * Whether the supervisor records published messages where the script runs, and the site's monitor that it hands them
 * on to. Left out, it does so wherever scripts run elsewhere.
 */
const relaySchema = z.union([
  z.boolean(),
  z.strictObject({ forward: z.strictObject({ host: text, port: portSchema.min(1) }) }),
]);

const taskSchema = z.strictObject({
  name: text,
  script: text,
  args: z.array(z.union([z.string(), z.number()]).transform(String)).default([]),
});

/** The task that every slot has from the start, as in the reference controller. */
export const tuneSquidsTask = {
  name: 'tune_squids',
  script: '/config/scripts/pysmurf/tune_squids.py',
  args: [],
};

const slotFields = {
  'publisher-id': slotIdSchema,
  aliases: z.array(text).default([]),
  'udp-host': text.default('127.0.0.1'),
  transport: transportSchema.default({ kind: 'local', python: 'python3', env: {} }),
  relay: relaySchema.optional(),
  scripts: z.array(text).default([]),
  tasks: z.array(taskSchema).default([]),
  paths: z.array(z.strictObject({ from: text, to: text })).default([]),
  abort: z
    .strictObject({ interrupt: seconds.default(5), terminate: seconds.default(5) })
    .default({ interrupt: 5, terminate: 5 }),
};

const slotSchema = z.strictObject({ slot: z.number().int().min(0).max(99), ...slotFields });

const crateWithSlotsSchema = z.strictObject({ name: text, slots: z.array(slotSchema).min(1) });
const crateWithoutSlotsSchema = z.strictObject({ name: text, ...slotFields });

const crateSchema = z.unknown().transform((value, context) => {
  const hasSlots = typeof value === 'object' && value !== null && 'slots' in value;
  const parsed = hasSlots ? crateWithSlotsSchema.safeParse(value) : crateWithoutSlotsSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message, at } of configIssues(parsed.error.issues, value, ['crates'])) {
    context.addIssue({ code: 'custom', path: [...path], message, params: { at } });
  }
  return z.NEVER;
});

const retentionSchema = z.strictObject({
  /** How many published messages are kept on disk; the oldest go first. */
  messages: z.number().int().min(1000).default(5_000_000),
  /** Which runs are kept; every limit that is left out is none. */
  runs: z
    .strictObject({
      days: z.number().min(1).max(36_500).optional(),
      count: z.number().int().min(1).optional(),
      gigabytes: z.number().min(0.001).optional(),
      /** Whether runs with a note or a pin go too. */
      'include-marked': z.boolean().optional(),
    })
    .default({}),
});

/** The whole of `crates.yaml`. */
export const cratesFileSchema = z
  .strictObject({
    /** What the workstation's operators call the place, to tell one panel from another. */
    site: text.max(60, 'must not be longer than 60 letters').optional(),
    listener: z
      .strictObject({ host: text.default('127.0.0.1'), port: portSchema.default(8200) })
      .default({ host: '127.0.0.1', port: 8200 }),
    retention: retentionSchema.default({ messages: 5_000_000, runs: {} }),
    /** Where newer versions of the panel are looked for, on request only. */
    updates: z
      .strictObject({
        feed: z
          .url({ protocol: /^https?$/, error: 'write a web address, https://…' })
          .refine(isSafeFeed, 'write an https address: whoever can change a feed can change the panel')
          .optional(),
      })
      .default({}),
    crates: z.array(crateSchema).min(1),
  })
  .superRefine((file, context) => {
    const owners = new Map<string, string>();
    const names = new Set<string>();
    for (const [crateIndex, crate] of file.crates.entries()) {
      const at = ['crates', crateIndex];
      if (names.has(crate.name)) {
        context.addIssue({
          code: 'custom',
          path: [...at, 'name'],
          message: `two crates are named "${crate.name}"`,
        });
      }
      names.add(crate.name);
      const slots =
        'slots' in crate
          ? crate.slots.map((slot, index) => ({ slot, path: [...at, 'slots', index] }))
          : [{ slot: crate, path: at }];
      for (const { slot, path } of slots) {
        const ids = [
          { id: slot['publisher-id'], path: [...path, 'publisher-id'] },
          ...slot.aliases.map((alias, index) => ({ id: alias, path: [...path, 'aliases', index] })),
        ];
        for (const entry of ids) {
          const owner = owners.get(entry.id);
          if (owner !== undefined) {
            context.addIssue({
              code: 'custom',
              path: entry.path,
              message: `"${entry.id}" already belongs to ${owner}; an id may name one slot only`,
            });
          }
          owners.set(entry.id, slot['publisher-id']);
        }
      }
    }
  });

/** `crates.yaml` after reading, with defaults filled in. */
export type CratesFile = z.infer<typeof cratesFileSchema>;

/** Checksums come from the feed itself: over plain http only this machine's own feed can be trusted. */
function isSafeFeed(feed: string): boolean {
  // Read as text: an address that is none was named already, and `URL` is not part of the language.
  return feed.startsWith('https://') || /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(feed);
}
