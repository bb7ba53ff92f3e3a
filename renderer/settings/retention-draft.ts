import type { RunRetention } from '../../shared/domain/history';
import type { RetentionPreview } from '../../shared/ipc/calls/retention-calls';
import { countOf, formatBytes, formatUtcDateTime } from '../components/time-text';
import type { ConfigDraft } from './config-draft';
import { numberOf } from './draft-document';

type RetentionDraft = Pick<ConfigDraft, 'keptDays' | 'keptRuns' | 'keptGigabytes' | 'includeMarked'>;

/** The retention that is typed; null where a value is no number that can hold. */
export function readRetention(draft: RetentionDraft): RunRetention | null {
  const days = limitOf(draft.keptDays);
  const count = limitOf(draft.keptRuns);
  const gigabytes = limitOf(draft.keptGigabytes);
  if (days === undefined || count === undefined || gigabytes === undefined) return null;
  if (count !== null && !Number.isInteger(count)) return null;
  return { days, count, gigabytes, includeMarked: draft.includeMarked };
}

/** Nothing is no limit; undefined is a fault. */
function limitOf(typed: string): number | null | undefined {
  const value = numberOf(typed);
  if (value === undefined) return null;
  return typeof value === 'number' && value > 0 ? value : undefined;
}

/** What would go, in sentences. */
export function previewText(preview: RetentionPreview): string {
  const { runs, ofRuns, folders, bytes, oldestKept } = preview;
  const kept =
    oldestKept === null
      ? ''
      : ` The oldest run that stays was asked for on ${formatUtcDateTime(oldestKept).slice(0, 16)} UTC.`;
  const goes =
    runs === 0
      ? `Nothing would go: all of ${countOf(ofRuns, 'run')} are within these limits, or stay.`
      : `${countOf(runs, 'run')} of ${countOf(ofRuns, 'run').replace(/ runs?$/, '')} would go now, with ${countOf(folders, 'folder')} of ${formatBytes(bytes)}.`;
  return `${goes}${kept}${staysText(preview)}`;
}

function staysText({ keptAlive, keptNewest, keptMarked }: RetentionPreview): string {
  const stays = [
    keptMarked === 0 ? [] : [`${keptMarked} with a note or a pin`],
    keptNewest === 0 ? [] : [`${keptNewest} newest of a slot`],
    keptAlive === 0 ? [] : [`${keptAlive} still alive`],
  ].flat();
  return stays.length === 0 ? '' : ` Beyond the limits but staying: ${stays.join(', ')}.`;
}
