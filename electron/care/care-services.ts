import type { ControlsLocking } from './controls-locking';
import type { PreferenceService } from './preference-service';

/** What looks after the panel while it is left running: preferences and the lock of the controls. */
export interface CareServices {
  readonly preferences: PreferenceService;
  readonly locking: ControlsLocking;
}
