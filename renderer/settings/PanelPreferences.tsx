import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import { z } from 'zod';
import { longestLockAfter, type PreferenceChanges } from '../../shared/domain/preferences';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { FieldRow, FieldSection } from './FieldSection';

/** The key under which the form shows these. */
export const preferencesKey = 'preferences';

const notifyOfSchema = z.enum(['all-ends', 'failures', 'never']);

/** What operators choose about this panel. It is no part of the crates file, and holds at once. */
export function PanelPreferences(): ReactElement {
  const { notifyOf, notifySound, lockAfter } = usePanel((state) => state.preferences);
  return (
    <>
      <FieldSection
        title="Notifications"
        hint="Shown by the desktop while this window is not in front. These choices hold at once, without Save."
      >
        <FieldRow shape="halves">
          <NativeSelect
            label="Tell when"
            value={notifyOf}
            data={[
              { value: 'all-ends', label: 'a run ends, or an alarm is raised' },
              { value: 'failures', label: 'a run fails or is lost, or an alarm is raised' },
              { value: 'never', label: 'never' },
            ]}
            onChange={(event) => change({ notifyOf: notifyOfSchema.parse(event.currentTarget.value) })}
          />
        </FieldRow>
        <Checkbox
          size="xs"
          label="With the system’s sound"
          checked={notifySound}
          disabled={notifyOf === 'never'}
          onChange={(event) => change({ notifySound: event.currentTarget.checked })}
        />
      </FieldSection>
      <FieldSection
        title="Controls lock"
        hint="Locked, the window shows everything and changes nothing. The lock in the top bar locks at once."
      >
        <FieldRow shape="halves">
          <LockAfter key={lockAfter} minutes={lockAfter} />
        </FieldRow>
      </FieldSection>
    </>
  );
}

function LockAfter({ minutes }: { readonly minutes: number | null }): ReactElement {
  const [text, setText] = useState(minutes === null ? '' : String(minutes));
  const read = readMinutes(text);
  const commit = (): void => {
    if (read !== 'unfit' && read !== minutes) change({ lockAfter: read });
  };
  return (
    <TextInput
      label="Lock after minutes without input"
      placeholder="never"
      value={text}
      error={read === 'unfit' ? `Enter whole minutes from 1 to ${longestLockAfter}, or nothing` : null}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}

/** Minutes as an operator types them; null for never. */
export function readMinutes(text: string): number | null | 'unfit' {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const minutes = /^\d+$/.test(trimmed) ? Number(trimmed) : 0;
  return minutes >= 1 && minutes <= longestLockAfter ? minutes : 'unfit';
}

function change(changes: PreferenceChanges): void {
  const write = async (): Promise<void> => {
    const reply = await call('preferences.write', changes);
    if (!reply.ok) addNotice('error', reply.error.message);
  };
  write().catch(reportUnexpected('Changing a preference'));
}
