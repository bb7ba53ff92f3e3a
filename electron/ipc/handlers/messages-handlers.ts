import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { messagesCalls } from '../../../shared/ipc/calls/messages-calls';
import { failure, success } from '../../../shared/result';

/** Answers the calls about published messages. */
export function messagesHandlers({ store }: HandlerServices): HandlersOf<typeof messagesCalls> {
  return {
    'messages.page': (request) => store.messagesPage(request),
    'messages.read': async ({ position }) => {
      const read = await store.readMessage(position);
      if (!read.ok) return read;
      return read.value === null
        ? failure('message-gone', 'This message is not kept any more.')
        : success({ text: read.value });
    },
  };
}
