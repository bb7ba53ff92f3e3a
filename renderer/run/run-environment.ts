import type { SlotConfig } from '../../shared/config/crates';

/** A variable of a run's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/** Stands for a value that only the supervisor knows, when it starts the script beside its relay. */
export const setBySupervisor = 'set by the supervisor';

/**
 * The variables that a run of this slot gets beyond the inherited ones. The slot's own come after ours and win; with a
 * relay the supervisor sets the way of the messages last of all.
 */
export function runEnvironment(slot: SlotConfig, listenerPort: number): EnvironmentVariable[] {
  const variables = new Map([
    ['SMURFPUB_ID', String(slot.id)],
    ['SMURFPUB_BACKEND', 'udp'],
    ['SMURFPUB_UDP_HOST', slot.udpHost],
    ['SMURFPUB_UDP_PORT', String(listenerPort)],
  ]);
  if (slot.number !== null) variables.set('SLOT', String(slot.number));
  for (const [name, value] of Object.entries(slot.transport.env)) variables.set(name, value);
  if (slot.relay !== null) {
    variables.set('SMURFPUB_UDP_HOST', setBySupervisor);
    variables.set('SMURFPUB_UDP_PORT', setBySupervisor);
  }
  return [...variables].map(([name, value]) => ({ name, value }));
}
