import { isJsonObject } from '../../shared/json';
import type { PublishedMessage } from './decode';

/** The message of one connection check, which may be there already. */
export interface ExpectedCheck {
  /** Whether it is there, or comes within `patience` milliseconds from now. */
  arrives(patience: number): Promise<boolean>;
  /** Nobody waits for it any more. */
  forget(): void;
}

/** The messages that connection checks publish, known by their tokens. */
export class ExpectedChecks {
  readonly #expected = new Map<string, () => void>();

  /** Expects the message with this token from now on. */
  expect(token: string): ExpectedCheck {
    let arrive: () => void = () => undefined;
    const arrived = new Promise<boolean>((resolve) => {
      arrive = () => resolve(true);
    });
    this.#expected.set(token, arrive);
    return {
      arrives: async (patience) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<boolean>((resolve) => {
          timer = setTimeout(() => resolve(false), patience);
        });
        const hasArrived = await Promise.race([arrived, late]);
        clearTimeout(timer);
        return hasArrived;
      },
      forget: () => this.#expected.delete(token),
    };
  }

  /** Takes the message of a check. */
  note({ payload }: PublishedMessage): void {
    const token = isJsonObject(payload) ? payload['token'] : undefined;
    if (typeof token === 'string') this.#expected.get(token)?.();
  }
}
