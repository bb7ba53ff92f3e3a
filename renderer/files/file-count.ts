import { useThrottledValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import type { RunId, SlotId } from '../../shared/domain/ids';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';
import { useSlotStatus } from '../stores/panel-store';

/** The least time between two counts, in milliseconds. */
const countPeriod = 500;

/** How many files a run registered, or with null the slot; 0 until they are counted. */
export function useFileCount(slot: SlotId, run: RunId | null): number {
  const registered = useThrottledValue(useSlotStatus(slot)?.files ?? 0, countPeriod);
  const [counted, setCounted] = useState<{
    readonly of: string;
    readonly at: number;
    readonly count: number;
  } | null>(null);
  const of = `${slot} ${run ?? ''}`;
  useEffect(() => {
    let isCurrent = true;
    const count = async (): Promise<void> => {
      const reply = await call('files.list', { slot, run, text: '', before: null, limit: 0 });
      // Where the database cannot be read, the tab itself says so.
      if (isCurrent && reply.ok) setCounted({ of, at: registered, count: reply.value.total });
    };
    count().catch(reportUnexpected('Counting files'));
    return () => {
      isCurrent = false;
    };
  }, [slot, run, of, registered]);
  return counted?.of === of ? counted.count : 0;
}
