import { ActionIcon, Button } from '@mantine/core';
import { X } from 'lucide-react';
import { useEffect, useMemo, useState, type ReactElement } from 'react';
import { errorText } from '../../shared/error-text';
import type { SlotId } from '../../shared/domain/ids';
import type { RegisterRow } from '../../shared/domain/register';
import { editAlarm } from '../alarms/alarm-editor-store';
import { newAlarmForm } from '../alarms/alarm-form';
import { call } from '../bridge';
import { Banner } from '../components/Banner';
import { copyText } from '../components/clipboard';
import { useNowText } from '../components/clock';
import { countOf, formatAgo, formatUtcDateTime } from '../components/time-text';
import { formatJsonText } from '../messages/json-text';
import { reportUnexpected } from '../stores/notice-store';
import classes from './MetadataView.module.css';
import { pinOf, pinValue, unpinValue, usePinStore } from './pin-store';

interface RegisterDetailProps {
  readonly slot: SlotId;
  readonly row: RegisterRow;
  readonly onClose: () => void;
}

type Content = { readonly text: string } | { readonly fault: string } | null;

/** One register: its whole value, when it came, and what can be done with it. */
export function RegisterDetail({ slot, row, onClose }: RegisterDetailProps): ReactElement {
  const content = useRegisterText(slot, row);
  const text = content !== null && 'text' in content ? content.text : null;
  const formatted = useMemo(() => (text === null ? null : formatJsonText(text)), [text]);
  const watched = useMemo(() => ({ source: 'register' as const, slot, path: row.path }), [slot, row.path]);
  const pin = usePinStore((store) => pinOf(store.pins, watched));
  const received = useNowText((now) => formatAgo(now - row.receivedAt));
  const changed = useNowText((now) => formatAgo(now - row.changedAt));
  const copy = (what: string, copied: string): void => {
    copyText(what, copied).catch(reportUnexpected('Copying'));
  };
  return (
    <section className={classes.detail} aria-label="Register">
      <div className={classes.detailHead}>
        <strong>{row.path}</strong>
        <span className={classes.space} />
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
        <ActionIcon size={22} aria-label="Close the register" onClick={onClose}>
          <X size={14} aria-hidden="true" />
        </ActionIcon>
      </div>
      <dl className={classes.facts}>
        <dt>Received</dt>
        <dd title={`${formatUtcDateTime(row.receivedAt)} UTC`}>{received}</dd>
        <dt>Changed</dt>
        <dd title={`${formatUtcDateTime(row.changedAt)} UTC`}>{changed}</dd>
        <dt>Type</dt>
        <dd>{row.type === '' ? 'not said' : row.type}</dd>
        <dt>Updates</dt>
        <dd>{countOf(row.updates, 'update')}</dd>
      </dl>
      {content !== null && 'fault' in content ? (
        <Banner tone="error" live="alert">
          This register could not be read. {content.fault}
        </Banner>
      ) : null}
      {/* What scrolls has to be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className={classes.text} aria-label="Value of the register" tabIndex={0}>
        <pre>{formatted}</pre>
      </section>
    </section>
  );
}

/** The whole value, read anew whenever the row says that it came again. What was read stays until then. */
function useRegisterText(slot: SlotId, { path, updates }: RegisterRow): Content {
  const [read, setRead] = useState<{ path: string; updates: number; content: Content }>({
    path,
    updates,
    content: null,
  });
  useEffect(() => {
    let isCurrent = true;
    const show = (content: Content): void => {
      if (isCurrent) setRead({ path, updates, content });
    };
    call('metadata.read', { slot, path }).then(
      (reply) => show(reply.ok ? { text: reply.value.text } : { fault: reply.error.message }),
      (error: unknown) => show({ fault: errorText(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [slot, path, updates]);
  return read.path === path ? read.content : null;
}
