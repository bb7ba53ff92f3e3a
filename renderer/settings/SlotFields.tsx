import { TagsInput, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { ConnectionCheck } from './ConnectionCheck';
import { draftDefaults, type CrateDraft, type SlotDraft } from './config-draft';
import { faultUnder, type ConfigFaults } from './config-faults';
import { FieldRow, FieldSection } from './FieldSection';
import { MessagesFields } from './MessagesFields';
import { PlaceFields } from './PlaceFields';
import { RemoveButton } from './RemoveButton';
import { TaskRows } from './TaskRows';

interface SlotFieldsProps {
  readonly crate: CrateDraft;
  readonly slot: SlotDraft;
  readonly faults: ConfigFaults;
  /** The slot's place in the file, as faults name it. */
  readonly place: string;
  readonly onChange: (change: Partial<SlotDraft>) => void;
  readonly onRemove: () => void;
}

/** Everything that the file can say of a slot. */
export function SlotFields({
  crate,
  slot,
  faults,
  place,
  onChange,
  onRemove,
}: SlotFieldsProps): ReactElement {
  const fault = (field: string): string | null => faultUnder(faults, `${place}.${field}`);
  return (
    <>
      <FieldSection title={slot.publisherId || 'Slot'}>
        <FieldRow shape={crate.hasSlots ? 'short-first' : 'halves'}>
          {crate.hasSlots ? (
            <TextInput
              label="Slot number"
              value={slot.number}
              error={fault('slot')}
              onChange={(event) => onChange({ number: event.currentTarget.value })}
            />
          ) : null}
          <TextInput
            label="Publisher id"
            description="SMURFPUB_ID: the name that this slot’s scripts publish under"
            value={slot.publisherId}
            error={fault('publisher-id')}
            onChange={(event) => onChange({ publisherId: event.currentTarget.value })}
          />
        </FieldRow>
        <TagsInput
          label="Aliases"
          description="Other ids whose messages are this slot’s; press Enter after each"
          value={[...slot.aliases]}
          error={fault('aliases')}
          onChange={(aliases) => onChange({ aliases })}
        />
      </FieldSection>
      <PlaceFields slot={slot} fault={fault} onChange={onChange} />
      <MessagesFields slot={slot} fault={fault} onChange={onChange} />
      <ConnectionCheck publisherId={slot.publisherId} />
      <FieldSection title="Scripts and tasks">
        <TagsInput
          label="Script folders"
          description="Their scripts are offered on the Run tab; press Enter after each"
          value={[...slot.scripts]}
          error={fault('scripts')}
          onChange={(scripts) => onChange({ scripts })}
        />
        <TaskRows
          tasks={slot.tasks}
          fault={(at) => fault(`tasks.${at}`)}
          onChange={(tasks) => onChange({ tasks })}
        />
      </FieldSection>
      <FieldSection title="Abort" hint="How long a run may take to end before the next, harder signal.">
        <FieldRow shape="short">
          <TextInput
            label="Seconds after SIGINT"
            placeholder={draftDefaults.interrupt}
            value={slot.interrupt}
            error={fault('abort.interrupt')}
            onChange={(event) => onChange({ interrupt: event.currentTarget.value })}
          />
          <TextInput
            label="Seconds after SIGTERM"
            placeholder={draftDefaults.terminate}
            value={slot.terminate}
            error={fault('abort.terminate')}
            onChange={(event) => onChange({ terminate: event.currentTarget.value })}
          />
        </FieldRow>
      </FieldSection>
      {crate.hasSlots ? (
        <FieldSection
          title="Remove"
          {...(crate.slots.length > 1
            ? {}
            : { hint: 'This is the crate’s only slot: remove the crate instead.' })}
        >
          <div>
            <RemoveButton
              label="Remove slot"
              question={`${slot.publisherId || 'This slot'} leaves the panel.`}
              disabled={crate.slots.length < 2}
              onRemove={onRemove}
            />
          </div>
        </FieldSection>
      ) : null}
    </>
  );
}
