import { ChevronDown } from 'lucide-react';
import { useId, useState, type ReactElement } from 'react';
import type { ArgumentEntry, ArgumentValues } from '../../shared/arguments/argument-values';
import { countOf } from '../components/time-text';
import classes from './ArgumentForm.module.css';
import type { FieldCluster, FieldSection } from './argument-sections';
import { ArgumentField } from './fields/ArgumentField';

interface ArgumentSectionProps {
  readonly section: FieldSection;
  readonly values: ArgumentValues;
  /** What is wrong, by the key of the field. */
  readonly faults: ReadonlyMap<string, string>;
  /** The keys of the fields whose entry counts for nothing beside what is typed. */
  readonly overridden: ReadonlySet<string>;
  /** The only section there is: it needs no heading. */
  readonly isPlain: boolean;
  /** Shows what was searched for, folded or not. */
  readonly isFiltered: boolean;
  readonly onEntry: (key: string, entry: ArgumentEntry | null) => void;
}

/** Fields under a heading that can be folded; how many were changed, and how many are wrong, is told folded too. */
export function ArgumentSection(props: ArgumentSectionProps): ReactElement {
  const { section, values, faults, overridden, isPlain, isFiltered, onEntry } = props;
  const [isFolded, setFolded] = useState(false);
  const id = useId();
  const fields = section.clusters.flatMap((cluster) => cluster.fields);
  const changed = fields.filter(({ key }) => values[key] !== undefined).length;
  const wrong = fields.filter(({ key }) => faults.has(key)).length;
  const isOpen = isPlain || isFiltered || !isFolded;
  return (
    <div className={classes.section}>
      {isPlain ? null : (
        <h2 className={classes.heading}>
          <button
            type="button"
            className={classes.toggle}
            aria-expanded={isOpen}
            aria-controls={id}
            onClick={() => setFolded(!isFolded)}
          >
            <ChevronDown size={13} aria-hidden="true" />
            {section.title}
            <span className={classes.notes}>
              {changed === 0 ? countOf(fields.length, 'argument') : `${changed} of ${fields.length} changed`}
            </span>
            {wrong === 0 ? null : <span className={`${classes.notes} ${classes.bad}`}>{wrong} to mend</span>}
          </button>
        </h2>
      )}
      <div id={id} className={classes.fields} hidden={!isOpen}>
        {isOpen
          ? section.clusters.map((cluster) => (
              <Cluster
                key={cluster.key}
                cluster={cluster}
                values={values}
                faults={faults}
                overridden={overridden}
                onEntry={onEntry}
              />
            ))
          : null}
      </div>
    </div>
  );
}

type ClusterProps = Pick<ArgumentSectionProps, 'values' | 'faults' | 'overridden' | 'onEntry'> & {
  readonly cluster: FieldCluster;
};

function Cluster({ cluster, values, faults, overridden, onEntry }: ClusterProps): ReactElement {
  const fields = cluster.fields.map(({ key, argument }) => (
    <ArgumentField
      key={key}
      argument={argument}
      fieldKey={key}
      entry={values[key]}
      fault={faults.get(key) ?? null}
      isOverridden={overridden.has(key)}
      onEntry={onEntry}
    />
  ));
  if (cluster.oneOf === null) return <>{fields}</>;
  return (
    <fieldset className={classes.oneOf}>
      <legend>{cluster.oneOf.required ? 'One of these is needed' : 'At most one of these'}</legend>
      {fields}
    </fieldset>
  );
}
