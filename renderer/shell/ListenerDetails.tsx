import type { ReactElement } from 'react';
import type { ListenerStatus } from '../../shared/domain/listener';
import { countOf, formatBytes, formatCount, formatUtcTime } from '../components/time-text';
import classes from './ListenerDetails.module.css';

/** The account of every datagram, and what the system gave the socket. */
export function ListenerDetails({ listener }: { readonly listener: ListenerStatus }): ReactElement {
  const { socket, kernelDrops } = listener;
  const rows = [
    { name: 'Received', value: formatCount(listener.received) },
    { name: 'Matched to a slot', value: formatCount(listener.matched) },
    { name: 'Not matched', value: formatCount(listener.unmatched) },
    { name: 'Malformed', value: formatCount(listener.malformed) },
    { name: 'Lost on the way', value: formatCount(listener.lost) },
    { name: 'Oversize, not sent by the publisher', value: formatCount(listener.oversize) },
    {
      name: 'Dropped by the system',
      value: kernelDrops === null ? 'not known here' : formatCount(kernelDrops),
    },
    {
      name: 'Receive buffer',
      value: socket.state === 'listening' ? formatBytes(socket.receiveBuffer) : 'none while not listening',
    },
  ];
  return (
    <dl className={classes.rows}>
      {rows.map((row) => (
        <div key={row.name} className={classes.row}>
          <dt>{row.name}</dt>
          <dd>{row.value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The newest datagrams that could not be read as messages, newest first. */
export function MalformedSamples({ listener }: { readonly listener: ListenerStatus }): ReactElement {
  if (listener.malformedSamples.length === 0) return <p>Every datagram so far could be read as a message.</p>;
  return (
    <>
      <p className={classes.hint}>
        {countOf(listener.malformed, 'datagram')} could not be read as a message. The newest:
      </p>
      <ul className={classes.samples}>
        {listener.malformedSamples.toReversed().map((sample) => (
          <li key={`${sample.receivedAt} ${sample.sender} ${sample.firstBytes}`}>
            <p>
              <time>{formatUtcTime(sample.receivedAt)}</time> from {sample.sender},{' '}
              {formatBytes(sample.length)}
            </p>
            <p className={classes.reason}>{sample.reason}</p>
            <code>{sample.firstBytes}</code>
          </li>
        ))}
      </ul>
    </>
  );
}
