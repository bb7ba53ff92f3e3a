import { Checkbox, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import type { ConfigDraft } from './config-draft';
import { faultUnder, type ConfigFaults } from './config-faults';
import { FieldRow, FieldSection } from './FieldSection';
import { RetentionPreview } from './RetentionPreview';

interface RetentionFieldsProps {
  readonly draft: ConfigDraft;
  readonly faults: ConfigFaults;
  readonly onChange: (part: Partial<ConfigDraft>) => void;
}

/** How long runs are kept, and what these limits would remove. */
export function RetentionFields({ draft, faults, onChange }: RetentionFieldsProps): ReactElement {
  return (
    <FieldSection
      title="Runs kept"
      hint="Log, session data and files on this machine of runs beyond a limit are removed for good, the oldest first. Left empty, all are kept. An active run, one with processes alive, and the newest of each slot always stay."
    >
      <FieldRow shape="short">
        <TextInput
          label="Days"
          placeholder="no limit"
          value={draft.keptDays}
          error={faultUnder(faults, 'retention.runs.days')}
          onChange={(event) => onChange({ keptDays: event.currentTarget.value })}
        />
        <TextInput
          label="Runs"
          placeholder="no limit"
          value={draft.keptRuns}
          error={faultUnder(faults, 'retention.runs.count')}
          onChange={(event) => onChange({ keptRuns: event.currentTarget.value })}
        />
        <TextInput
          label="Run folders, GB"
          placeholder="no limit"
          value={draft.keptGigabytes}
          error={faultUnder(faults, 'retention.runs.gigabytes')}
          onChange={(event) => onChange({ keptGigabytes: event.currentTarget.value })}
        />
      </FieldRow>
      <Checkbox
        size="xs"
        label="Also remove runs with a note or a pin"
        checked={draft.includeMarked}
        onChange={(event) => onChange({ includeMarked: event.currentTarget.checked })}
      />
      <RetentionPreview draft={draft} />
    </FieldSection>
  );
}
