import type { RunId } from '../shared/domain/ids';
import type { Run } from '../shared/domain/run';
import type { QuitChoice } from '../shared/ipc/calls/panel-calls';
import { assertNever } from '../shared/assert-never';

/** What the guard needs of the rest. */
export interface QuitGuardOptions {
  readonly activeRuns: () => Run[];
  readonly abortAll: () => Promise<void>;
  /** Shows the operator the question about these runs, or takes it away. */
  readonly ask: (runs: RunId[] | null) => void;
  /** Ends the program. */
  readonly quit: () => void;
}

/** Keeps the panel from closing over active runs before the operator has said what becomes of them. */
export class QuitGuard {
  private decided = false;

  constructor(private readonly options: QuitGuardOptions) {}

  /** Whether the window may close now; where not, the operator has been asked. */
  mayClose(): boolean {
    const runs = this.options.activeRuns();
    if (this.decided || runs.length === 0) return true;
    this.options.ask(runs.map((run) => run.id));
    return false;
  }

  /** Quits, asking first where runs are active. */
  request(): void {
    if (this.mayClose()) this.options.quit();
  }

  /** The operator has answered. Aborting waits until every run is over. */
  async choose(choice: QuitChoice): Promise<void> {
    this.options.ask(null);
    switch (choice) {
      case 'cancel':
        return;
      case 'leave-running':
        break;
      case 'abort':
        await this.options.abortAll();
        break;
      default:
        assertNever(choice);
    }
    this.decided = true;
    this.options.quit();
  }
}
