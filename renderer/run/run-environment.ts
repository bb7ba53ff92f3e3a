import type { SlotConfig } from '../../shared/config/crates';

/** A variable of a run's environment. */
export interface EnvironmentVariable {
  readonly name: string;
  readonly value: string;
}

/** The variables that a run of this slot gets beyond the inherited ones; the slot's own come last and win. */
export function runEnvironment(slot: SlotConfig, listenerPort: number): EnvironmentVariable[] {
  const variables = new Map([
    ['SMURFPUB_ID', String(slot.id)],
    ['SMURFPUB_BACKEND', 'udp'],
    ['SMURFPUB_UDP_HOST', slot.udpHost],
    ['SMURFPUB_UDP_PORT', String(listenerPort)],
  ]);
  if (slot.number !== null) variables.set('SLOT', String(slot.number));
  for (const [name, value] of Object.entries(slot.transport.env)) variables.set(name, value);
  return [...variables].map(([name, value]) => ({ name, value }));
}
