import type { ReactElement } from 'react';
import { assertNever } from '../../shared/assert-never';
import type { ListenerState, ListenerStatus } from '../../shared/domain/listener';
import { useNowText } from '../components/clock';
import { secondsUntil } from '../components/time-text';
import classes from './Footer.module.css';
import { describeListener } from './listener-text';

type Tone = 'good' | 'warn' | 'bad' | 'quiet';

/** The status "Listener": what the socket does. The countdown stands beside it, so that nobody has it read out. */
export function ListenerText({ listener }: { readonly listener: ListenerStatus }): ReactElement {
  const tone = toneOf(listener.socket);
  const retryAt = 'retryAt' in listener.socket ? listener.socket.retryAt : null;
  return (
    <span className={`${classes.item} ${classes[tone]}`}>
      <ToneShape tone={tone} />
      <output aria-label="Listener" className={classes.listener} title={describeListener(listener)}>
        {describeListener(listener)}
      </output>
      {retryAt === null ? null : <Retry at={retryAt} />}
    </span>
  );
}

function Retry({ at }: { readonly at: number }): ReactElement {
  const text = useNowText((now) => (at <= now ? 'retrying' : `retry in ${secondsUntil(at, now)} s`));
  return <span className={classes.retry}>{text}</span>;
}

function toneOf(socket: ListenerState): Tone {
  switch (socket.state) {
    case 'starting':
      return 'quiet';
    case 'listening':
      return 'good';
    case 'port-in-use':
      return 'warn';
    case 'failed':
      return 'bad';
    default:
      return assertNever(socket);
  }
}

function ToneShape({ tone }: { readonly tone: Tone }): ReactElement {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" aria-hidden="true">
      {tone === 'good' ? <circle cx="5" cy="5" r="4" fill="currentColor" /> : null}
      {tone === 'quiet' ? (
        <circle cx="5" cy="5" r="3.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      ) : null}
      {tone === 'warn' ? (
        <path d="M5 1l4.4 8H.6z" fill="none" stroke="currentColor" strokeWidth="1.4" />
      ) : null}
      {tone === 'bad' ? <path d="M1.5 1.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="1.8" /> : null}
    </svg>
  );
}
