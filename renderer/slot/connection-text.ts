import { describeTransport, type TransportConfig } from '../../shared/config/crates';
import { isActive, runStateWord, type LostConnection, type Run } from '../../shared/domain/run';
import type { GlyphState } from '../components/StateGlyph';
import { formatElapsed, secondsUntil } from '../components/time-text';

/** The lost connection of a run that goes on without the panel; null where the panel is in touch, or the run is over. */
export function lostConnection(run: Run | null): LostConnection | null {
  return run !== null && isActive(run) ? run.connection : null;
}

/** The shape for a run: that of its state, or of a connection that is lost. */
export function runGlyph(run: Run): GlyphState {
  return lostConnection(run) === null ? runStateWord(run) : 'disconnected';
}

/** What stands in place of a run's state while the connection to it is lost. */
export function connectionLine(run: Pick<Run, 'phase'>): string {
  return run.phase === 'stopping' ? 'connection lost while stopping' : 'connection lost, run continues';
}

/** How long ago the connection was lost: `0:52`. */
export function lostForText(lost: LostConnection, now: number): string {
  return formatElapsed(now - lost.since);
}

/** When the connection is tried next: `Next try in 4 s.` */
export function nextTryText(lost: LostConnection, now: number): string {
  const seconds = lost.retryAt === null ? 0 : secondsUntil(lost.retryAt, now);
  return seconds === 0 ? 'Trying now.' : `Next try in ${seconds} s.`;
}

/** Where scripts run, as it follows a verb: `in container ocs-pysmurf-s2`, `on smurf-srv27`; null for this machine. */
export function placePhrase(transport: TransportConfig): string | null {
  if (transport.kind === 'local') return null;
  return `${transport.kind === 'ssh' ? 'on' : 'in'} ${describeTransport(transport)}`;
}
