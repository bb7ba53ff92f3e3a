import type { SessionMessage } from '../../shared/domain/session';

/** Whose messages are shown: the script's, what the panel says of the run, warnings about what was published. */
export type MessageOrigin = SessionMessage['from'] | 'all';

/** The messages of an origin that contain a text, regardless of case. The same list where nothing is left out. */
export function chooseMessages(
  messages: readonly SessionMessage[],
  text: string,
  origin: MessageOrigin,
): readonly SessionMessage[] {
  if (text === '' && origin === 'all') return messages;
  const wanted = text.toLowerCase();
  return messages.filter(
    (message) => (origin === 'all' || message.from === origin) && message.text.toLowerCase().includes(wanted),
  );
}

/** Messages as text, a line each unless they have more, with their times in UTC. */
export function messagesText(messages: readonly SessionMessage[]): string {
  return messages
    .map(({ time, text, from }) => {
      const warning = from === 'warning' ? 'Warning: ' : '';
      return `${new Date(time).toISOString()} ${warning}${text}\n`;
    })
    .join('');
}
