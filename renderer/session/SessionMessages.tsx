import { Button, VisuallyHidden } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import type { SessionMessage } from '../../shared/domain/session';
import { countOf, formatUtcDateTime, formatUtcTime } from '../components/time-text';
import classes from './SessionPane.module.css';

/** How many messages are drawn at first, and how many more at each demand. */
const step = 300;

/** A session's messages in order, the newest at the bottom and in sight until the operator scrolls up. */
export function SessionMessages({
  messages,
}: {
  readonly messages: readonly SessionMessage[];
}): ReactElement {
  const [shown, setShown] = useState(step);
  const list = useRef<HTMLUListElement>(null);
  const atEnd = useRef(true);
  const count = messages.length;
  const first = Math.max(0, count - shown);
  const placed = messages.slice(first).map((message, offset) => ({ message, position: first + offset }));

  useLayoutEffect(() => {
    const element = list.current;
    if (element !== null && count > 0 && atEnd.current) element.scrollTop = element.scrollHeight;
  }, [count]);

  return (
    <ul
      ref={list}
      className={classes.list}
      aria-label="Messages of the session, times in UTC"
      // What scrolls has to be reachable by keyboard.
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      onScroll={(event) => {
        const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
        atEnd.current = scrollHeight - clientHeight - scrollTop < 4;
      }}
    >
      {first === 0 ? null : (
        <li>
          <Button size="compact-xs" variant="subtle" onClick={() => setShown(shown + step)}>
            Show earlier ones ({countOf(first, 'message')})
          </Button>
        </li>
      )}
      {placed.map(({ message, position }) => (
        <li key={position} className={classes.message} data-from={message.from}>
          <time title={`${formatUtcDateTime(message.time)} UTC`}>{formatUtcTime(message.time)}</time>
          <span className={classes.messageText}>
            {message.from === 'warning' ? (
              <>
                <TriangleAlert className={classes.warningMark} size={13} aria-hidden="true" />
                <VisuallyHidden>Warning: </VisuallyHidden>
              </>
            ) : null}
            {message.text}
          </span>
        </li>
      ))}
    </ul>
  );
}
