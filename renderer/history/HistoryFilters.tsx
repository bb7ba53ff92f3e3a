import { Autocomplete, Button, Checkbox, MultiSelect, Select, TextInput } from '@mantine/core';
import { Search } from 'lucide-react';
import { useEffect, type ReactElement } from 'react';
import { z } from 'zod';
import { runOutcomeWordSchema } from '../../shared/domain/history';
import { slotIdSchema } from '../../shared/domain/ids';
import { DayRange } from '../components/DayRange';
import { FilterBar } from '../components/ListHead';
import { usePanel } from '../stores/panel-store';
import { hasFilters, noFilters } from './history-filter';
import { changeFilters, loadChoices, useHistoryStore } from './history-store';
import classes from './History.module.css';

const outcomesSchema = z.array(runOutcomeWordSchema);
const slotsSchema = z.array(slotIdSchema);

/** What the History page's list is narrowed down to. */
export function HistoryFilters(): ReactElement {
  const filters = useHistoryStore((store) => store.filters);
  const choices = useHistoryStore((store) => store.choices);
  const configured = usePanel((state) => state.crates);
  useEffect(loadChoices, []);
  const crates = together(
    choices.crates,
    configured.map((crate) => crate.name),
  );
  const slots = together(
    choices.slots,
    configured.flatMap((crate) => crate.slots.map(({ id }) => id)),
  );
  return (
    <FilterBar label="Filters of the history">
      <TextInput
        className={classes.textFilter ?? ''}
        label="Arguments or note"
        placeholder="Text they contain"
        leftSection={<Search size={13} aria-hidden="true" />}
        value={filters.text}
        maxLength={500}
        onChange={(event) => changeFilters({ text: event.currentTarget.value })}
      />
      <Autocomplete
        className={classes.scriptFilter ?? ''}
        size="xs"
        label="Script"
        placeholder="Part of its name"
        data={choices.scripts}
        limit={50}
        value={filters.script}
        maxLength={500}
        comboboxProps={{ shadow: 'none' }}
        onChange={(script) => changeFilters({ script })}
      />
      <Select
        className={classes.crateFilter ?? ''}
        size="xs"
        label="Crate"
        placeholder="All"
        data={crates}
        value={filters.crate === '' ? null : filters.crate}
        clearable
        clearButtonProps={{ 'aria-label': 'Any crate' }}
        onChange={(crate) => changeFilters({ crate: crate ?? '' })}
      />
      <MultiSelect
        className={classes.slotFilter ?? ''}
        size="xs"
        label="Slots"
        placeholder={filters.slots.length === 0 ? 'All' : ''}
        data={slots}
        searchable
        value={filters.slots}
        onChange={(chosen) => changeFilters({ slots: slotsSchema.parse(chosen) })}
      />
      <MultiSelect
        className={classes.outcomeFilter ?? ''}
        size="xs"
        label="Outcome"
        placeholder={filters.outcomes.length === 0 ? 'Any' : ''}
        data={runOutcomeWordSchema.options}
        value={filters.outcomes}
        onChange={(chosen) => changeFilters({ outcomes: outcomesSchema.parse(chosen) })}
      />
      <DayRange draft={filters} onChange={changeFilters} />
    </FilterBar>
  );
}

/** Only pinned runs, and no filter at all: the ends of the head over the filters. */
export function FilterSwitches(): ReactElement {
  const filters = useHistoryStore((store) => store.filters);
  return (
    <>
      <Checkbox
        size="xs"
        label="Pinned only"
        checked={filters.pinned}
        onChange={(event) => changeFilters({ pinned: event.currentTarget.checked })}
      />
      <Button disabled={!hasFilters(filters)} onClick={() => changeFilters(noFilters)}>
        Clear all
      </Button>
    </>
  );
}

function together(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])].toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}
