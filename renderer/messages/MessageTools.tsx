import { Autocomplete, Button, Chip, Switch, TextInput } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import type { MessageType } from '../../shared/domain/message';
import { countOf, formatCount } from '../components/time-text';
import classes from './MessagesView.module.css';

/** What the operator has chosen to see. */
export interface MessageChoice {
  readonly msgtypes: readonly string[];
  readonly text: string;
  readonly publisher: string;
  /** A UTC time as a field holds it (`2026-11-23T02:13:10`); empty for none. */
  readonly until: string;
  readonly thisRunOnly: boolean;
  readonly live: boolean;
}

/** The choice that hides nothing. */
export const everyMessage: MessageChoice = {
  msgtypes: [],
  text: '',
  publisher: '',
  until: '',
  thisRunOnly: false,
  live: true,
};

/** The moment that a field for a UTC time holds, Unix milliseconds; null where it is empty or not whole. */
export function utcMoment(field: string): number | null {
  const moment = field === '' ? Number.NaN : Date.parse(`${field}Z`);
  return Number.isNaN(moment) ? null : moment;
}

interface MessageToolsProps {
  readonly choice: MessageChoice;
  readonly onChange: (change: Partial<MessageChoice>) => void;
  /** Every type that there is to choose from. */
  readonly types: readonly MessageType[];
  /** Publisher ids to offer. */
  readonly publishers: readonly string[];
  /** Whether there is a run to limit the list to. */
  readonly hasRun: boolean;
  /** How many messages came since the list was read. */
  readonly missed: number;
}

/** The filter over the messages, and whether the list follows what comes. */
export function MessageTools(props: MessageToolsProps): ReactElement {
  const { choice, onChange, types, publishers, hasRun, missed } = props;
  const waiting = missed === 0 ? '' : ` · ${formatCount(missed)} new`;
  return (
    <div className={classes.tools}>
      <TextInput
        className={classes.find ?? ''}
        aria-label="Text that messages contain"
        placeholder="Text in the message"
        value={choice.text}
        maxLength={500}
        onChange={(event) => onChange({ text: event.currentTarget.value })}
      />
      <Autocomplete
        className={classes.publisher ?? ''}
        size="xs"
        aria-label="Part of the publisher id"
        placeholder="Publisher id"
        data={[...publishers]}
        value={choice.publisher}
        maxLength={200}
        limit={50}
        onChange={(publisher) => onChange({ publisher })}
      />
      <TextInput
        className={classes.until ?? ''}
        type="datetime-local"
        step={1}
        max="9999-12-31T23:59:59"
        aria-label="Only messages older than this time, in UTC"
        title="Only messages older than this time, in UTC"
        value={choice.until}
        onChange={(event) => onChange({ until: event.currentTarget.value })}
      />
      <span className={classes.space} />
      {hasRun ? (
        <Switch
          label="This run only"
          checked={choice.thisRunOnly}
          onChange={(event) => onChange({ thisRunOnly: event.currentTarget.checked })}
        />
      ) : null}
      <Button
        size="compact-xs"
        leftSection={
          choice.live ? <Pause size={12} aria-hidden="true" /> : <Play size={12} aria-hidden="true" />
        }
        onClick={() => onChange({ live: !choice.live })}
      >
        {choice.live ? 'Pause' : `Go live${waiting}`}
      </Button>
      <TypeChips types={types} chosen={choice.msgtypes} onChange={onChange} />
    </div>
  );
}

interface TypeChipsProps {
  readonly types: readonly MessageType[];
  readonly chosen: readonly string[];
  readonly onChange: (change: Partial<MessageChoice>) => void;
}

function TypeChips({ types, chosen, onChange }: TypeChipsProps): ReactElement {
  const gone = chosen.filter((msgtype) => !types.some((type) => type.msgtype === msgtype));
  const offered = [...types, ...gone.map((msgtype) => ({ msgtype, count: 0 }))];
  return (
    <Chip.Group multiple value={[...chosen]} onChange={(msgtypes) => onChange({ msgtypes })}>
      <fieldset className={classes.chips} aria-label="Types of message">
        {offered.map(({ msgtype, count }) => (
          <Chip
            key={msgtype}
            value={msgtype}
            size="xs"
            radius="sm"
            variant="outline"
            aria-description={`${countOf(count, 'message')} kept`}
            classNames={{ label: classes.chip ?? '' }}
          >
            {msgtype}
            <span className={classes.count} aria-hidden="true">
              {formatCount(count)}
            </span>
          </Chip>
        ))}
      </fieldset>
    </Chip.Group>
  );
}
