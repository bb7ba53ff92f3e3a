import type { Result } from '../../shared/result';
import type { PreferenceName } from '../store/preference-table';
import type { Json } from '../../shared/json';

/** Where choices are kept: the part of the store that the services of this room use. */
export interface KeptChoices {
  ask(name: 'readPreference', request: { name: PreferenceName }): Promise<Result<Json>>;
  ask(name: 'writePreference', request: { name: PreferenceName; value: Json }): Promise<Result<null>>;
}
