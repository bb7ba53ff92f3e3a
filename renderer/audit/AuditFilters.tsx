import { MultiSelect, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import type { ReactElement } from 'react';
import type { AuditChoices } from '../../shared/domain/audit';
import { DayRange } from '../components/DayRange';
import { FilterBar } from '../components/ListHead';
import classes from './Audit.module.css';
import type { AuditDraft } from './audit-filter';
import { actionText } from './audit-text';

interface AuditFiltersProps {
  readonly draft: AuditDraft;
  readonly choices: AuditChoices;
  readonly onChange: (change: Partial<AuditDraft>) => void;
}

/** What the audit is narrowed down to. */
export function AuditFilters({ draft, choices, onChange }: AuditFiltersProps): ReactElement {
  return (
    <FilterBar label="Filters of the audit">
      <TextInput
        className={classes.wide ?? ''}
        label="Details, run or slot"
        placeholder="Text they contain"
        leftSection={<Search size={13} aria-hidden="true" />}
        value={draft.text}
        maxLength={500}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <MultiSelect
        className={classes.wide ?? ''}
        size="xs"
        label="What was done"
        placeholder={draft.actions.length === 0 ? 'Anything' : ''}
        data={choices.actions.map((action) => ({ value: action, label: actionText(action) }))}
        searchable
        value={[...draft.actions]}
        onChange={(actions) => onChange({ actions })}
      />
      <Select
        className={classes.narrow ?? ''}
        size="xs"
        label="Slot"
        placeholder="All"
        data={choices.slots}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Any slot' }}
        value={draft.slot === '' ? null : draft.slot}
        onChange={(slot) => onChange({ slot: slot ?? '' })}
      />
      <Select
        className={classes.narrow ?? ''}
        size="xs"
        label="Who"
        placeholder="Anybody"
        data={choices.actors}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': 'Anybody' }}
        value={draft.actor === '' ? null : draft.actor}
        onChange={(actor) => onChange({ actor: actor ?? '' })}
      />
      <DayRange draft={draft} onChange={onChange} />
    </FilterBar>
  );
}
