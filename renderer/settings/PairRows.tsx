import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import { nextKey, type PairDraft } from './config-draft';
import classes from './Rows.module.css';

interface PairRowsProps {
  readonly title: string;
  readonly leftName: string;
  readonly rightName: string;
  readonly rows: readonly PairDraft[];
  readonly fault: string | null;
  readonly onChange: (rows: readonly PairDraft[]) => void;
  /** What stands under each row. */
  readonly renderBelow?: (row: PairDraft, index: number) => ReactNode;
}

/** Rows of two texts each, such as variables with their values. */
export function PairRows({
  title,
  leftName,
  rightName,
  rows,
  fault,
  onChange,
  renderBelow,
}: PairRowsProps): ReactElement {
  const change = (key: string, part: Partial<PairDraft>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  return (
    <fieldset className={classes.rows}>
      <legend>{title}</legend>
      {rows.length === 0 ? null : (
        // For the eye: each field says the same to whoever does not see it.
        <div className={`${classes.pair} ${classes.names}`} aria-hidden="true">
          <span>{leftName}</span>
          <span>{rightName}</span>
          <span className={classes.remove} />
        </div>
      )}
      {rows.map((row, index) => (
        <div key={row.key} className={classes.pair}>
          <TextInput
            aria-label={`${leftName} ${index + 1}`}
            placeholder={leftName}
            value={row.left}
            onChange={(event) => change(row.key, { left: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`${rightName} ${index + 1}`}
            placeholder={rightName}
            value={row.right}
            onChange={(event) => change(row.key, { right: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Remove row ${index + 1} of ${title}`}
            onClick={() => onChange(rows.filter((each) => each.key !== row.key))}
          >
            <X size={14} aria-hidden="true" />
          </ActionIcon>
          {renderBelow === undefined ? null : <div className={classes.below}>{renderBelow(row, index)}</div>}
        </div>
      ))}
      {fault === null ? null : <p className={classes.fault}>{fault}</p>}
      <Button
        size="compact-xs"
        leftSection={<Plus size={12} />}
        aria-label={`Add a row to ${title}`}
        onClick={() => onChange([...rows, { key: nextKey(), left: '', right: '' }])}
      >
        Add
      </Button>
    </fieldset>
  );
}
