import type { SQLInputValue } from 'node:sqlite';
import { everyRun } from '../../shared/domain/history';
import type { RunSelection } from './records';

/** Conditions on the table of runs, all of which hold, and their values by name. */
export interface RunConditions {
  /** To be put after WHERE. */
  readonly sql: string;
  readonly values: Record<string, SQLInputValue>;
}

/** The conditions that a selection of the history stands for. */
export function runConditions({ slot, filter = everyRun }: RunSelection): RunConditions {
  const conditions: string[] = ['TRUE'];
  const values: Record<string, SQLInputValue> = {};
  const hold = (condition: string, name: string, value: SQLInputValue): void => {
    conditions.push(condition);
    values[name] = value;
  };
  if (slot !== null) hold('slot = $slot', 'slot', slot);
  if (filter.crate !== null) hold('crate = $crate', 'crate', filter.crate);
  if (filter.slots.length > 0) {
    hold('slot IN (SELECT value FROM json_each($slots))', 'slots', JSON.stringify(filter.slots));
  }
  if (filter.outcomes.length > 0) {
    const [only, ...others] = filter.outcomes;
    if (others.length === 0) hold('outcome_word = $outcome', 'outcome', only ?? null);
    else {
      hold(
        'outcome_word IN (SELECT value FROM json_each($outcomes))',
        'outcomes',
        JSON.stringify(filter.outcomes),
      );
    }
  }
  if (filter.script !== '') {
    // The few names are searched, not the many runs.
    hold(
      `script_name IN (SELECT name FROM (SELECT DISTINCT script_name AS name FROM runs) WHERE name LIKE $script ESCAPE '!')`,
      'script',
      containing(filter.script),
    );
  }
  if (filter.from !== null) hold('requested_at >= $from', 'from', filter.from);
  if (filter.to !== null) hold('requested_at < $to', 'to', filter.to);
  if (filter.pinned) conditions.push('id IN (SELECT run FROM run_marks WHERE pinned = 1)');
  if (filter.text !== '') {
    conditions.push(
      `(words LIKE $words ESCAPE '!' OR id IN (SELECT run FROM run_marks WHERE note LIKE $note ESCAPE '!'))`,
    );
    // The words stand in the table as JSON wrote them.
    values['words'] = containing(JSON.stringify(filter.text).slice(1, -1));
    values['note'] = containing(filter.text);
  }
  return { sql: conditions.join(' AND '), values };
}

function containing(text: string): string {
  return `%${text.replace(/[!%_]/g, '!$&')}%`;
}
