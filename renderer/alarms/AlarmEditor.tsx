import { Button, Modal, NativeSelect, SegmentedControl, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactElement } from 'react';
import { alarmSeveritySchema } from '../../shared/domain/alarm';
import { errorText } from '../../shared/error-text';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { closeAlarmEditor, rulesChanged, useAlarmEditor } from './alarm-editor-store';
import {
  conditionKindSchema,
  readAlarmForm,
  type AlarmFaults,
  type AlarmField,
  type AlarmForm,
} from './alarm-form';
import classes from './Alarms.module.css';

const kinds = [
  { value: 'above', label: 'is above a limit' },
  { value: 'below', label: 'is below a limit' },
  { value: 'outside', label: 'is outside two limits' },
  { value: 'equals', label: 'equals a value' },
  { value: 'not-updated', label: 'is not updated' },
];

/** The dialog in which a rule is written. */
export function AlarmEditor(): ReactElement {
  const editing = useAlarmEditor((store) => store.editing);
  return (
    <Modal
      opened={editing !== null}
      onClose={closeAlarmEditor}
      title={editing?.id === null ? 'Add alarm' : 'Change alarm'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {editing === null ? null : <EditorForm id={editing.id} first={editing.form} />}
    </Modal>
  );
}

interface EditorFormProps {
  readonly id: number | null;
  readonly first: AlarmForm;
}

function EditorForm({ id, first }: EditorFormProps): ReactElement {
  const [form, setForm] = useState(first);
  const [isTried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSaving, setSaving] = useState(false);
  const read = readAlarmForm(form);
  const faults: AlarmFaults = isTried && 'faults' in read ? read.faults : {};
  const change = (part: Partial<AlarmForm>): void => setForm((before) => ({ ...before, ...part }));
  const field = (name: AlarmField) => ({
    value: form[name],
    error: faults[name],
    onChange: (event: FormEvent<HTMLInputElement>) => change({ [name]: event.currentTarget.value }),
  });
  const save = async (): Promise<void> => {
    setTried(true);
    // A new rule that is sent twice would be two rules.
    if (!('rule' in read) || isSaving) return;
    setSaving(true);
    try {
      const reply = await call('alarms.save', { id, rule: read.rule });
      if (!reply.ok) {
        setRefusal(reply.error.message);
        return;
      }
      rulesChanged();
      // Closed meanwhile, another rule may be in the editor.
      if (useAlarmEditor.getState().editing?.form === first) closeAlarmEditor();
    } finally {
      setSaving(false);
    }
  };
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save().catch((error: unknown) => setRefusal(errorText(error)));
      }}
    >
      {form.watched === null ? (
        <TextInput
          data-autofocus
          label={`Register of ${form.slot}`}
          placeholder="Its whole path"
          {...field('path')}
        />
      ) : (
        <p className={classes.watched}>
          <span>
            {form.watched.source === 'session' ? 'Session data' : 'Register'} of {form.slot}
          </span>
          <code>{form.path}</code>
        </p>
      )}
      <TextInput
        label="Name"
        description="As the alarm is shown; empty for the value’s path"
        {...field('name')}
      />
      <div className={classes.fields}>
        <NativeSelect
          data-autofocus={form.watched !== null}
          size="xs"
          label="Raise it when the value"
          data={kinds}
          value={form.kind}
          onChange={(event) => change({ kind: conditionKindSchema.parse(event.currentTarget.value) })}
        />
        {form.kind === 'above' || form.kind === 'below' ? (
          <TextInput label="Limit" {...field('limit')} />
        ) : null}
        {form.kind === 'outside' ? (
          <>
            <TextInput label="Lower limit" {...field('low')} />
            <TextInput label="Upper limit" {...field('high')} />
          </>
        ) : null}
        {form.kind === 'equals' ? (
          <TextInput
            label="Value"
            description="A number, true, false, null, NaN, or a text"
            {...field('equals')}
          />
        ) : null}
        {form.kind === 'not-updated' ? <TextInput label="For seconds" {...field('seconds')} /> : null}
        <TextInput label="Held for seconds" description="0 raises it at once" {...field('delay')} />
      </div>
      <p className={classes.hint}>{hintOf(form)}</p>
      <div className={classes.choices}>
        <SegmentedControl
          aria-label="Severity"
          data={[
            { value: 'warning', label: 'Warning' },
            { value: 'alarm', label: 'Alarm' },
          ]}
          value={form.severity}
          onChange={(value) => change({ severity: alarmSeveritySchema.parse(value) })}
        />
        <Switch
          label="Watch this value"
          checked={form.enabled}
          onChange={(event) => change({ enabled: event.currentTarget.checked })}
        />
      </div>
      {refusal === null ? null : (
        <Banner tone="error" live="alert">
          The rule was not kept. {refusal}
        </Banner>
      )}
      <div className={classes.buttons}>
        <Button onClick={closeAlarmEditor}>Cancel</Button>
        <Button type="submit" variant="filled" disabled={isSaving}>
          Save
        </Button>
      </div>
    </form>
  );
}

function hintOf({ kind, watched }: AlarmForm): string {
  if (kind === 'equals') return 'NaN equals NaN only. Before the first value comes, nothing is raised.';
  if (kind === 'not-updated') {
    return watched?.source === 'session'
      ? 'Counted from the last time that a script published it, and only while a run is active on the slot.'
      : 'Counted from the last time that it was received, also with the same value.';
  }
  return 'NaN, and whatever is not a number, is outside every limit; true counts as 1, false as 0. Before the first value comes, nothing is raised.';
}
