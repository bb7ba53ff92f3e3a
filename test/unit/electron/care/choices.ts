import { join } from 'node:path';
import type { KeptChoices } from '../../../../electron/care/kept-choices';
import type { PanelDatabase } from '../../../../electron/store/database';
import type { PreferenceName } from '../../../../electron/store/preference-table';
import { failure, success } from '../../../../shared/result';
import type { Json } from '../../../../shared/json';
import { openDatabase } from '../store/fixtures';
import { temporaryFolder } from '../store/support';

/** A real database, reached as the services reach it, that can be told to fail as one on a full disk does. */
export class Choices {
  readonly database: PanelDatabase = openDatabase(join(temporaryFolder(), 'panel.sqlite'));
  isBroken = false;
  readonly store: KeptChoices;

  constructor() {
    const ask = async (name: string, request: { name: PreferenceName; value?: Json }) => {
      if (this.isBroken) return failure('store-full', 'The disk is full.');
      return success(
        name === 'readPreference'
          ? this.database.preferences.read(request.name)
          : this.database.preferences.write(request.name, request.value ?? null),
      );
    };
    this.store = { ask: ask as KeptChoices['ask'] };
  }
}
