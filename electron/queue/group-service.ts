import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { argumentsForSlot } from '../../shared/domain/group-arguments';
import type { SlotId } from '../../shared/domain/ids';
import {
  groupIdSchema,
  queueEntryIdSchema,
  summariseGroup,
  type GroupId,
  type GroupSummary,
  type QueueEntry,
  type SlotGroup,
} from '../../shared/domain/queue';
import { scriptName, type AbortStage, type Run } from '../../shared/domain/run';
import type { SlotConfig } from '../../shared/config/crates';
import type { groupCalls, MemberCheck, MemberObstacle } from '../../shared/ipc/calls/group-calls';
import { failure, success, type Result } from '../../shared/result';
import type { RunService } from '../run/run-service';
import type { GroupWithMembers } from '../store/queue-table';
import { newEntry } from './new-entry';
import { addEntries, stopGroup } from './queue-changes';
import type { QueueService } from './queue-service';
import { membersOf, withGroup, type Queue } from './queue-state';

/** What groups need of the rest of the panel. */
export interface GroupServiceOptions {
  readonly queue: QueueService;
  readonly runs: Pick<RunService, 'abort' | 'activeRun'>;
  readonly slot: (id: SlotId) => SlotConfig | null;
  /** The script that is meant on a slot, or why it cannot be run there. */
  readonly findScript: (slot: SlotConfig, script: string) => Promise<Result<string>>;
  readonly readGroup: (group: GroupId) => Promise<Result<GroupWithMembers | null>>;
  readonly now: () => number;
}

export type GroupWish = z.output<(typeof groupCalls)['group.start']['request']>;

/** How many slots are looked at at once: each may take a process or a connection. */
const checkedAtOnce = 8;
/** How many sentences a refusal names before it only counts. */
const mostNamed = 3;

/** One member as it would be started. */
interface PlannedMember extends MemberCheck {
  readonly args: readonly string[];
}

/** Groups: one script on several slots. Their members are entries of the queue, which starts them. */
export class GroupService {
  readonly #options: GroupServiceOptions;

  constructor(options: GroupServiceOptions) {
    this.#options = options;
  }

  /** What would be run on each slot, and what stands against it. In the order of `slots`. */
  async check(slots: readonly SlotId[], script: string, args: readonly string[]): Promise<PlannedMember[]> {
    const planned: PlannedMember[] = [];
    for (let at = 0; at < slots.length; at += checkedAtOnce) {
      const some = slots.slice(at, at + checkedAtOnce);
      planned.push(...(await Promise.all(some.map((slot) => this.#plan(slot, script, args)))));
    }
    return planned;
  }

  /** Starts a group, or puts it in the queue. Nothing is started where any slot refuses. */
  async start(wish: GroupWish): Promise<Result<GroupId>> {
    const members = await this.check(wish.slots, wish.script, wish.args);
    const refused = members
      .flatMap(({ obstacle }) => obstacle ?? [])
      .filter((obstacle) => refuses(obstacle, wish));
    if (refused.length > 0) return failure('group-refused', `Nothing was started. ${sentences(refused)}`);
    const { now, queue } = this.#options;
    const id = groupIdSchema.parse(`group-${randomUUID()}`);
    const { script, args, mode, settle, onFailure, isImmediate, log, task } = wish;
    const group: SlotGroup = {
      id,
      script,
      args,
      addedAt: now(),
      mode,
      settle,
      onFailure,
      isImmediate,
      isHeld: false,
      stopped: null,
    };
    const entries = members.map((member) =>
      newEntry(
        queueEntryIdSchema.parse(`entry-${randomUUID()}`),
        { slot: member.slot, script: member.script ?? script, args: member.args, log, task },
        id,
        group.addedAt,
      ),
    );
    const add = (held: Queue): Result<Queue> =>
      addEntries(withGroup(held, group), entries, isImmediate ? 'first' : 'last');
    const added = await queue.change(add);
    return added.ok ? success(id) : added;
  }

  /**
   * Skips what has not started and aborts what runs, or goes ahead to a stage. Members that cannot be reached are
   * named; the others are aborted all the same.
   */
  async abort(id: GroupId, stage: AbortStage): Promise<Result<null>> {
    const { queue, runs } = this.#options;
    if (!queue.queue.groups.has(id)) return failure('group-over', 'This group is over: nothing of it runs.');
    const stopped = await queue.change((held) =>
      success(stopGroup(held, id, 'The group was aborted by the operator.')),
    );
    const running = membersOf(queue.queue, id).flatMap((entry) => entry.run ?? []);
    const aborted = await Promise.all(running.map((run) => runs.abort(run, stage)));
    if (!stopped.ok) return stopped;
    const faults = aborted.flatMap((result) =>
      result.ok || result.error.code === 'run-over' ? [] : result.error,
    );
    return faults.length === 0 ? success(null) : failure('group-abort', sentences(faults));
  }

  /** A group and its members, also one that is off the page. */
  async read(id: GroupId): Promise<Result<{ summary: GroupSummary; members: QueueEntry[] }>> {
    const { queue } = this.#options.queue;
    const held = queue.groups.get(id);
    const found =
      held === undefined
        ? await this.#options.readGroup(id)
        : success({ group: held, members: membersOf(queue, id) });
    if (!found.ok) return found;
    if (found.value === null) return failure('group-unknown', 'Nothing was kept of this group.');
    const { group, members } = found.value;
    return success({ summary: summariseGroup(group, members), members });
  }

  async #plan(id: SlotId, script: string, args: readonly string[]): Promise<PlannedMember> {
    const slot = this.#options.slot(id);
    const fault = (message: string, found: string | null = null): PlannedMember => ({
      slot: id,
      script: found,
      args: [],
      obstacle: { kind: 'fault', message },
    });
    if (slot === null) return fault(`No crate has the slot ${id}.`);
    const own = argumentsForSlot(args, slot);
    if (!own.ok) return fault(own.error.message);
    const found = await this.#options.findScript(slot, script);
    if (!found.ok) return fault(`${id}: ${found.error.message}`);
    return { slot: id, script: found.value, args: own.value, obstacle: this.#obstacle(id) };
  }

  #obstacle(id: SlotId): MemberObstacle | null {
    const busy: Run | null = this.#options.runs.activeRun(id);
    if (busy !== null) {
      return { kind: 'busy', message: `${id} is busy: ${scriptName(busy.script)} runs there.` };
    }
    return this.#options.queue.queue.pausedSlots.has(id)
      ? { kind: 'paused', message: `${id} is paused on the Queue page; it starts when you resume it.` }
      : null;
  }
}

function refuses({ kind }: MemberObstacle, { whenBusy }: GroupWish): boolean {
  return kind === 'fault' || (kind === 'busy' && whenBusy === 'refuse');
}

function sentences(faults: readonly { readonly message: string }[]): string {
  const named = faults.slice(0, mostNamed).map(({ message }) => message);
  const others = faults.length - named.length;
  return [...named, ...(others > 0 ? [`And ${others} more.`] : [])].join(' ');
}
