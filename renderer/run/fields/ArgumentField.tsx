import { memo, useId, type ReactElement } from 'react';
import { assertNever } from '../../../shared/assert-never';
import { helpText, typeText } from '../argument-text';
import classes from './ArgumentField.module.css';
import { defaultOn, describesItself, type ArgumentFieldProps, type ControlProps } from './field-props';
import { CountControl, OnOffControl, SwitchControl } from './FlagControl';
import { ValueControl } from './ValueControl';

/** One argument: its name, what can be entered, what it is for, and what is wrong with what was entered. */
export const ArgumentField = memo(function ArgumentField(props: ArgumentFieldProps): ReactElement {
  const { argument, entry, fault, isOverridden } = props;
  const id = useId();
  const help = helpText(argument);
  const isOwn = describesItself(argument);
  const helpId = help === '' ? undefined : `${id}-help`;
  const faultId = fault === null ? undefined : `${id}-fault`;
  const overriddenId = isOverridden ? `${id}-overridden` : undefined;
  const describedBy = [faultId, overriddenId, helpId].filter((each) => each !== undefined).join(' ');
  const control: ControlProps = {
    ...props,
    id,
    help,
    describedBy: describedBy === '' ? undefined : describedBy,
  };
  const isSwitch =
    argument.action.kind === 'switch' || (argument.action.kind === 'on-off' && defaultOn(argument) !== null);
  const type = typeText(argument);
  return (
    <div
      className={`${classes.field} ${isSwitch ? classes.switch : ''}`}
      data-changed={entry === undefined ? undefined : true}
      data-fault={fault === null ? undefined : true}
    >
      {isSwitch ? (
        <div className={classes.control}>
          <Control {...control} />
        </div>
      ) : null}
      <div>
        <div className={classes.head}>
          <label htmlFor={id} className={classes.name} title={argument.flags.join(', ')}>
            {argument.name}
          </label>
          <FieldNotes isRequired={argument.required} type={type} />
        </div>
        {isSwitch ? null : <Control {...control} />}
        {isOverridden ? (
          <output id={overriddenId} htmlFor={id} className={classes.overridden}>
            Also given under Arguments; that one counts.
          </output>
        ) : null}
        {help === '' || isOwn ? null : (
          <p id={helpId} className={classes.help}>
            {help}
          </p>
        )}
        {fault === null || isOwn ? null : (
          <p id={faultId} className={classes.fault}>
            {fault}
          </p>
        )}
      </div>
    </div>
  );
});

/** What a field has to be. It stands beside the label, so that the label is the argument's name and nothing else. */
export function FieldNotes({
  isRequired,
  type,
}: {
  readonly isRequired: boolean;
  readonly type: string;
}): ReactElement {
  return (
    <span className={classes.type}>
      {type}
      {isRequired ? <span className={classes.needed}>{type === '' ? '' : ', '}required</span> : null}
    </span>
  );
}

function Control(props: ControlProps): ReactElement {
  const { action } = props.argument;
  switch (action.kind) {
    case 'value':
      return <ValueControl {...props} />;
    case 'switch':
      return <SwitchControl {...props} />;
    case 'on-off':
      return <OnOffControl {...props} />;
    case 'count':
      return <CountControl {...props} />;
    default:
      return assertNever(action);
  }
}
