import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { errorText } from '../../shared/error-text';
import type { MessageRow } from '../../shared/domain/message';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { copyText } from '../components/clipboard';
import { countOf, formatUtcDateTime } from '../components/time-text';
import { reportUnexpected } from '../stores/notice-store';
import { formatJsonText } from './json-text';
import { publishedText } from './message-text';
import classes from './MessagesView.module.css';

interface MessageDetailProps {
  readonly row: MessageRow;
  readonly onClose: () => void;
}

type Content = { readonly text: string } | { readonly fault: string } | null;

/** One message as it was published. */
export function MessageDetail({ row, onClose }: MessageDetailProps): ReactElement {
  const content = useMessageText(row.position);
  const text = content !== null && 'text' in content ? content.text : null;
  const formatted = useMemo(() => (text === null ? null : formatJsonText(text)), [text]);
  const copy = (): void => {
    if (text !== null) copyText('The message', text).catch(reportUnexpected('Copying'));
  };
  return (
    <section className={classes.detail} aria-label="Message">
      <div className={classes.detailHead}>
        <strong>{row.msgtype}</strong>
        <span className={classes.mono}>{row.publisherId}</span>
        {row.seqNo === null ? null : <span className={classes.mono}>seq_no {row.seqNo}</span>}
        <span className={classes.space} />
        <Button size="compact-xs" disabled={text === null} onClick={copy}>
          Copy message
        </Button>
        <ActionIcon size={22} variant="subtle" aria-label="Close the message" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </ActionIcon>
      </div>
      <dl className={classes.facts}>
        <dt>Received</dt>
        <dd>{formatUtcDateTime(row.receivedAt)} UTC</dd>
        <dt>Published</dt>
        <dd>{publishedText(row.publishedAt, row.receivedAt)}</dd>
        <dt>Run</dt>
        <dd>{row.run ?? 'no run was active'}</dd>
        <dt>Payload</dt>
        <dd>{countOf(row.payloadLength, 'character')}</dd>
      </dl>
      {content !== null && 'fault' in content ? (
        <Banner tone="error" live="alert">
          This message could not be read. {content.fault}
        </Banner>
      ) : null}
      {/* What scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={classes.text} aria-label="Text of the message" tabIndex={0}>
        <pre>{formatted}</pre>
      </section>
    </section>
  );
}

function useMessageText(position: number): Content {
  const [read, setRead] = useState<{ position: number; content: Content }>({ position, content: null });
  useEffect(() => {
    let current = true;
    const show = (content: Content): void => {
      if (current) setRead({ position, content });
    };
    call('messages.read', { position }).then(
      (reply) => show(reply.ok ? { text: reply.value.text } : { fault: reply.error.message }),
      (error: unknown) => show({ fault: errorText(error) }),
    );
    return () => {
      current = false;
    };
  }, [position]);
  return read.position === position ? read.content : null;
}
