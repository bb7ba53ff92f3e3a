import type { GroupId } from '../../shared/domain/queue';
import type { AbortStage } from '../../shared/domain/run';
import type { CallName, CallRequest } from '../../shared/ipc/contract';
import { call } from '../bridge';
import { addNotice, reportUnexpected } from '../stores/notice-store';

type QueueChange = Exclude<Extract<CallName, `queue.${string}`>, 'queue.read'>;

/** Asks for a change of the queue; a refusal becomes a notice. */
export function changeQueue<Name extends QueueChange>(name: Name, request: CallRequest<Name>): void {
  const ask = async (): Promise<void> => {
    const reply = await call(name, request);
    if (!reply.ok) addNotice('error', reply.error.message);
  };
  ask().catch(reportUnexpected('Changing the queue'));
}

/** Aborts a group, or goes ahead to a stage; a refusal becomes a notice. */
export function abortGroup(group: GroupId, stage: AbortStage): void {
  const ask = async (): Promise<void> => {
    const reply = await call('group.abort', { group, stage });
    if (!reply.ok) addNotice('error', reply.error.message);
  };
  ask().catch(reportUnexpected('Aborting the group'));
}
