import type { SlotConfig } from '../../shared/config/crates';

/** Variables of the panel's own process that say nothing about the operator's scripts and would mislead them. */
const panelOnly = /^(ELECTRON_|CHROME_|SMURF_PANEL_|VITE_|npm_|NODE_OPTIONS$|APPIMAGE$|APPDIR$|ARGV0$|OWD$)/;

/** The environment that scripts inherit: the operator's, less what only concerns the panel's own process. */
export function inheritedEnvironment(environment: NodeJS.ProcessEnv): Record<string, string> {
  const inherited: Record<string, string> = {};
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined && !panelOnly.test(name)) inherited[name] = value;
  }
  return inherited;
}

/**
 * The variables that a run of this slot carries beyond the inherited ones. The slot's own variables come last, since
 * an operator who sets `SMURFPUB_BACKEND` there means it.
 */
export function runEnvironment(slot: SlotConfig, listenerPort: number): Record<string, string> {
  return {
    SMURFPUB_ID: slot.id,
    SMURFPUB_BACKEND: 'udp',
    SMURFPUB_UDP_HOST: slot.udpHost,
    SMURFPUB_UDP_PORT: String(listenerPort),
    ...(slot.number === null ? {} : { SLOT: String(slot.number) }),
    ...slot.transport.env,
  };
}
