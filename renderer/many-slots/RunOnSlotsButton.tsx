import { Button } from '@mantine/core';
import { Grid2x2Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { ManySlotsStart } from './many-slots-form';
import { RunOnSlotsDialog } from './RunOnSlotsDialog';

/** Opens the dialog that runs one script on several slots; with `form`, it begins with what is filled in there. */
export function RunOnSlotsButton({ form }: { readonly form: ManySlotsStart | null }): ReactElement {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button
        leftSection={<Grid2x2Plus size={14} aria-hidden="true" />}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        Run on slots…
      </Button>
      {isOpen ? <RunOnSlotsDialog start={form} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}
