import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import classes from './DetailPane.module.css';

interface DetailPaneProps {
  readonly label: string;
  /** As CSS writes it; the list over it has the rest. */
  readonly height: string;
  readonly children: ReactNode;
}

/** What there is to know of the one row that is selected, below its list. */
export function DetailPane({ label, height, children }: DetailPaneProps): ReactElement {
  return (
    <section className={classes.pane} style={{ height }} aria-label={label}>
      {children}
    </section>
  );
}

/** Facts in two columns; inside stand `dt` and `dd`. */
export function DetailFacts({ children }: { readonly children: ReactNode }): ReactElement {
  return <dl className={classes.facts}>{children}</dl>;
}

interface CloseButtonProps {
  readonly label: string;
  readonly onClick: () => void;
}

/** The cross at the end of a detail's head. */
export function CloseButton({ label, onClick }: CloseButtonProps): ReactElement {
  return (
    <ActionIcon size={22} aria-label={label} onClick={onClick}>
      <X size={14} aria-hidden="true" />
    </ActionIcon>
  );
}
