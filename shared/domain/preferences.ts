import { z } from 'zod';

/** The longest time without input after which the controls lock themselves, in minutes: a day. */
export const longestLockAfter = 1440;

const fields = {
  /** Which ends of runs are told by the desktop while the window is not in front. */
  notifyOf: z.enum(['all-ends', 'failures', 'never']),
  /** Whether a notification comes with a sound. */
  notifySound: z.boolean(),
  /** Minutes without input after which the controls lock themselves; null where they never do. */
  lockAfter: z.number().int().min(1).max(longestLockAfter).nullable(),
};

/**
 * What operators chose about this panel. A value that is missing or does not fit is its default, so that one of another
 * version of the panel spoils nothing; keys that this version does not know are kept.
 */
export const preferencesSchema = z.looseObject({
  notifyOf: fields.notifyOf.catch('all-ends'),
  notifySound: fields.notifySound.catch(false),
  lockAfter: fields.lockAfter.catch(null),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** Preferences to be changed; the others stay. */
export const preferenceChangesSchema = z.strictObject(fields).partial();
export type PreferenceChanges = z.infer<typeof preferenceChangesSchema>;

/** What holds until the operator chooses. */
export const defaultPreferences: Preferences = preferencesSchema.parse({});
