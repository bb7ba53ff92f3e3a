import { Button, Tooltip } from '@mantine/core';
import { Grid2x2Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { ManySlotsStart } from './many-slots-form';
import { RunOnSlotsDialog } from './RunOnSlotsDialog';

interface RunOnSlotsButtonProps {
  /** What the dialog begins with; null for nothing. */
  readonly form: ManySlotsStart | null;
  /** Why it cannot be opened, in a sentence. */
  readonly refusal?: string | null;
}

/** Opens the dialog that runs one script on several slots. */
export function RunOnSlotsButton({ form, refusal = null }: RunOnSlotsButtonProps): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Tooltip label={refusal} disabled={refusal === null}>
        <span>
          <Button
            leftSection={<Grid2x2Plus size={14} aria-hidden="true" />}
            aria-haspopup="dialog"
            disabled={refusal !== null}
            onClick={() => setIsOpen(true)}
          >
            Run on slots…
          </Button>
        </span>
      </Tooltip>
      {isOpen ? <RunOnSlotsDialog start={form} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
