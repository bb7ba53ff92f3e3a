import { Button } from '@mantine/core';
import { useMemo, type ReactElement } from 'react';
import type { SlotId } from '../../shared/domain/ids';
import type { RegisterRow } from '../../shared/domain/register';
import { editAlarm } from '../alarms/alarm-editor-store';
import { newAlarmForm } from '../alarms/alarm-form';
import { call } from '../bridge';
import { copyText } from '../components/clipboard';
import { useNowText } from '../components/clock';
import { CloseButton, DetailFacts, DetailPane } from '../components/DetailPane';
import { Space } from '../components/ListPane';
import { countOf, formatAgo, formatUtcDateTime } from '../components/time-text';
import { useAnswer } from '../components/use-answer';
import { WholeJson } from '../messages/WholeJson';
import { reportUnexpected } from '../stores/notice-store';
import classes from './MetadataView.module.css';
import { pinOf, pinValue, unpinValue, usePinStore } from './pin-store';

interface RegisterDetailProps {
  readonly slot: SlotId;
  readonly row: RegisterRow;
  readonly onClose: () => void;
}

/** One register: its whole value, when it came, and what can be done with it. */
export function RegisterDetail({ slot, row, onClose }: RegisterDetailProps): ReactElement {
  const { path, updates } = row;
  // Read anew whenever the row says that the value came again.
  const answer = useAnswer(path, () => call('metadata.read', { slot, path }), updates);
  const text = answer.state === 'answered' ? answer.value.text : null;
  const watched = useMemo(() => ({ source: 'register' as const, slot, path: row.path }), [slot, row.path]);
  const pin = usePinStore((store) => pinOf(store.pins, watched));
  const received = useNowText((now) => formatAgo(now - row.receivedAt));
  const changed = useNowText((now) => formatAgo(now - row.changedAt));
  const copy = (what: string, copied: string): void => {
    copyText(what, copied).catch(reportUnexpected('Copying'));
  };
  return (
    <DetailPane label="Register" height="42%">
      <div className={classes.detailHead}>
        <strong>{row.path}</strong>
        <Space />
        <Button size="compact-xs" onClick={() => copy('The path', row.path)}>
          Copy path
        </Button>
        <Button
          size="compact-xs"
          disabled={text === null}
          onClick={() => {
            if (text !== null) copy('The value', text);
          }}
        >
          Copy value
        </Button>
        {pin === null ? (
          <Button
            size="compact-xs"
            disabled={!row.isNumber}
            title={row.isNumber ? '' : 'Only numbers, true and false can be charted'}
            onClick={() => pinValue(watched)}
          >
            Pin to chart
          </Button>
        ) : (
          <Button size="compact-xs" onClick={() => unpinValue(pin)}>
            Unpin
          </Button>
        )}
        <Button size="compact-xs" onClick={() => editAlarm(null, newAlarmForm(slot, watched))}>
          Add alarm…
        </Button>
        <CloseButton label="Close the register" onClick={onClose} />
      </div>
      <DetailFacts>
        <dt>Received</dt>
        <dd title={`${formatUtcDateTime(row.receivedAt)} UTC`}>{received}</dd>
        <dt>Changed</dt>
        <dd title={`${formatUtcDateTime(row.changedAt)} UTC`}>{changed}</dd>
        <dt>Type</dt>
        <dd>{row.type === '' ? 'not said' : row.type}</dd>
        <dt>Updates</dt>
        <dd>{countOf(row.updates, 'update')}</dd>
      </DetailFacts>
      <WholeJson label="Value of the register" name="register" answer={answer} />
    </DetailPane>
  );
}
