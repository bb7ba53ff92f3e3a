import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { draftDefaults, type ConfigDraft } from './config-draft';
import { faultUnder, type ConfigFaults } from './config-faults';
import { FieldRow, FieldSection } from './FieldSection';
import { RetentionFields } from './RetentionFields';
import { changeDraft } from './settings-store';

interface PanelFieldsProps {
  readonly draft: ConfigDraft;
  readonly faults: ConfigFaults;
}

/** What concerns the whole panel: what it is called, where it listens and how much it keeps. */
export function PanelFields({ draft, faults }: PanelFieldsProps): ReactElement {
  const change = (part: Partial<ConfigDraft>): void => changeDraft((current) => ({ ...current, ...part }));
  return (
    <>
      <FieldSection title="Site" hint="Tells this panel from those of other workstations.">
        <FieldRow shape="halves">
          <TextInput
            label="Name of the site"
            description="Stands in the top bar and in the window’s title; empty for none"
            placeholder="none"
            value={draft.site}
            error={faultUnder(faults, 'site')}
            maxLength={60}
            onChange={(event) => change({ site: event.currentTarget.value })}
          />
        </FieldRow>
      </FieldSection>
      <FieldSection title="Listener" hint="Where publishers send their messages, by UDP.">
        <FieldRow shape="short-last">
          <TextInput
            label="Host"
            description="Use 127.0.0.1 for scripts on this machine, 0.0.0.0 for those on others"
            placeholder={draftDefaults.host}
            value={draft.host}
            error={faultUnder(faults, 'listener.host')}
            onChange={(event) => change({ host: event.currentTarget.value })}
          />
          <TextInput
            label="Port"
            placeholder={draftDefaults.port}
            value={draft.port}
            error={faultUnder(faults, 'listener.port')}
            onChange={(event) => change({ port: event.currentTarget.value })}
          />
        </FieldRow>
      </FieldSection>
      <FieldSection title="Storage" hint="Messages of publishers: the oldest go when there are more.">
        <FieldRow shape="short">
          <TextInput
            label="Messages kept"
            placeholder={draftDefaults.keptMessages}
            value={draft.keptMessages}
            error={faultUnder(faults, 'retention.messages')}
            onChange={(event) => change({ keptMessages: event.currentTarget.value })}
          />
        </FieldRow>
      </FieldSection>
      <RetentionFields draft={draft} faults={faults} onChange={change} />
      <FieldSection title="Updates" hint="Looked for in About, and only when asked.">
        <TextInput
          label="Feed"
          description="Web address of the folder that holds the lab’s packages; empty for none"
          placeholder="none"
          value={draft.updateFeed}
          error={faultUnder(faults, 'updates.feed')}
          spellCheck={false}
          onChange={(event) => change({ updateFeed: event.currentTarget.value })}
        />
      </FieldSection>
    </>
  );
}
