import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useMemo, useState } from 'react';
import type { SlotId } from '../../shared/domain/ids';
import type { MemberCheck } from '../../shared/ipc/calls/group-calls';
import { call } from '../bridge';
import { reportUnexpected } from '../stores/notice-store';

/** How long typing has to rest before main is asked, milliseconds: a check may go to other machines. */
const rest = 350;

/** What a check found. */
export interface MemberChecks {
  readonly members: ReadonlyMap<SlotId, MemberCheck>;
  /** Whether an answer to what is chosen now is still awaited. */
  readonly isChecking: boolean;
  readonly fault: string | null;
}

interface Answer {
  readonly asked: string;
  readonly members: readonly MemberCheck[];
  readonly fault: string | null;
}

const nothingAsked: Answer = { asked: '', members: [], fault: null };

interface Wanted {
  readonly key: string;
  readonly slots: SlotId[];
  readonly script: string;
  readonly args: string[];
}

/**
 * Asks main what stands against running on these slots; asked anew when one of them becomes free or busy (`busy`).
 * Nothing is asked without a slot and a script.
 */
export function useMemberCheck(
  slots: readonly SlotId[],
  script: string,
  args: readonly string[] | null,
  busy: string,
): MemberChecks {
  const isAsked = slots.length > 0 && script.trim() !== '' && args !== null;
  const key = isAsked ? JSON.stringify([slots, script.trim(), args, busy]) : '';
  // The key says all that the request holds, so that the request is made anew only with it.
  const wanted = useMemo<Wanted>(
    () => ({ key, slots: [...slots], script: script.trim(), args: [...(args ?? [])] }),
    // oxlint-disable-next-line react/exhaustive-deps
    [key],
  );
  const [settled] = useDebouncedValue(wanted, rest);
  const [answer, setAnswer] = useState(nothingAsked);
  useEffect(() => {
    if (settled.key === '') return undefined;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const { key: asked, ...request } = settled;
      const reply = await call('group.check', request);
      if (!isCurrent) return;
      setAnswer({
        asked,
        members: reply.ok ? reply.value.members : [],
        fault: reply.ok ? null : reply.error.message,
      });
    };
    ask().catch(reportUnexpected('Checking the slots'));
    return () => {
      isCurrent = false;
    };
  }, [settled]);
  return {
    members: new Map(answer.members.map((member) => [member.slot, member])),
    isChecking: isAsked && answer.asked !== key,
    fault: isAsked ? answer.fault : null,
  };
}
