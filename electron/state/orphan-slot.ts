import type { SlotConfig } from '../../shared/config/crates';
import type { Run } from '../../shared/domain/run';

/** A stand-in for the slot of a run whose slot is not configured any more, so that the run can still be followed. */
export function orphanSlot(run: Pick<Run, 'slot' | 'crate'>): SlotConfig {
  return {
    id: run.slot,
    crate: run.crate,
    number: null,
    aliases: [],
    udpHost: '127.0.0.1',
    transport: { kind: 'local', python: 'python3', cwd: null, env: {} },
    scripts: [],
    tasks: [],
    relay: null,
    paths: [],
    abort: { interrupt: 5, terminate: 5 },
  };
}
