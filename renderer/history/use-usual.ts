import { useCallback, useEffect, useRef, useState } from 'react';
import { errorText } from '../../shared/error-text';
import type { UsualDuration } from '../../shared/domain/history';
import type { SlotId } from '../../shared/domain/ids';
import type { Result } from '../../shared/result';
import { call } from '../bridge';
import { addNotice } from '../stores/notice-store';
import { success } from '../../shared/result';

/** A script with its arguments on a slot. */
export interface Execution {
  readonly slot: SlotId;
  readonly script: string;
  readonly args: readonly string[];
}

/** Asks how long a script usually takes on a slot; null where no successful run tells. */
export async function usualDuration({
  slot,
  script,
  args,
}: Execution): Promise<Result<UsualDuration | null>> {
  const reply = await call('history.usual', { slot, script, args: [...args] });
  return reply.ok ? success(reply.value.usual) : reply;
}

/** The usual duration of an execution, null where it is not known or not known yet. `key` names what it is read for. */
export function useUsual(execution: Execution | null, key: string): UsualDuration | null {
  const [read, setRead] = useState<{ readonly key: string; readonly usual: UsualDuration | null } | null>(
    null,
  );
  const request =
    execution === null ? null : JSON.stringify([key, execution.slot, execution.script, execution.args]);
  useEffect(() => {
    if (execution === null || request === null) return undefined;
    let current = true;
    usualDuration(execution).then(
      (reply) => {
        // Without a database there is no estimate; the window says so elsewhere.
        if (current) setRead({ key: request, usual: reply.ok ? reply.value : null });
      },
      (error: unknown) => addNotice('error', `The usual duration could not be read: ${errorText(error)}`),
    );
    return () => {
      current = false;
    };
    // oxlint-disable-next-line react/exhaustive-deps -- the request names all of the execution
  }, [request]);
  return read !== null && read.key === request ? read.usual : null;
}

/** The usual durations of many executions, those of one script, slot and arguments asked for once while the view is there. */
export function useUsuals(executions: readonly Execution[]): (execution: Execution) => UsualDuration | null {
  const [read, setRead] = useState<ReadonlyMap<string, UsualDuration | null>>(new Map());
  const asked = useRef(new Set<string>());
  useEffect(() => {
    const fresh = new Map<string, Execution>();
    for (const execution of executions) {
      const name = nameOf(execution);
      if (!asked.current.has(name)) fresh.set(name, execution);
    }
    if (fresh.size === 0) return;
    for (const name of fresh.keys()) asked.current.add(name);
    const readAll = async (): Promise<void> => {
      const answers = await Promise.all(
        [...fresh].map(async ([name, execution]) => {
          const reply = await usualDuration(execution);
          return [name, reply.ok ? reply.value : null] as const;
        }),
      );
      setRead((known) => new Map([...known, ...answers]));
    };
    readAll().catch((error: unknown) =>
      addNotice('error', `The usual durations could not be read: ${errorText(error)}`),
    );
  }, [executions]);
  return useCallback((execution: Execution) => read.get(nameOf(execution)) ?? null, [read]);
}

function nameOf({ slot, script, args }: Execution): string {
  return JSON.stringify([slot, script, args]);
}
