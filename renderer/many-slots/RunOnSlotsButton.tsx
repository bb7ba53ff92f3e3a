import { Button, Tooltip } from '@mantine/core';
import { Grid2x2Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { ManySlotsStart } from './many-slots-form';
import { askUnlock, useLocked } from '../care/lock-store';
import lockClasses from '../care/Lock.module.css';
import { RunOnSlotsDialog } from './RunOnSlotsDialog';

interface RunOnSlotsButtonProps {
  /** What the dialog begins with; null for nothing. */
  readonly form: ManySlotsStart | null;
  /** Why it cannot be opened, in a sentence. */
  readonly refusal?: string | null;
}

/** Opens the dialog that runs one script on several slots; asks to unlock the controls while they are locked. */
export function RunOnSlotsButton({ form, refusal = null }: RunOnSlotsButtonProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  const locked = useLocked();
  const hint = refusal ?? (locked ? 'The controls are locked.' : null);
  return (
    <>
      <Tooltip label={hint} disabled={hint === null}>
        <span>
          <Button
            leftSection={<Grid2x2Plus size={14} aria-hidden="true" />}
            aria-haspopup="dialog"
            disabled={refusal !== null}
            aria-disabled={locked || undefined}
            className={locked ? (lockClasses.refused ?? '') : ''}
            onClick={() => (locked ? askUnlock() : setIsOpen(true))}
          >
            Run on slots…
          </Button>
        </span>
      </Tooltip>
      {isOpen ? <RunOnSlotsDialog start={form} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
