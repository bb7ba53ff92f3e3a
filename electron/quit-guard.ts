import type { Run } from '../shared/domain/run';
import type { QuitChoice } from '../shared/ipc/calls/panel-calls';
import type { QuitRequest } from '../shared/ipc/state';
import { assertNever } from '../shared/assert-never';

/** What the guard needs of the rest. */
export interface QuitGuardOptions {
  readonly activeRuns: () => Run[];
  readonly abortAll: () => Promise<void>;
  /** Shows the operator the question about these runs, or takes it away. */
  readonly ask: (request: QuitRequest | null) => void;
  /** Ends the program. */
  readonly quit: () => void;
}

/** Keeps the panel from closing over active runs before the operator has said what becomes of them. */
export class QuitGuard {
  private decided = false;
  private isAborting = false;
  /** How often the operator has chosen: an abort whose choice is not the last one any more ends nothing. */
  private choices = 0;

  constructor(private readonly options: QuitGuardOptions) {}

  /** Whether the window may close now; where not, the operator has been asked. */
  mayClose(): boolean {
    if (this.decided || this.options.activeRuns().length === 0) return true;
    this.ask();
    return false;
  }

  /** Quits, asking first where runs are active. */
  request(): void {
    if (this.mayClose()) this.options.quit();
  }

  /**
   * The operator has answered. Aborting waits until every run is over, for which the question stays; any later answer
   * takes its place.
   */
  async choose(choice: QuitChoice): Promise<void> {
    this.choices += 1;
    this.isAborting = false;
    switch (choice) {
      case 'cancel':
        this.options.ask(null);
        return;
      case 'leave-running':
        break;
      case 'abort':
        if (!(await this.abortAll())) return;
        break;
      default:
        assertNever(choice);
    }
    this.options.ask(null);
    this.decided = true;
    this.options.quit();
  }

  /** Whether the runs are over and quitting is still what the operator wants. */
  private async abortAll(): Promise<boolean> {
    const chosen = this.choices;
    this.isAborting = true;
    this.ask();
    try {
      await this.options.abortAll();
    } catch (error) {
      if (chosen === this.choices) {
        this.isAborting = false;
        this.ask();
      }
      throw error;
    }
    if (chosen !== this.choices) return false;
    this.isAborting = false;
    // What was begun meanwhile is not left without a word from the operator.
    return this.mayClose();
  }

  private ask(): void {
    const runs = this.options.activeRuns().map((run) => run.id);
    this.options.ask({ runs, isAborting: this.isAborting });
  }
}
