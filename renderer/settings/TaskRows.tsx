import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ReactElement } from 'react';
import { draftDefaults, nextKey, type TaskDraft } from './config-draft';
import classes from './Rows.module.css';

interface TaskRowsProps {
  readonly tasks: readonly TaskDraft[];
  /** What is wrong with the task at a position; null where nothing is. */
  readonly fault: (at: number) => string | null;
  readonly onChange: (tasks: readonly TaskDraft[]) => void;
}

/** The slot's tasks: a name, the script, and its arguments as a command line. */
export function TaskRows({ tasks, fault, onChange }: TaskRowsProps): ReactElement {
  const change = (key: string, part: Partial<TaskDraft>): void =>
    onChange(tasks.map((task) => (task.key === key ? { ...task, ...part } : task)));
  return (
    <fieldset className={classes.rows}>
      <legend>Tasks</legend>
      <p className={classes.hint}>
        Presets of a script with its arguments. Where no task is named tune_squids, the slot has one that runs{' '}
        {draftDefaults.tuneSquids}.
      </p>
      {tasks.map((task, index) => (
        <div key={task.key} className={classes.task}>
          <TextInput
            aria-label={`Name of task ${index + 1}`}
            placeholder="Name"
            value={task.name}
            onChange={(event) => change(task.key, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Script of task ${index + 1}`}
            placeholder="Path of the script"
            value={task.script}
            onChange={(event) => change(task.key, { script: event.currentTarget.value })}
          />
          <TextInput
            aria-label={`Arguments of task ${index + 1}`}
            placeholder="Arguments"
            value={task.args}
            onChange={(event) => change(task.key, { args: event.currentTarget.value })}
          />
          <ActionIcon
            aria-label={`Remove task ${index + 1}`}
            onClick={() => onChange(tasks.filter((each) => each.key !== task.key))}
          >
            <X size={14} aria-hidden="true" />
          </ActionIcon>
          {fault(index) === null ? null : <p className={classes.fault}>{fault(index)}</p>}
        </div>
      ))}
      <Button
        size="compact-xs"
        leftSection={<Plus size={12} />}
        aria-label="Add a task"
        onClick={() => onChange([...tasks, { key: nextKey(), name: '', script: '', args: '' }])}
      >
        Add
      </Button>
    </fieldset>
  );
}
