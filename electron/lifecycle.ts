import type { Journal } from './journal/journal';

/** How long quitting waits for those who joined, in milliseconds. */
const deadline = 10_000;
/** How long each of those that come after the deadline still gets, in milliseconds. */
const lastChance = 1000;

interface Member {
  readonly name: string;
  readonly close: () => Promise<void>;
}

/** Quitting waits for everything that was opened, in the reverse order, up to a deadline. */
export class Lifecycle {
  private readonly members: Member[] = [];
  private closing: Promise<void> | null = null;

  constructor(private readonly journal: Journal) {}

  /** Joins: `close` is awaited before the program ends. */
  join(name: string, close: () => Promise<void>): void {
    this.members.unshift({ name, close });
  }

  get isClosing(): boolean {
    return this.closing !== null;
  }

  /** Closes everybody, once; resolves when all are closed or had their time. Past the deadline that time is short. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    const end = performance.now() + deadline;
    for (const member of this.members) {
      // In order: the store has to be the last, since the others still write to it while they close. Who is late must
      // not keep it from being closed.
      await this.closeWithin(member, Math.max(end - performance.now(), lastChance));
    }
  }

  private async closeWithin(member: Member, time: number): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), time);
    });
    try {
      if ((await Promise.race([member.close(), late])) === 'late') {
        this.journal.error(`${member.name} did not close in time`);
      }
    } catch (error) {
      this.journal.error(`${member.name} did not close well`, error);
    } finally {
      clearTimeout(timer);
    }
  }
}
