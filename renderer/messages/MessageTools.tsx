import { Button, Chip, Switch, TextInput } from '@mantine/core';
import { Pause, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import classes from './MessagesView.module.css';

/** What the operator has chosen to see. */
export interface MessageChoice {
  readonly msgtypes: readonly string[];
  readonly text: string;
  readonly thisRunOnly: boolean;
  readonly live: boolean;
}

interface MessageToolsProps {
  readonly choice: MessageChoice;
  readonly onChange: (change: Partial<MessageChoice>) => void;
  /** Every msgtype that there is to choose from. */
  readonly msgtypes: readonly string[];
  /** Whether there is a run to limit the list to. */
  readonly hasRun: boolean;
}

/** The filter over the messages, and whether the list follows what comes. */
export function MessageTools({ choice, onChange, msgtypes, hasRun }: MessageToolsProps): ReactElement {
  const offered = [...new Set([...msgtypes, ...choice.msgtypes])].toSorted();
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
        {choice.live ? 'Pause' : 'Go live'}
      </Button>
      <Chip.Group multiple value={[...choice.msgtypes]} onChange={(chosen) => onChange({ msgtypes: chosen })}>
        <fieldset className={classes.chips} aria-label="Types of message">
          {offered.map((msgtype) => (
            <Chip
              key={msgtype}
              value={msgtype}
              size="xs"
              radius="sm"
              variant="outline"
              classNames={{ label: classes.chip ?? '' }}
            >
              {msgtype}
            </Chip>
          ))}
        </fieldset>
      </Chip.Group>
    </div>
  );
}
