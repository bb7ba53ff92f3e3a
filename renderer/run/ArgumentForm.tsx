import { Button, Input } from '@mantine/core';
import { RotateCcw } from 'lucide-react';
import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ReactElement,
  type ReactNode,
} from 'react';
import type { ArgumentForm as Form } from '../../shared/arguments/argument-form';
import { hasEntries, type ArgumentEntry, type ArgumentValues } from '../../shared/arguments/argument-values';
import { composeArguments } from '../../shared/arguments/build-arguments';
import { overriddenFields } from '../../shared/arguments/overridden-fields';
import { countOf } from '../components/time-text';
import classes from './ArgumentForm.module.css';
import { countFields, fieldLevels } from './argument-sections';
import { ArgumentSection } from './ArgumentSection';
import { CommandField } from './fields/CommandField';

interface ArgumentFormProps {
  readonly form: Form;
  readonly values: ArgumentValues;
  /** Words that go after those of the fields; what they give need not be entered here. */
  readonly typed?: readonly string[];
  /** Buttons beside "Reset to defaults". */
  readonly actions?: ReactNode;
  readonly onChange: (values: ArgumentValues) => void;
}

/** From how many fields on there is a box to find one. */
const filteredFrom = 10;
const noWords: readonly string[] = [];

/** A script's arguments as fields. What it is called, and that its fields are, is for those who script the panel too. */
export function ArgumentForm({
  form,
  values,
  typed = noWords,
  actions,
  onChange,
}: ArgumentFormProps): ReactElement {
  const [filter, setFilter] = useState('');
  const { faults } = useMemo(() => composeArguments(form, values, typed), [form, values, typed]);
  const overridden = useMemo(() => overriddenFields(form, values, typed), [form, values, typed]);
  const bad = useMemo(
    () => new Map(faults.filter(({ kind }) => kind === 'bad').map(({ key, message }) => [key, message])),
    [faults],
  );
  const total = countFields(fieldLevels(form, values));
  const isFiltered = total >= filteredFrom && filter.trim() !== '';
  const levels = fieldLevels(form, values, isFiltered ? filter : '');
  const shown = countFields(levels);
  const missing = faults.filter(({ kind }) => kind === 'missing').map(({ name }) => name);
  const onEntry = useEntryChange(values, onChange);
  return (
    <fieldset aria-label="Argument form" className={classes.form}>
      <div className={classes.bar}>
        <span className={classes.title}>Argument form</span>
        <span className={classes.count}>
          {isFiltered ? `${shown} of ${countOf(total, 'argument')}` : countOf(total, 'argument')}
        </span>
        {total >= filteredFrom ? (
          <Input
            type="search"
            size="xs"
            className={classes.filter}
            aria-label="Find a field"
            placeholder="Find a field"
            value={filter}
            onChange={(event) => setFilter(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setFilter('');
            }}
          />
        ) : null}
        <span className={classes.push} />
        {actions}
        <Button
          size="compact-xs"
          leftSection={<RotateCcw size={12} aria-hidden="true" />}
          disabled={!hasEntries(form, values)}
          onClick={() => onChange({})}
        >
          Reset to defaults
        </Button>
      </div>
      {form.description === null || form.description.trim() === '' ? null : (
        <p className={classes.description} title={form.description.trim()}>
          {form.description.trim()}
        </p>
      )}
      <div className={classes.body}>
        {levels.map((level, depth) => (
          <div key={level.path}>
            {level.sections.map((section) => (
              <ArgumentSection
                key={section.key}
                section={section}
                values={values}
                faults={bad}
                overridden={overridden}
                isPlain={
                  depth === 0 &&
                  levels.length === 1 &&
                  level.sections.length === 1 &&
                  level.form.commands === null
                }
                isFiltered={isFiltered}
                onEntry={onEntry}
              />
            ))}
            {level.form.commands === null ? null : (
              <CommandField
                path={level.path}
                commands={level.form.commands}
                values={values}
                onEntry={onEntry}
              />
            )}
          </div>
        ))}
        {shown === 0 ? (
          <p className={classes.none}>
            {isFiltered
              ? 'No field has this in its name or help.'
              : total === 0 && form.commands === null
                ? 'This script takes no arguments.'
                : null}
          </p>
        ) : null}
      </div>
      {missing.length === 0 ? null : (
        <output className={classes.needed}>Still needed: {missing.join(', ')}</output>
      )}
    </fieldset>
  );
}

/** Changes one entry of the newest values; the same function for good, so that only the field that changed is drawn. */
function useEntryChange(
  values: ArgumentValues,
  onChange: (values: ArgumentValues) => void,
): (key: string, entry: ArgumentEntry | null) => void {
  const latest = useRef({ values, onChange });
  useLayoutEffect(() => {
    latest.current = { values, onChange };
  });
  return useCallback((key, entry) => {
    const { [key]: _before, ...others } = latest.current.values;
    const next = entry === null ? others : { ...others, [key]: entry };
    latest.current.values = next;
    latest.current.onChange(next);
  }, []);
}
