import type { SlotConfig, TransportConfig } from '../../../../shared/config/crates';
import { noAlarms } from '../../../../shared/domain/alarm';
import { makeRunId, slotIdSchema, type SlotId } from '../../../../shared/domain/ids';
import type { MessageRow } from '../../../../shared/domain/message';
import { emptyQueueStatus } from '../../../../shared/domain/queue';
import { defaultPreferences } from '../../../../shared/domain/preferences';
import type { Run } from '../../../../shared/domain/run';
import type { LogLine, LogWindow } from '../../../../shared/ipc/calls/log-calls';
import type { PanelState, SlotStatus } from '../../../../shared/ipc/state';
import { makeRun, makeSlotConfig } from '../../../fixtures/panel-state';

export const slotId: SlotId = slotIdSchema.parse('crate1slot3');

/** 2026-11-23 02:00:00 UTC. */
export const start = Date.UTC(2026, 10, 23, 2, 0, 0);

export const sampleSlot: SlotConfig = { ...makeSlotConfig(slotId), number: 3 };

/** Places where scripts run elsewhere. */
export const remotePlaces = {
  docker: {
    kind: 'docker',
    container: 'ocs-pysmurf-s2',
    program: 'docker',
    user: null,
    runs: '/tmp/smurf-panel/runs',
    python: 'python3',
    cwd: null,
    env: {},
  },
  ssh: { kind: 'ssh', host: 'smurf-srv27', runs: '~/r', python: 'python3', cwd: null, env: {} },
} as const satisfies Record<string, TransportConfig>;

/** A running run that has printed nothing, with the given changes. `order` makes its id, later for larger. */
export function sampleRun(change: Partial<Run> = {}, order = 0): Run {
  return makeRun({
    id: makeRunId(start + order * 1000, 'abcdef'),
    slot: slotId,
    script: '/config/scripts/take_iv.py',
    args: ['--bands', '0'],
    requestedAt: start,
    startedAt: start,
    ...change,
  });
}

export function sampleStatus(run: Run | null, messages = 0): SlotStatus {
  return {
    slot: slotId,
    run,
    lastMessageAt: null,
    messages,
    perSecond: 0,
    lost: 0,
    oversize: 0,
    files: 0,
    bar: null,
    said: null,
  };
}

export function sampleState(status: SlotStatus): PanelState {
  return {
    facts: {
      version: '0.1.0',
      electron: '45.4.1',
      electronSource: 'official',
      home: '/home/ocs/panel',
      platform: 'linux',
    },
    config: { path: '/home/ocs/panel/crates.yaml', source: 'demo', problems: [] },
    site: null,
    crates: [{ name: 'crate1', slots: [sampleSlot] }],
    slots: { [slotId]: status },
    listener: {
      host: '127.0.0.1',
      port: 8200,
      socket: { state: 'starting' },
      received: 0,
      matched: 0,
      unmatched: 0,
      malformed: 0,
      perSecond: 0,
      lost: 0,
      oversize: 0,
      kernelDrops: null,
      malformedSamples: [],
    },
    unmatched: [],
    recording: { state: 'recording', message: null, dropped: 0 },
    disk: { state: 'measured', level: 'ample', free: 412e9, total: 1e12 },
    update: { state: 'idle' },
    notices: [],
    quitRequested: null,
    alarms: noAlarms,
    queue: emptyQueueStatus,
    preferences: defaultPreferences,
    lock: null,
    goTo: null,
  };
}

export function sampleLine(index: number, change: Partial<LogLine> = {}): LogLine {
  return { index, text: `line ${index}`, stream: 1, time: start + index, omitted: 0, ...change };
}

/** What main answers for a window of a log that has `total` lines. */
export function sampleWindow(total: number, first: number, count: number): LogWindow {
  const end = Math.min(total, first + count);
  return {
    total,
    lines: Array.from({ length: Math.max(0, end - first) }, (_, offset) => sampleLine(first + offset)),
  };
}

export function sampleMessage(position: number, change: Partial<MessageRow> = {}): MessageRow {
  const payload = `{"step": ${position}}`;
  return {
    position,
    receivedAt: start + position,
    publishedAt: start + position - 2,
    publisherId: slotId,
    slot: slotId,
    run: null,
    msgtype: 'session_data',
    seqNo: position,
    payload,
    payloadLength: payload.length,
    ...change,
  };
}
