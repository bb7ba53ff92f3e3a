import { Button, Checkbox, Modal, TextInput } from '@mantine/core';
import { useState, type ReactElement, type ReactNode } from 'react';
import type { SlotId } from '../../shared/domain/ids';
import { scriptName } from '../../shared/domain/run';
import type { Preset } from '../../shared/ipc/calls/presets-calls';
import { failure, type Result } from '../../shared/result';
import { errorText } from '../../shared/error-text';
import { useGiveFocusBack } from '../components/use-give-focus-back';
import classes from './PresetBar.module.css';
import { deletePreset, renamePreset, savePreset } from './remembered-store';

interface DialogProps {
  readonly title: string;
  readonly confirm: string;
  readonly canConfirm: boolean;
  readonly children: ReactNode;
  readonly onConfirm: () => Promise<Result<void>>;
  readonly onClose: () => void;
}

/** Asks; what main refuses is said in the dialog, which then stays open. */
function PresetDialog({
  title,
  confirm,
  canConfirm,
  children,
  onConfirm,
  onClose,
}: DialogProps): ReactElement {
  useGiveFocusBack();
  const [fault, setFault] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const submit = async (): Promise<void> => {
    setBusy(true);
    const done = await onConfirm().catch((error: unknown) => failure('unexpected', errorText(error)));
    setBusy(false);
    if (done.ok) onClose();
    else setFault(done.error.message);
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={classes.dialog}
        onSubmit={(event) => {
          event.preventDefault();
          if (canConfirm && !isBusy) void submit();
        }}
      >
        {children}
        {fault === null ? null : (
          <p role="alert" className={classes.fault}>
            {fault}
          </p>
        )}
        <div className={classes.buttons}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" variant="filled" disabled={!canConfirm || isBusy}>
            {confirm}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface SavePresetDialogProps {
  readonly slot: SlotId;
  readonly content: Pick<Preset, 'script' | 'args' | 'log'>;
  /** The presets that this script has. */
  readonly presets: readonly Preset[];
  /** The preset that was loaded last: saving over it is what is likely meant. */
  readonly suggested: Preset | null;
  readonly onSaved: (preset: Pick<Preset, 'slot' | 'name'>) => void;
  readonly onClose: () => void;
}

/** Asks for a name; a name that is taken has to be overwritten in so many words. */
export function SavePresetDialog(props: SavePresetDialogProps): ReactElement {
  const { slot, content, presets, suggested, onSaved, onClose } = props;
  const [typed, setTyped] = useState(suggested?.name ?? '');
  const [forAll, setForAll] = useState(suggested !== null && suggested.slot === null);
  const name = typed.trim();
  const owner = forAll ? null : slot;
  const isTaken = presets.some((preset) => preset.slot === owner && preset.name === name);
  return (
    <PresetDialog
      title="Save as preset"
      confirm={isTaken ? 'Overwrite' : 'Save'}
      canConfirm={name !== '' && name.length <= 100}
      onClose={onClose}
      onConfirm={async () => {
        const saved = await savePreset(slot, { ...content, slot: owner, name, replace: isTaken });
        if (saved.ok) onSaved({ slot: owner, name });
        return saved;
      }}
    >
      <TextInput
        label="Preset name"
        description={`For ${scriptName(content.script)}, with all that is entered now`}
        data-autofocus
        value={typed}
        error={name.length > 100 ? 'A name has 100 characters at most.' : null}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <Checkbox
        size="xs"
        label="For all slots"
        checked={forAll}
        onChange={(event) => setForAll(event.currentTarget.checked)}
      />
      {isTaken ? (
        <output className={classes.warning}>
          There is a preset “{name}” {forAll ? 'for all slots' : `on ${slot}`}. Saving overwrites it.
        </output>
      ) : null}
    </PresetDialog>
  );
}

interface RenamePresetDialogProps {
  readonly slot: SlotId;
  readonly preset: Preset;
  readonly onRenamed: (name: string) => void;
  readonly onClose: () => void;
}

/** Asks for another name. */
export function RenamePresetDialog({
  slot,
  preset,
  onRenamed,
  onClose,
}: RenamePresetDialogProps): ReactElement {
  const [typed, setTyped] = useState(preset.name);
  const name = typed.trim();
  return (
    <PresetDialog
      title={`Rename preset “${preset.name}”`}
      confirm="Rename"
      canConfirm={name !== '' && name.length <= 100 && name !== preset.name}
      onClose={onClose}
      onConfirm={async () => {
        const renamed = await renamePreset(slot, preset, name);
        if (renamed.ok) onRenamed(name);
        return renamed;
      }}
    >
      <TextInput
        label="New name"
        data-autofocus
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </PresetDialog>
  );
}

interface DeletePresetDialogProps {
  readonly slot: SlotId;
  readonly preset: Preset;
  readonly onClose: () => void;
}

/** Asks before a preset is gone. */
export function DeletePresetDialog({ slot, preset, onClose }: DeletePresetDialogProps): ReactElement {
  return (
    <PresetDialog
      title="Delete preset"
      confirm="Delete"
      canConfirm
      onClose={onClose}
      onConfirm={() => deletePreset(slot, preset)}
    >
      <p>
        Delete the preset <strong>{preset.name}</strong> of {scriptName(preset.script)}
        {preset.slot === null ? ' for all slots' : ` on ${preset.slot}`}? What is entered now stays.
      </p>
    </PresetDialog>
  );
}
