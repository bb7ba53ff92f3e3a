import { Button } from '@mantine/core';
import { CirclePause, Play } from 'lucide-react';
import type { ReactElement } from 'react';
import type { SlotConfig } from '../../shared/config/crates';
import { changeQueue } from '../queue/queue-actions';
import { usePanel } from '../stores/panel-store';
import classes from './ManySlotsBar.module.css';

/** Says that what waits for a slot does not start, because the slot or the whole queue is paused, and resumes it. */
export function SlotPause({ slot }: { readonly slot: SlotConfig }): ReactElement | null {
  const own = usePanel((state) => state.queue.pausedSlots[slot.id] ?? null);
  const whole = usePanel((state) => state.queue.paused);
  const pause = own ?? whole;
  if (pause === null) return null;
  return (
    <div className={classes.pause}>
      <CirclePause size={16} aria-hidden="true" />
      <output aria-label="Paused" className={classes.why}>
        <strong>{own === null ? 'Queue paused' : 'Paused'}: nothing starts here by itself.</strong>{' '}
        {pause.reason}
      </output>
      <Button
        leftSection={<Play size={13} aria-hidden="true" />}
        onClick={() => changeQueue('queue.resume', { slot: own === null ? null : slot.id })}
      >
        {own === null ? 'Resume queue' : `Resume ${slot.id}`}
      </Button>
    </div>
  );
}
