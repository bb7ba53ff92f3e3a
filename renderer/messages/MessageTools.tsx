import { Autocomplete, Button, Chip, Switch, TextInput } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import type { MessageType } from '../../shared/domain/message';
import { Space, ToolBar } from '../components/ListPane';
import { countOf, formatCount } from '../components/time-text';
import { readUtcTime } from './message-text';
import classes from './MessagesView.module.css';

/** What the operator has chosen to see. */
export interface MessageChoice {
  readonly msgtypes: readonly string[];
  readonly text: string;
  readonly publisher: string;
  /** A time in UTC as it was typed, see `readUtcTime`; empty for none. */
  readonly until: string;
  /** The moment that it means, Unix milliseconds; null for none. */
  readonly untilAt: number | null;
  readonly thisRunOnly: boolean;
  /** Whether the list follows what comes while it stands at its top. */
  readonly live: boolean;
}

/** The choice that hides nothing. */
export const everyMessage: MessageChoice = {
  msgtypes: [],
  text: '',
  publisher: '',
  until: '',
  untilAt: null,
  thisRunOnly: false,
  live: true,
};

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
  /** Whether the list follows what comes. */
  readonly follows: boolean;
  readonly onGoLive: () => void;
}

/** The filter over the messages, and whether the list follows what comes. */
export function MessageTools(props: MessageToolsProps): ReactElement {
  const { choice, onChange, types, publishers, hasRun, missed, follows, onGoLive } = props;
  const waiting = missed === 0 ? '' : ` · ${formatCount(missed)} new`;
  return (
    <ToolBar>
      <TextInput
        className={classes.find ?? ''}
        aria-label="Text that messages contain"
        placeholder="Message text"
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
        aria-label="Only messages older than this time, in UTC"
        title="Only messages older than this time, in UTC: 02:13, or 2026-11-23 02:13:10"
        placeholder="Older than, UTC"
        value={choice.until}
        maxLength={30}
        error={choice.until.trim() !== '' && choice.untilAt === null}
        onChange={(event) => {
          const until = event.currentTarget.value;
          onChange({ until, untilAt: readUtcTime(until, Date.now()) });
        }}
      />
      <Space />
      {hasRun ? (
        <Switch
          label="This run only"
          checked={choice.thisRunOnly}
          onChange={(event) => onChange({ thisRunOnly: event.currentTarget.checked })}
        />
      ) : null}
      <Button
        size="compact-xs"
        leftSection={follows ? <Pause size={12} aria-hidden="true" /> : <Play size={12} aria-hidden="true" />}
        onClick={() => (follows ? onChange({ live: false }) : onGoLive())}
      >
        {follows ? 'Pause' : `Go live${waiting}`}
      </Button>
      <TypeChips types={types} chosen={choice.msgtypes} onChange={onChange} />
    </ToolBar>
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
