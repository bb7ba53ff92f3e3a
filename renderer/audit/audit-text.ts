import type { AuditEntry } from '../../shared/domain/audit';
import { scriptName } from '../../shared/domain/run';
import { countOf, formatCount } from '../components/time-text';

/** What the panel keeps in its audit, in an operator's words. */
const actionWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'run.start': 'Started a run',
    'run.abort': 'Aborted a run',
    'run.give-up': 'Gave up on a run',
    'run.export': 'Exported a run',
    'run.note': 'Wrote a note on a run',
    'run.pin': 'Pinned a run',
    'run.unpin': 'Unpinned a run',
    'queue.add': 'Put a run into the queue',
    'queue.move': 'Moved a waiting run',
    'queue.remove': 'Took a run out of the queue',
    'queue.edit': 'Changed a waiting run',
    'queue.pause': 'Paused the queue',
    'queue.resume': 'Resumed the queue',
    'queue.skip': 'Skipped a waiting run',
    'queue.set-after-failure': 'Chose what the queue does after a failure',
    'queue.clear-finished': 'Cleared finished runs from the queue',
    'group.start': 'Started runs on many slots',
    'group.abort': 'Aborted runs on many slots',
    'log.save': 'Saved a log',
    'session.save': 'Saved session data',
    'history.save-list': 'Saved a list of runs',
    'audit.save': 'Saved the audit',
    'preset.save': 'Saved a preset',
    'preset.rename': 'Renamed a preset',
    'preset.delete': 'Deleted a preset',
    'alarm.add': 'Added an alarm',
    'alarm.change': 'Changed an alarm',
    'alarm.remove': 'Removed an alarm',
    'alarm.acknowledge': 'Acknowledged an alarm',
    'config.edit': 'Changed the configuration',
    'config.write': 'Wrote the configuration as text',
    'config.add-alias': 'Gave a slot another publisher id',
    'config.in-force': 'Another configuration came into force',
    'retention.apply': 'Removed old runs by hand',
    'retention.removed': 'Old runs were removed',
    'update.install': 'Installed an update',
    'panel.start': 'Started the panel',
    'panel.stop': 'Quit the panel',
    'panel.abort-all-and-quit': 'Aborted all runs and quit',
    'controls.lock': 'Locked the controls',
    'controls.unlock': 'Unlocked the controls',
    'preferences.write': 'Changed the preferences',
  }),
);

/** What was done in words; an action that this panel does not know is shown as it was kept. */
export function actionText(action: string): string {
  return actionWords.get(action) ?? action;
}

/** What is told of a deed, on one line; empty where nothing is. */
export function detailText({ action, detail }: Pick<AuditEntry, 'action' | 'detail'>): string {
  switch (action) {
    case 'run.start':
      return [scriptName(detail['script'] ?? ''), detail['outcome'] ?? '']
        .filter((part) => part !== '')
        .join(': ');
    case 'group.start': {
      const slots = (detail['slots'] ?? '').split(' ').filter((slot) => slot !== '');
      return `${scriptName(detail['script'] ?? '')} on ${countOf(slots.length, 'slot')}: ${detail['outcome'] ?? ''}`;
    }
    case 'run.note':
      return `${formatCount(Number(detail['characters'] ?? 0))} characters`;
    default:
      return Object.entries(detail)
        .map(([name, value]) => `${nameText(name)}: ${value}`)
        .join(', ');
  }
}

/** A name of a detail as words: `publisherId` is `publisher id`. */
export function nameText(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('-', ' ');
}
