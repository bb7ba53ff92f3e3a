import { Select, UnstyledButton } from '@mantine/core';
import type { ReactElement } from 'react';
import { logLevelSchema, type LogFilter } from '../../shared/domain/log-find';
import type { LogFinder } from './log-finder';
import classes from './LogFilters.module.css';

const levels = [
  { value: 'any', label: 'Any level' },
  { value: 'error', label: 'Errors' },
  { value: 'warning', label: 'Warnings or worse' },
  { value: 'info', label: 'Info or worse' },
  { value: 'debug', label: 'Debug or worse' },
];

const levelMeaning =
  'Shows lines that name a level, as ERROR, WARNING, INFO and DEBUG of Python’s logging do (also “error:”, “[warn]”, ' +
  'exceptions and their “Traceback”). Lines that name none are left out while a level is chosen.';

/** Which lines of the log show. */
export function LogFilters({ finder }: { readonly finder: LogFinder }): ReactElement {
  const { filter, query } = finder.look;
  const change = (part: Partial<LogFilter>): void => finder.filter({ ...filter, ...part });
  return (
    <fieldset className={classes.filters} aria-label="Lines to show">
      <Toggle
        label="stderr only"
        title="Shows only what the script wrote to its error stream"
        on={filter.stderrOnly}
        onChange={(stderrOnly) => change({ stderrOnly })}
      />
      <Toggle
        label="matches only"
        title={
          query === null
            ? 'Shows only lines in which something is found; nothing is searched for now'
            : 'Shows only lines in which the search finds something'
        }
        on={filter.matchesOnly}
        onChange={(matchesOnly) => change({ matchesOnly })}
      />
      <Select
        className={classes.level ?? ''}
        size="xs"
        aria-label="Level"
        title={levelMeaning}
        data={levels}
        value={filter.level ?? 'any'}
        allowDeselect={false}
        comboboxProps={{ width: 170, position: 'bottom-end' }}
        onChange={(value) => change({ level: value === 'any' ? null : logLevelSchema.parse(value) })}
      />
    </fieldset>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly title: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

function Toggle({ label, title, on, onChange }: ToggleProps): ReactElement {
  return (
    <UnstyledButton
      className={classes.toggle ?? ''}
      aria-pressed={on}
      title={title}
      onClick={() => onChange(!on)}
    >
      {label}
    </UnstyledButton>
  );
}
