import { Button } from '@mantine/core';
import type { ReactElement } from 'react';
import type { MessageRow } from '../../shared/domain/message';
import { call } from '../bridge';
import { copyText } from '../components/clipboard';
import { CloseButton, DetailFacts, DetailPane } from '../components/DetailPane';
import { Space } from '../components/ListPane';
import { countOf, formatUtcDateTime } from '../components/time-text';
import { useAnswer } from '../components/use-answer';
import { reportUnexpected } from '../stores/notice-store';
import { publishedText } from './message-text';
import classes from './MessagesView.module.css';
import { WholeJson } from './WholeJson';

interface MessageDetailProps {
  readonly row: MessageRow;
  readonly onClose: () => void;
}

/** One message as it was published. */
export function MessageDetail({ row, onClose }: MessageDetailProps): ReactElement {
  const { position } = row;
  const answer = useAnswer(position, () => call('messages.read', { position }));
  const text = answer.state === 'answered' ? answer.value.text : null;
  const copy = (): void => {
    if (text !== null) copyText('The message', text).catch(reportUnexpected('Copying'));
  };
  return (
    <DetailPane label="Message" height="46%">
      <div className={classes.detailHead}>
        <strong>{row.msgtype}</strong>
        <span className={classes.mono}>{row.publisherId}</span>
        {row.seqNo === null ? null : <span className={classes.mono}>seq_no {row.seqNo}</span>}
        <Space />
        <Button size="compact-xs" disabled={text === null} onClick={copy}>
          Copy message
        </Button>
        <CloseButton label="Close the message" onClick={onClose} />
      </div>
      <DetailFacts>
        <dt>Received</dt>
        <dd>{formatUtcDateTime(row.receivedAt)} UTC</dd>
        <dt>Published</dt>
        <dd>{publishedText(row.publishedAt, row.receivedAt)}</dd>
        <dt>Run</dt>
        <dd>{row.run ?? 'no run was active'}</dd>
        <dt>Payload</dt>
        <dd>{countOf(row.payloadLength, 'character')}</dd>
      </DetailFacts>
      <WholeJson label="Text of the message" name="message" answer={answer} />
    </DetailPane>
  );
}
