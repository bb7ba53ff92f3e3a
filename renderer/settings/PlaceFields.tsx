import { SegmentedControl, TextInput } from '@mantine/core';
import type { ReactElement } from 'react';
import { draftDefaults, type SlotDraft } from './config-draft';
import { FieldRow, FieldSection } from './FieldSection';
import classes from './FieldSection.module.css';
import { PairRows } from './PairRows';
import { PathRows } from './PathRows';
import { placeKindSchema, type PlaceKind, type PlaceText } from './place-draft';
import { fieldNames, placeChoices, placeHints, runsDefaults, startFolders } from './place-text';

export interface SlotPartProps {
  readonly slot: SlotDraft;
  /** What is wrong with a field of the slot, by its place in the file below the slot; null where nothing is. */
  readonly fault: (field: string) => string | null;
  readonly onChange: (change: Partial<SlotDraft>) => void;
}

/** Where the slot's scripts run, how that place is reached, and how scripts are started there. */
export function PlaceFields({ slot, fault, onChange }: SlotPartProps): ReactElement {
  return (
    <FieldSection title="Where scripts run" hint={placeHints[slot.kind]}>
      <div>
        <SegmentedControl
          aria-label="Where scripts run"
          className={classes.kinds ?? ''}
          data={placeChoices}
          value={slot.kind}
          onChange={(kind) => onChange({ kind: placeKindSchema.parse(kind) })}
        />
      </div>
      <KindFields slot={slot} fault={fault} onChange={onChange} />
      <FieldRow shape="halves">
        <TextInput
          label="Python"
          placeholder={draftDefaults.python}
          value={slot.python}
          error={fault('transport.python')}
          onChange={(event) => onChange({ python: event.currentTarget.value })}
        />
        <TextInput
          label="Working folder"
          placeholder={startFolders[slot.kind]}
          value={slot.cwd}
          error={fault('transport.cwd')}
          onChange={(event) => onChange({ cwd: event.currentTarget.value })}
        />
      </FieldRow>
      <PairRows
        title="Environment"
        leftName="Variable"
        rightName="Value"
        rows={slot.env}
        fault={fault('transport.env')}
        onChange={(env) => onChange({ env })}
      />
      <PathRows slot={slot} fault={fault} onChange={onChange} />
    </FieldSection>
  );
}

/** The fields of each kind, row by row. */
const rowsOf: Record<PlaceKind, readonly (readonly PlaceText[])[]> = {
  local: [],
  docker: [
    ['container', 'user'],
    ['program', 'runs'],
  ],
  compose: [
    ['service', 'user'],
    ['file', 'project'],
    ['program', 'runs'],
  ],
  ssh: [['host', 'runs']],
};

function KindFields({ slot, fault, onChange }: SlotPartProps): ReactElement {
  return (
    <>
      {rowsOf[slot.kind].map((row) => (
        <FieldRow key={row.join(' ')} shape="halves">
          {row.map((name) => (
            <TextInput
              key={name}
              {...fieldNames[name]}
              {...(name === 'runs' ? { placeholder: runsDefaults[slot.kind] } : {})}
              value={slot[name]}
              error={fault(`transport.${name}`)}
              spellCheck={false}
              onChange={(event) => onChange({ [name]: event.currentTarget.value })}
            />
          ))}
        </FieldRow>
      ))}
    </>
  );
}
