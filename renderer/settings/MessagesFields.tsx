import { Radio, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { draftDefaults } from './config-draft';
import { FieldRow, FieldSection } from './FieldSection';
import classes from './FieldSection.module.css';
import { messagesSchema, recordsMessages } from './place-draft';
import { messagesChoices, messagesHint } from './place-text';
import type { SlotPartProps } from './PlaceFields';

/** How what a script publishes comes to the panel, and whether the site's monitor hears it too. */
export function MessagesFields({ slot, fault, onChange }: SlotPartProps): ReactElement {
  const isRecorded = recordsMessages(slot);
  return (
    <FieldSection title="Messages" hint={messagesHint(isRecorded)}>
      <Radio.Group
        aria-label="Messages"
        value={slot.messages}
        onChange={(value) => onChange({ messages: messagesSchema.parse(value) })}
      >
        <div className={classes.choices}>
          {messagesChoices(slot.kind).map((choice) => (
            <Radio key={choice.value} {...choice} />
          ))}
        </div>
      </Radio.Group>
      {slot.messages === 'recorded' ? (
        <FieldRow shape="short-last">
          <TextInput
            label="Hand on to host"
            description="The site’s pysmurf-monitor, reached from where scripts run; empty for none"
            placeholder="none"
            value={slot.forwardHost}
            error={fault('relay.forward.host')}
            onChange={(event) => onChange({ forwardHost: event.currentTarget.value })}
          />
          <TextInput
            label="Its port"
            value={slot.forwardPort}
            error={fault('relay.forward.port')}
            onChange={(event) => onChange({ forwardPort: event.currentTarget.value })}
          />
        </FieldRow>
      ) : null}
      <FieldRow shape="halves">
        <TextInput
          label="Listener’s host as the script sees it"
          description={isRecorded ? 'Not used while messages are recorded' : 'SMURFPUB_UDP_HOST'}
          placeholder={draftDefaults.udpHost}
          value={slot.udpHost}
          error={fault('udp-host')}
          onChange={(event) => onChange({ udpHost: event.currentTarget.value })}
        />
      </FieldRow>
    </FieldSection>
  );
}
