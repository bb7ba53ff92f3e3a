// The virtualizer's functions change without changing their identity, which only the React Compiler (not used) minds.
/* oxlint-disable react/incompatible-library */
import { ActionIcon, NativeSelect, Spoiler, TextInput, VisuallyHidden } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDownToLine, Copy, TriangleAlert } from 'lucide-react';
import { useEffect, useMemo, useRef, useState, type ReactElement } from 'react';
import type { SessionMessage } from '../../shared/domain/session';
import { copyText } from '../components/clipboard';
import { countOf, formatCount, formatUtcDateTime, formatUtcTime } from '../components/time-text';
import { reportUnexpected } from '../stores/notice-store';
import { chooseMessages, messagesText, type MessageOrigin } from './message-choice';
import classes from './SessionPane.module.css';

/** The least height of a message in CSS pixels. */
const lineHeight = 21;

/** The height of six lines of a message in CSS pixels: what is longer shows whole only when asked for. */
const clampedHeight = 6 * 19;

/** No text so short fills six lines, not even in the narrowest pane: it needs no measuring. */
const surelyShort = 60;

/** Whether the newest is in sight, give or take so many CSS pixels. */
const nearEnd = 24;

const origins: readonly { readonly value: MessageOrigin; readonly label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'script', label: 'Script' },
  { value: 'panel', label: 'Panel' },
  { value: 'warning', label: 'Warnings' },
];

/** A session's messages in order, the newest at the bottom and in sight until the operator scrolls up. */
export function SessionMessages({
  messages,
}: {
  readonly messages: readonly SessionMessage[];
}): ReactElement {
  const [typed, setTyped] = useState('');
  const [origin, setOrigin] = useState<MessageOrigin>('all');
  const [follows, setFollows] = useState(true);
  // Kept here, because a message that is scrolled out of sight is not drawn.
  const [whole, setWhole] = useState<ReadonlySet<SessionMessage>>(new Set());
  const view = useRef<HTMLDivElement>(null);
  const lastTop = useRef(0);
  const shown = useMemo(() => chooseMessages(messages, typed, origin), [messages, typed, origin]);
  const virtualizer = useVirtualizer({
    count: shown.length,
    getScrollElement: () => view.current,
    estimateSize: () => lineHeight,
    overscan: 10,
  });
  const height = virtualizer.getTotalSize();

  useEffect(() => {
    const element = view.current;
    if (follows && element !== null) element.scrollTop = element.scrollHeight;
  }, [follows, shown, height]);

  const showWhole = (message: SessionMessage, isWhole: boolean): void => {
    const next = new Set(whole);
    if (isWhole) next.add(message);
    else next.delete(message);
    setWhole(next);
    // Following would scroll past what was asked for.
    if (isWhole) setFollows(false);
  };
  const copy = (): void => {
    copyText(countOf(shown.length, 'message'), messagesText(shown)).catch(reportUnexpected('Copying'));
  };
  return (
    <>
      <div className={classes.tools}>
        <TextInput
          className={classes.find ?? ''}
          type="search"
          aria-label="Find in session messages"
          placeholder="Find a message"
          value={typed}
          maxLength={200}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <output aria-label="Found in session messages" className={classes.count}>
          {shown.length === messages.length ? '' : formatCount(shown.length)}
        </output>
        <NativeSelect
          className={classes.origin ?? ''}
          size="xs"
          aria-label="Whose messages"
          data={[...origins]}
          value={origin}
          onChange={(event) => {
            const chosen = origins.find((each) => each.value === event.currentTarget.value);
            setOrigin(chosen?.value ?? 'all');
          }}
        />
        <ActionIcon size={22} aria-label="Copy the messages" title="Copy the messages" onClick={copy}>
          <Copy size={13} aria-hidden="true" />
        </ActionIcon>
        {follows ? null : (
          <ActionIcon
            size={22}
            aria-label="Go to the newest message"
            title="Go to the newest message"
            onClick={() => setFollows(true)}
          >
            <ArrowDownToLine size={14} aria-hidden="true" />
          </ActionIcon>
        )}
      </div>
      {/* What scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable jsx-a11y/no-noninteractive-tabindex */}
      <section
        ref={view}
        className={classes.list}
        tabIndex={0}
        aria-label="List of the messages"
        onScroll={(event) => {
          const { scrollTop, clientHeight, scrollHeight } = event.currentTarget;
          if (scrollHeight - clientHeight - scrollTop < nearEnd) setFollows(true);
          else if (scrollTop < lastTop.current) setFollows(false);
          lastTop.current = scrollTop;
        }}
      >
        {/* oxlint-enable jsx-a11y/no-noninteractive-tabindex */}
        {shown.length === 0 ? <p className={classes.quiet}>No message fits.</p> : null}
        <ul className={classes.rows} aria-label="Messages of the session, times in UTC" style={{ height }}>
          {virtualizer.getVirtualItems().map((item) => {
            const message = shown[item.index];
            return message === undefined ? null : (
              <li
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                aria-posinset={item.index + 1}
                aria-setsize={shown.length}
                className={classes.message}
                data-from={message.from}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <time title={`${formatUtcDateTime(message.time)} UTC`}>{formatUtcTime(message.time)}</time>
                <MessageText
                  message={message}
                  isWhole={whole.has(message)}
                  onWhole={(isWhole) => showWhole(message, isWhole)}
                />
              </li>
            );
          })}
        </ul>
      </section>
    </>
  );
}

interface MessageTextProps {
  readonly message: SessionMessage;
  readonly isWhole: boolean;
  readonly onWhole: (isWhole: boolean) => void;
}

/** What a message says; of a long one the first lines, and the rest when asked for. */
function MessageText({ message, isWhole, onWhole }: MessageTextProps): ReactElement {
  const { from, text } = message;
  const whole = (
    <span className={classes.messageText}>
      {from === 'warning' ? (
        <>
          <TriangleAlert className={classes.warningMark} size={13} aria-hidden="true" />
          <VisuallyHidden>Warning: </VisuallyHidden>
        </>
      ) : null}
      {text}
    </span>
  );
  if (text.length <= surelyShort && !text.includes('\n')) return whole;
  return (
    <Spoiler
      className={classes.long ?? ''}
      maxHeight={clampedHeight}
      transitionDuration={0}
      showLabel="Show all"
      hideLabel="Show less"
      expanded={isWhole}
      onExpandedChange={onWhole}
    >
      {whole}
    </Spoiler>
  );
}
