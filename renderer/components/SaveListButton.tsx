import { Button } from '@mantine/core';
import { Download } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { reportUnexpected } from '../stores/notice-store';

interface SaveListButtonProps {
  /** What the list is called in a sentence: "the audit". */
  readonly name: string;
  readonly isEmpty: boolean;
  /** Asks the operator where to, saves there and says what became of it. */
  readonly save: () => Promise<void>;
}

/** Saves all that a page's filters let through; not pressed twice while that goes on. */
export function SaveListButton({ name, isEmpty, save }: SaveListButtonProps): ReactElement {
  const [saving, setSaving] = useState(false);
  const saveOnce = async (): Promise<void> => {
    setSaving(true);
    try {
      await save();
    } finally {
      setSaving(false);
    }
  };
  return (
    <Button
      leftSection={<Download size={13} aria-hidden="true" />}
      disabled={isEmpty || saving}
      onClick={() => void saveOnce().catch(reportUnexpected(`Saving ${name}`))}
    >
      {saving ? 'Saving…' : 'Save list as CSV…'}
    </Button>
  );
}
