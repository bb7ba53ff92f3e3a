import { errorText } from '../../shared/error-text';
import { call } from '../bridge';
import { addNotice } from '../stores/notice-store';
import { rulesChanged } from './alarm-editor-store';

/** Says that the operator has seen these alarms, or all; a refusal becomes a notice. */
export function acknowledgeAlarms(rules: number[] | 'all'): void {
  const failed = (cause: string): void => addNotice('error', `The alarm could not be acknowledged. ${cause}`);
  call('alarms.acknowledge', { rules })
    .then((reply) => (reply.ok ? rulesChanged() : failed(reply.error.message)))
    .catch((error: unknown) => failed(errorText(error)));
}

/** Removes a rule with what it raised; a refusal becomes a notice. */
export function removeRule(id: number): void {
  const failed = (cause: string): void => addNotice('error', `The rule could not be removed. ${cause}`);
  call('alarms.remove', { id })
    .then((reply) => (reply.ok ? rulesChanged() : failed(reply.error.message)))
    .catch((error: unknown) => failed(errorText(error)));
}
