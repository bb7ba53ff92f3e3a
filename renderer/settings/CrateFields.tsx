import { TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { countOf } from '../components/time-text';
import type { CrateDraft } from './config-draft';
import { FieldRow, FieldSection } from './FieldSection';
import { RemoveButton } from './RemoveButton';

interface CrateFieldsProps {
  readonly crate: CrateDraft;
  readonly fault: string | null;
  /** False for the last crate: the file must keep one. */
  readonly removable: boolean;
  readonly onChange: (change: Partial<CrateDraft>) => void;
  readonly onRemove: () => void;
}

/** A crate's own field: its name. */
export function CrateFields({ crate, fault, removable, onChange, onRemove }: CrateFieldsProps): ReactElement {
  return (
    <>
      <FieldSection
        title="Crate"
        {...(crate.hasSlots
          ? {}
          : { hint: 'This crate has no slots: it is one unit. Give it slots in the file.' })}
      >
        <FieldRow shape="halves">
          <TextInput
            label="Name"
            value={crate.name}
            error={fault}
            onChange={(event) => onChange({ name: event.currentTarget.value })}
          />
        </FieldRow>
      </FieldSection>
      <FieldSection
        title="Remove"
        {...(removable ? {} : { hint: 'The configuration must keep at least one crate.' })}
      >
        <div>
          <RemoveButton
            label="Remove crate"
            question={`${crate.name || 'This crate'} and its ${countOf(crate.slots.length, 'slot')} leave the panel.`}
            disabled={!removable}
            onRemove={onRemove}
          />
        </div>
      </FieldSection>
    </>
  );
}
