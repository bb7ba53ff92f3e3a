import { Button, Select } from '@mantine/core';
import { useState, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import type { Preset } from '../../shared/ipc/calls/presets-calls';
import { useArgumentsReading } from './arguments-store';
import { DeletePresetDialog, RenamePresetDialog, SavePresetDialog } from './PresetDialogs';
import classes from './PresetBar.module.css';
import { useRemembered } from './remembered-store';
import { presetOf, type RunForm } from './run-form';
import { fillRunForm } from './run-form-store';
import { useScriptPath } from './scripts-store';

interface PresetBarProps {
  readonly slot: SlotConfig;
  readonly form: RunForm;
}

type Asked = 'save' | 'rename' | 'delete' | null;

/** The presets of the script that is chosen: load, save, rename, delete. */
export function PresetBar({ slot, form }: PresetBarProps): ReactElement | null {
  const [asked, setAsked] = useState<Asked>(null);
  const [chosenKey, setChosenKey] = useState<string | null>(null);
  const script = useScriptPath(slot.id, form.script);
  const reading = useArgumentsReading(slot.id, form.script);
  const presets = useRemembered(slot.id).presets.filter((preset) => preset.script === script);
  const chosen = presets.find((preset) => presetKey(preset) === chosenKey) ?? null;
  if (script === '') return null;
  const content = presetOf(form, reading);
  const load = (key: string | null): void => {
    setChosenKey(key);
    const preset = presets.find((each) => presetKey(each) === key);
    if (preset !== undefined)
      fillRunForm(slot.id, { script: form.script, args: preset.args, log: preset.log });
  };
  const close = (): void => setAsked(null);
  return (
    <fieldset className={classes.bar} aria-label="Presets">
      <Select
        className={classes.choice ?? ''}
        size="xs"
        aria-label="Preset"
        placeholder={presets.length === 0 ? 'No preset of this script yet' : 'Load a preset'}
        disabled={presets.length === 0}
        data={presets.map((preset) => ({ value: presetKey(preset), label: presetLabel(preset) }))}
        value={chosen === null ? null : presetKey(chosen)}
        allowDeselect={false}
        comboboxProps={{ shadow: 'none' }}
        onOptionSubmit={load}
      />
      <Button disabled={!content.ok} onClick={() => setAsked('save')}>
        Save as preset…
      </Button>
      {chosen === null ? null : (
        <>
          <Button onClick={() => setAsked('rename')}>Rename…</Button>
          <Button onClick={() => setAsked('delete')}>Delete…</Button>
        </>
      )}
      {asked === 'save' && content.ok ? (
        <SavePresetDialog
          slot={slot.id}
          content={{ script, ...content.value }}
          presets={presets}
          suggested={chosen}
          onSaved={(preset) => setChosenKey(presetKey(preset))}
          onClose={close}
        />
      ) : null}
      {asked === 'rename' && chosen !== null ? (
        <RenamePresetDialog
          slot={slot.id}
          preset={chosen}
          onRenamed={(name) => setChosenKey(presetKey({ ...chosen, name }))}
          onClose={close}
        />
      ) : null}
      {asked === 'delete' && chosen !== null ? (
        <DeletePresetDialog slot={slot.id} preset={chosen} onClose={close} />
      ) : null}
    </fieldset>
  );
}

function presetKey({ slot, name }: Pick<Preset, 'slot' | 'name'>): string {
  return `${slot === null ? 'all' : 'slot'} ${name}`;
}

function presetLabel({ slot, name }: Preset): string {
  return slot === null ? `${name} (all slots)` : name;
}
