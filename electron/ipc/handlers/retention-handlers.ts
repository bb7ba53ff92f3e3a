import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { retentionCalls } from '../../../shared/ipc/calls/retention-calls';
import { success } from '../../../shared/result';

/** Answers the calls about which runs are kept. */
export function retentionHandlers({ retention, audit }: HandlerServices): HandlersOf<typeof retentionCalls> {
  return {
    'retention.preview': ({ keep }) => retention.preview(keep),
    'retention.last': () => success({ pass: retention.last }),
    'retention.apply': () => {
      audit('retention.apply', null, null, {});
      return retention.apply();
    },
  };
}
