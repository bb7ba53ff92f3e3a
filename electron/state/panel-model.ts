import { noAlarms, type AlarmStatus } from '../../shared/domain/alarm';
import type { CrateConfig, PanelConfig, SlotConfig } from '../../shared/config/crates';
import type { BarProgress } from '../../shared/domain/bar-progress';
import type { ControlsLock } from '../../shared/domain/controls-lock';
import { diskNotMeasured, type DiskStatus } from '../../shared/domain/disk';
import type { RunId, SlotId } from '../../shared/domain/ids';
import type { ListenerStatus, UnmatchedPublisher } from '../../shared/domain/listener';
import { emptyQueueStatus, type QueueStatus } from '../../shared/domain/queue';
import { orphanSlot } from './orphan-slot';
import { comesAfter } from './run-change';
import type { UpdateState } from '../../shared/domain/update';
import { defaultPreferences, type Preferences } from '../../shared/domain/preferences';
import { isActive, type Run } from '../../shared/domain/run';
import type {
  ConfigStatus,
  Notice,
  PanelFacts,
  PanelState,
  QuitRequest,
  RecordingStatus,
  SlotStatus,
} from '../../shared/ipc/state';

/** What the publishers say of a slot, read at the moment it is shown. */
export interface Traffic {
  status(): ListenerStatus;
  unmatched(): UnmatchedPublisher[];
  slotTraffic(slot: SlotId): Omit<SlotStatus, 'slot' | 'run' | 'files' | 'bar' | 'said'>;
}

/** What the runs' scripts say of themselves, read at the moment it is shown. */
export interface Speech {
  said(run: RunId): string | null;
}

/** The first line of a text, as much of it as a slot's line has room for; null where there is nothing in it. */
function firstWords(text: string): string | null {
  const words = /^\s*([^\r\n]{0,120})/.exec(text)?.[1]?.trimEnd() ?? '';
  return words === '' ? null : words;
}

/** More notices than an operator would read; the oldest go first, and the journal keeps them all. */
const mostNotices = 50;

/** The state that the window shows, put together from those who own its parts. */
export class PanelModel {
  private crates: readonly CrateConfig[] = [];
  private config: ConfigStatus;
  private site: string | null = null;
  private recording: RecordingStatus = { state: 'recording', message: null, dropped: 0 };
  private disk: DiskStatus = diskNotMeasured;
  private update: UpdateState = { state: 'idle' };
  private notices: Notice[] = [];
  private nextNotice = 1;
  private quitRequested: QuitRequest | null = null;
  private alarms: AlarmStatus = noAlarms;
  private preferences: Preferences = defaultPreferences;
  private lock: ControlsLock | null = null;
  private goTo: PanelState['goTo'] = null;
  private nextGoTo = 1;
  /** Progress bars of active runs, by their slots. */
  private readonly bars = new Map<SlotId, { run: RunId; bar: BarProgress }>();
  private queue: QueueStatus = emptyQueueStatus;
  private readonly newestRuns = new Map<SlotId, Run>();
  private readonly registrations = new Map<SlotId, number>();

  constructor(
    private readonly facts: PanelFacts,
    private readonly traffic: Traffic,
    private readonly speech: Speech,
    private readonly now: () => number,
    configPath: string,
  ) {
    this.config = { path: configPath, source: 'demo', problems: [] };
  }

  setConfig(config: PanelConfig, status: ConfigStatus): void {
    this.crates = config.crates;
    this.site = config.site;
    this.config = status;
  }

  setConfigStatus(status: ConfigStatus): void {
    this.config = status;
  }

  setRecording(recording: RecordingStatus): void {
    this.recording = recording;
  }

  setDisk(disk: DiskStatus): void {
    this.disk = disk;
  }

  setUpdate(update: UpdateState): void {
    this.update = update;
  }

  setQuitRequested(request: QuitRequest | null): void {
    this.quitRequested = request;
  }

  setAlarms(alarms: AlarmStatus): void {
    this.alarms = alarms;
  }

  setQueue(queue: QueueStatus): void {
    this.queue = queue;
  }

  setPreferences(preferences: Preferences): void {
    this.preferences = preferences;
  }

  setLock(lock: ControlsLock | null): void {
    this.lock = lock;
  }

  /** The window is to open a slot's page, once. */
  leadTo(slot: SlotId): void {
    this.goTo = { id: this.nextGoTo, slot };
    this.nextGoTo += 1;
  }

  /** The window has gone there. */
  arrived(id: number): void {
    if (this.goTo?.id === id) this.goTo = null;
  }

  /** A run has changed. The slot shows its active run or else its newest; an older one does not push it away. */
  setRun(run: Run): void {
    const shown = this.newestRuns.get(run.slot);
    if (!isActive(run) && this.bars.get(run.slot)?.run === run.id) this.bars.delete(run.slot);
    if (shown === undefined || shown.id === run.id || comesAfter(run, shown)) {
      this.newestRuns.set(run.slot, run);
    }
  }

  /** A file of the slot was registered, or registered again. */
  fileRegistered(slot: SlotId): void {
    this.registrations.set(slot, (this.registrations.get(slot) ?? 0) + 1);
  }

  /** The newest progress bar that an active run drew. It goes when the run ends. */
  setBar(run: Pick<Run, 'id' | 'slot'>, bar: BarProgress): void {
    this.bars.set(run.slot, { run: run.id, bar });
  }

  notify(severity: Notice['severity'], message: string): void {
    const notice = { id: this.nextNotice, at: this.now(), severity, message };
    this.nextNotice += 1;
    this.notices = [...this.notices, notice].slice(-mostNotices);
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }

  /** A slot as configured; null for one that no crate has. */
  slot(id: SlotId): SlotConfig | null {
    return this.slots().find((slot) => slot.id === id) ?? null;
  }

  slots(): SlotConfig[] {
    return this.crates.flatMap((crate) => crate.slots);
  }

  /** The crates, and what still lives on slots that were taken out of them: that must stay in sight and in reach. */
  private shownCrates(): CrateConfig[] {
    const former = [...this.newestRuns.values()].filter(
      (run) => (isActive(run) || run.survivors.length > 0) && this.slot(run.slot) === null,
    );
    if (former.length === 0) return [...this.crates];
    const slots = former.map((run) => ({ ...orphanSlot(run), crate: formerCrate }));
    return [...this.crates, { name: formerCrate, slots }];
  }

  slotStatus(slot: SlotId): SlotStatus {
    const { messages, perSecond, lastMessageAt, lost, oversize } = this.traffic.slotTraffic(slot);
    const run = this.newestRuns.get(slot) ?? null;
    const drawn = this.bars.get(slot);
    const active = run !== null && isActive(run) && run.phase !== 'settling' ? run : null;
    const isOfRun = active !== null && drawn?.run === active.id;
    const said = active === null ? null : this.speech.said(active.id);
    return {
      slot,
      run,
      bar: isOfRun ? (drawn?.bar ?? null) : null,
      said: said === null ? null : firstWords(said),
      messages,
      perSecond,
      lastMessageAt,
      lost,
      oversize,
      files: this.registrations.get(slot) ?? 0,
    };
  }

  state(): PanelState {
    const crates = this.shownCrates();
    return {
      facts: this.facts,
      config: this.config,
      site: this.site,
      crates,
      slots: Object.fromEntries(
        crates.flatMap((crate) => crate.slots).map(({ id }) => [id, this.slotStatus(id)]),
      ),
      listener: this.traffic.status(),
      unmatched: this.traffic.unmatched(),
      recording: this.recording,
      disk: this.disk,
      update: this.update,
      notices: this.notices,
      quitRequested: this.quitRequested,
      alarms: this.alarms,
      queue: this.queue,
      preferences: this.preferences,
      lock: this.lock,
      goTo: this.goTo,
    };
  }
}

/** The name under which slots are shown that are configured no more and still have something alive. */
const formerCrate = 'not in crates.yaml';
