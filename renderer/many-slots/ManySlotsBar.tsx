import { Button, Tooltip } from '@mantine/core';
import { ListPlus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { scriptName } from '../../shared/domain/run';
import { call } from '../bridge';
import { countOf } from '../components/time-text';
import { useRunForm, useRunRequest } from '../run/run-form-store';
import { reportUnexpected } from '../stores/notice-store';
import { usePanel } from '../stores/panel-store';
import { openPage } from '../stores/view-store';
import classes from './ManySlotsBar.module.css';
import { wishOf } from './many-slots-form';
import { RunOnSlotsButton } from './RunOnSlotsButton';
import { SlotPause } from './SlotPause';

/** What else can be done with the script and the arguments that a slot's form holds: queue it, run it on more slots. */
export function ManySlotsBar({ slot }: { readonly slot: SlotConfig }): ReactElement {
  const form = useRunForm(slot.id);
  const waiting = usePanel((state) => state.queue.waiting[slot.id] ?? 0);
  const [said, setSaid] = useState<{ readonly text: string; readonly isFault: boolean } | null>(null);
  const [isAdding, setIsAdding] = useState(false);
  const read = useRunRequest(slot.id);
  const wish = wishOf(form, read);
  const add = async (): Promise<void> => {
    if (!read.ok) return;
    setIsAdding(true);
    try {
      const reply = await call('queue.add', read.value);
      const text = reply.ok
        ? `${scriptName(read.value.script)} was added to the queue of ${slot.id}.`
        : reply.error.message;
      setSaid({ text, isFault: !reply.ok });
    } finally {
      setIsAdding(false);
    }
  };
  return (
    <div className={classes.bar}>
      <SlotPause slot={slot} />
      <Tooltip label={read.ok ? null : read.error.message} disabled={read.ok}>
        <span>
          <Button
            leftSection={<ListPlus size={14} aria-hidden="true" />}
            disabled={!read.ok || isAdding}
            onClick={() => void add().catch(reportUnexpected('Adding to the queue'))}
          >
            Add to queue
          </Button>
        </span>
      </Tooltip>
      <RunOnSlotsButton
        form={wish.ok ? { slot: slot.id, wish: wish.value } : null}
        refusal={wish.ok ? null : wish.error.message}
      />
      <output className={said?.isFault === true ? classes.fault : classes.said}>{said?.text}</output>
      {waiting > 0 ? (
        <Button variant="subtle" onClick={() => openPage('queue')}>
          {countOf(waiting, 'entry', 'entries')} waiting for this slot
        </Button>
      ) : null}
    </div>
  );
}
