import type { BrowserWindow } from 'electron';
import { attentionOfAlarm, attentionOfRun, RunEnds, type Attention } from './care/attention';
import type { CareServices } from './care/care-services';
import { ControlsLocking } from './care/controls-locking';
import { PreferenceService } from './care/preference-service';
import type { Batcher } from './ipc/batcher';
import { Notifications } from './notifications';
import type { PanelEvents } from './state/panel-events';
import type { PanelModel } from './state/panel-model';
import type { Store } from './store/store';

/** What care needs of the panel. */
export interface CareOptions {
  readonly store: Store;
  readonly model: PanelModel;
  readonly batcher: Batcher;
  readonly events: PanelEvents;
  readonly actor: string;
  readonly window: () => BrowserWindow | null;
  readonly notify: (severity: 'warning', message: string) => void;
}

/** Care of a panel that is left running: what it needs to be opened with the services and closed with them. */
export interface Care extends CareServices {
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Makes preferences, the lock of the controls and the desktop's notifications, and has them hear what happens. */
export function makeCare({ store, model, batcher, events, actor, window, notify }: CareOptions): Care {
  const preferences = new PreferenceService({
    store,
    onChange: (chosen) => {
      model.setPreferences(chosen);
      batcher.markPart('preferences');
    },
  });
  const locking = new ControlsLocking({
    store,
    actor,
    now: () => Date.now(),
    onChange: (lock) => {
      model.setLock(lock);
      batcher.markPart('lock');
    },
    onWarning: (message) => notify('warning', message),
  });
  const notifications = new Notifications({
    window,
    hasSound: () => preferences.current.notifySound,
    onChosen: (slot) => {
      model.leadTo(slot);
      batcher.markPart('goTo');
    },
  });
  const tell = (attention: Attention | null): void => {
    if (attention !== null) notifications.show(attention);
  };
  const keepAnew = async (): Promise<void> => {
    const [kept] = await Promise.all([preferences.keepAnew(), locking.keepAnew()]);
    if (kept.ok) return;
    notify('warning', `A restart of the panel may not know what was chosen in it. ${kept.error.message}`);
  };
  const ends = new RunEnds();
  const stopListening = [
    events.run.listen((run) => {
      if (ends.take(run)) tell(attentionOfRun(run, preferences.current.notifyOf));
    }),
    events.alarm.listen((alarm) => tell(attentionOfAlarm(alarm, preferences.current.notifyOf))),
    events.databaseBegun.listen(() => {
      void keepAnew();
    }),
  ];
  return {
    preferences,
    locking,
    open: async () => {
      await Promise.all([locking.open(), preferences.open()]);
    },
    close: async () => {
      for (const stop of stopListening) stop();
      notifications.close();
    },
  };
}
