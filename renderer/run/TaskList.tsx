import { Button, Tooltip } from '@mantine/core';
import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { joinCommandLine } from './command-line';
import type { RunForm } from './run-form';
import { fillRunForm } from './run-form-store';
import classes from './TaskList.module.css';

/** The slot's tasks: each fills the form with its script and arguments, and starts nothing. */
export function TaskList({
  slot,
  form,
}: {
  readonly slot: SlotConfig;
  readonly form: RunForm;
}): ReactElement {
  return (
    <fieldset className={classes.group}>
      <legend className={classes.label}>
        Tasks <span className={classes.hint}>fill in the form below</span>
      </legend>
      <div className={classes.tasks}>
        {slot.tasks.map((task) => (
          <Tooltip key={task.name} label={joinCommandLine([task.script, ...task.args])}>
            <Button
              className={classes.task}
              aria-pressed={form.task === task.name}
              onClick={() => fillRunForm(slot.id, { script: task.script, args: task.args, task: task.name })}
            >
              {task.name}
            </Button>
          </Tooltip>
        ))}
      </div>
    </fieldset>
  );
}
