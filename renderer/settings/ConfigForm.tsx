import { Button } from '@mantine/core';
import { Plus } from 'lucide-react';
import type { ReactElement } from 'react';
import { newCrateDraft, newSlotDraft, type ConfigDraft, type CrateDraft } from './config-draft';
import { faultUnder, slotPlace, type ConfigFaults } from './config-faults';
import classes from './ConfigForm.module.css';
import { CrateFields } from './CrateFields';
import { changeCrate, changeSlot, panelKey, removeCrate, removeSlot } from './draft-changes';
import { PanelFields } from './PanelFields';
import { PanelPreferences, preferencesKey } from './PanelPreferences';
import { SlotFields } from './SlotFields';
import { changeDraft, choose, useSettingsStore } from './settings-store';

interface ConfigFormProps {
  readonly draft: ConfigDraft;
  readonly faults: ConfigFaults;
}

/** The crates file as a form: what there is on the left, the fields of what is chosen on the right. */
export function ConfigForm({ draft, faults }: ConfigFormProps): ReactElement {
  const chosen = useSettingsStore((store) => store.chosen);
  return (
    <div className={classes.form}>
      <Contents draft={draft} faults={faults} chosen={chosen} />
      <div className={classes.fields}>
        <ChosenFields draft={draft} faults={faults} chosen={chosen} />
      </div>
    </div>
  );
}

interface PartProps extends ConfigFormProps {
  readonly chosen: string;
}

function Contents({ draft, faults, chosen }: PartProps): ReactElement {
  const entry = (key: string, text: string, place: string, indented: boolean): ReactElement => (
    <button
      key={key}
      type="button"
      className={`${classes.entry} ${indented ? classes.indented : ''}`}
      aria-current={chosen === key}
      onClick={() => choose(key)}
    >
      <span className={classes.entryText}>{text}</span>
      {faultUnder(faults, place) === null ? null : <span className={classes.fault}>check</span>}
    </button>
  );
  return (
    <nav className={classes.contents} aria-label="Configuration">
      {entry(preferencesKey, 'This panel', preferencesKey, false)}
      {entry(panelKey, 'Listener and storage', 'listener', false)}
      {draft.crates.map((crate, crateIndex) => (
        <div key={crate.key} className={classes.crate}>
          {entry(crate.key, crate.name || 'Crate without a name', `crates.${crateIndex}.name`, false)}
          {crate.slots.map((slot, slotIndex) =>
            entry(
              slot.key,
              slot.publisherId || 'Slot without an id',
              slotPlace(crateIndex, crate.hasSlots ? slotIndex : null),
              true,
            ),
          )}
          {crate.hasSlots ? <AddSlot crate={crate} /> : null}
        </div>
      ))}
      <AddCrate draft={draft} />
    </nav>
  );
}

function AddSlot({ crate }: { readonly crate: CrateDraft }): ReactElement {
  const add = (): void => {
    const slot = newSlotDraft(crate);
    changeDraft((draft) => changeCrate(draft, crate.key, { slots: [...crate.slots, slot] }));
    choose(slot.key);
  };
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      className={classes.addSlot}
      leftSection={<Plus size={12} />}
      onClick={add}
    >
      Add slot
    </Button>
  );
}

function AddCrate({ draft }: { readonly draft: ConfigDraft }): ReactElement {
  const add = (): void => {
    const crate = newCrateDraft(draft.crates);
    changeDraft((current) => ({ ...current, crates: [...current.crates, crate] }));
    choose(crate.key);
  };
  return (
    <Button className={classes.addCrate} leftSection={<Plus size={13} />} onClick={add}>
      Add crate
    </Button>
  );
}

function ChosenFields({ draft, faults, chosen }: PartProps): ReactElement {
  if (chosen === preferencesKey) return <PanelPreferences />;
  for (const [crateIndex, crate] of draft.crates.entries()) {
    if (crate.key === chosen) {
      return (
        <CrateFields
          key={crate.key}
          crate={crate}
          fault={faultUnder(faults, `crates.${crateIndex}.name`)}
          removable={draft.crates.length > 1}
          onChange={(change) => changeDraft((current) => changeCrate(current, crate.key, change))}
          onRemove={() => {
            changeDraft((current) => removeCrate(current, crate.key));
            choose(panelKey);
          }}
        />
      );
    }
    for (const [slotIndex, slot] of crate.slots.entries()) {
      if (slot.key !== chosen) continue;
      return (
        <SlotFields
          key={slot.key}
          crate={crate}
          slot={slot}
          faults={faults}
          place={slotPlace(crateIndex, crate.hasSlots ? slotIndex : null)}
          onChange={(change) => changeDraft((current) => changeSlot(current, slot.key, change))}
          onRemove={() => {
            changeDraft((current) => removeSlot(current, slot.key));
            choose(crate.key);
          }}
        />
      );
    }
  }
  return <PanelFields draft={draft} faults={faults} />;
}
