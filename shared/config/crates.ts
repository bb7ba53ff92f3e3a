import { z } from 'zod';
import { assertNever } from '../assert-never';
import type { RunRetention } from '../domain/history';
import { slotIdSchema } from '../domain/ids';
import { tuneSquidsTask, type CratesFile } from './crates-file';

const scriptFields = {
  python: z.string(),
  cwd: z.string().nullable(),
  env: z.record(z.string(), z.string()),
};
const containerFields = {
  ...scriptFields,
  program: z.string(),
  user: z.string().nullable(),
  runs: z.string(),
};

/** How the panel reaches the machine where a slot's scripts run. */
export const transportConfigSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('local'), ...scriptFields }),
  z.object({ kind: z.literal('docker'), container: z.string(), ...containerFields }),
  z.object({
    kind: z.literal('compose'),
    service: z.string(),
    file: z.string().nullable(),
    project: z.string().nullable(),
    ...containerFields,
  }),
  z.object({ kind: z.literal('ssh'), host: z.string(), runs: z.string(), ...scriptFields }),
]);
export type TransportConfig = z.infer<typeof transportConfigSchema>;

/** The relay of a slot: off, or on and handing messages on to the site's monitor. */
export const relayConfigSchema = z
  .object({ forward: z.object({ host: z.string(), port: z.number().int() }).nullable() })
  .nullable();
export type RelayConfig = z.infer<typeof relayConfigSchema>;

/** A named preset over a run. */
export const taskConfigSchema = z.object({ name: z.string(), script: z.string(), args: z.array(z.string()) });
export type TaskConfig = z.infer<typeof taskConfigSchema>;

/** One slot as configured. */
export const slotConfigSchema = z.object({
  id: slotIdSchema,
  crate: z.string(),
  /** The slot's number in its crate; null for a crate without slots. */
  number: z.number().nullable(),
  /** Other publisher ids that are this slot's. */
  aliases: z.array(z.string()),
  /** `SMURFPUB_UDP_HOST` as the script sees the listener. */
  udpHost: z.string(),
  transport: transportConfigSchema,
  /** Null where messages come to the panel's listener straight from the script. */
  relay: relayConfigSchema,
  /** Folders whose scripts the catalogue lists. */
  scripts: z.array(z.string()),
  tasks: z.array(taskConfigSchema),
  paths: z.array(z.object({ from: z.string(), to: z.string() })),
  /** Seconds of grace after SIGINT and after SIGTERM before the next stage. */
  abort: z.object({ interrupt: z.number(), terminate: z.number() }),
});
export type SlotConfig = z.infer<typeof slotConfigSchema>;

/** A crate and its slots. */
export const crateConfigSchema = z.object({ name: z.string(), slots: z.array(slotConfigSchema) });
export type CrateConfig = z.infer<typeof crateConfigSchema>;

/** The configuration in force. */
export interface PanelConfig {
  /** What the place is called; null where the file does not say. */
  readonly site: string | null;
  readonly listener: { readonly host: string; readonly port: number };
  /** `messages` is how many published messages are kept; null keeps all. */
  readonly retention: { readonly messages: number | null; readonly runs: RunRetention };
  /** `feed` is the address under which the files of `npm run dist` are served; null for none. */
  readonly updates: { readonly feed: string | null };
  readonly crates: readonly CrateConfig[];
}

/** Turns the file's terms into the panel's, with the tasks that every slot has. */
export function resolveCrates(file: CratesFile): PanelConfig {
  return {
    site: file.site ?? null,
    listener: file.listener,
    retention: { messages: file.retention.messages, runs: resolveRetention(file.retention.runs) },
    updates: { feed: file.updates.feed ?? null },
    crates: file.crates.map((crate) => ({
      name: crate.name,
      slots:
        'slots' in crate
          ? crate.slots.map((slot) => resolveSlot(crate.name, slot.slot, slot))
          : [resolveSlot(crate.name, null, crate)],
    })),
  };
}

function resolveRetention(runs: CratesFile['retention']['runs']): RunRetention {
  return {
    days: runs.days ?? null,
    count: runs.count ?? null,
    gigabytes: runs.gigabytes ?? null,
    includeMarked: runs['include-marked'] ?? false,
  };
}

type CrateEntry = CratesFile['crates'][number];
type SlotEntry = Exclude<CrateEntry, { slots: unknown }>;

function resolveSlot(crate: string, number: number | null, slot: Omit<SlotEntry, 'name'>): SlotConfig {
  const { transport, tasks } = slot;
  const hasTuneSquids = tasks.some((task) => task.name === tuneSquidsTask.name);
  return {
    id: slot['publisher-id'],
    crate,
    number,
    aliases: slot.aliases,
    udpHost: slot['udp-host'],
    transport: resolveTransport(transport),
    relay: resolveRelay(slot.relay ?? transport.kind !== 'local'),
    scripts: slot.scripts,
    tasks: hasTuneSquids ? tasks : [tuneSquidsTask, ...tasks],
    paths: slot.paths,
    abort: slot.abort,
  };
}

function resolveTransport(transport: SlotEntry['transport']): TransportConfig {
  const cwd = transport.cwd ?? null;
  switch (transport.kind) {
    case 'local':
    case 'ssh':
      return { ...transport, cwd };
    case 'docker':
      return { ...transport, cwd, user: transport.user ?? null };
    case 'compose':
      return {
        ...transport,
        cwd,
        user: transport.user ?? null,
        file: transport.file ?? null,
        project: transport.project ?? null,
      };
    default:
      return assertNever(transport);
  }
}

function resolveRelay(relay: NonNullable<SlotEntry['relay']>): RelayConfig {
  if (relay === false) return null;
  return { forward: relay === true ? null : relay.forward };
}

/** Where a transport's scripts run, in words. */
export function describeTransport(transport: TransportConfig): string {
  switch (transport.kind) {
    case 'local':
      return 'this machine';
    case 'docker':
      return `container ${transport.container}`;
    case 'compose':
      return `service ${transport.service}`;
    case 'ssh':
      return transport.host;
    default:
      return assertNever(transport);
  }
}
