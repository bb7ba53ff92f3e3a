import type { SlotId } from '../../../../shared/domain/ids';
import { slotIdSchema } from '../../../../shared/domain/ids';
import type { WatchedValue } from '../../../../shared/domain/watched-value';
import { failure, type Result } from '../../../../shared/result';
import type { PanelDatabase } from '../../../../electron/store/database';
import type { StoreAnswer, StoreCall, StoreQuestionName } from '../../../../electron/store/protocol';
import { openDatabase } from '../store/fixtures';
import { answerValueCall } from '../../../../electron/store/value-answers';
import type { ValuesStore } from '../../../../electron/values/values-store';

export const slotA = slotIdSchema.parse('crate1slot2');
export const slotB = slotIdSchema.parse('crate1slot3');
export const start = Date.UTC(2026, 10, 23, 14, 0, 0);

export function register(path: string, slot: SlotId = slotA): WatchedValue {
  return { source: 'register', slot, path };
}

/** A real database, asked without a thread between; `isBroken` makes it answer as one that cannot be written. */
export class DirectStore implements ValuesStore {
  database: PanelDatabase;
  readonly asked: StoreQuestionName[] = [];
  isBroken = false;

  constructor(path: string) {
    this.database = openDatabase(path);
  }

  /** Goes on with another database, which holds nothing. */
  beginAnew(path: string): void {
    this.database.close();
    this.database = openDatabase(path);
  }

  ask: ValuesStore['ask'] = async (name, request) => {
    this.asked.push(name);
    // A thread between would copy what it is asked with.
    const call = { id: 1, name, request: structuredClone(request) } as unknown as StoreCall;
    const answer: Result<unknown> = this.isBroken
      ? failure('store-unavailable', 'The disk is full.')
      : answerValueCall(this.database.values, call as Parameters<typeof answerValueCall>[1]);
    return answer as unknown as StoreAnswer<typeof name>;
  };
}
