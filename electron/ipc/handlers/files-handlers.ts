import type { HandlerServices } from './handler-services';
import type { HandlersOf } from '../answer';
import type { filesCalls } from '../../../shared/ipc/calls/files-calls';
import { success } from '../../../shared/result';

/** Answers the calls about registered files. */
export function filesHandlers({ files, store, dialogs }: HandlerServices): HandlersOf<typeof filesCalls> {
  return {
    'files.list': (request) => store.ask('listFiles', request),
    'files.inspect': async ({ files: ids, fetch }) => success({ found: await files.inspect(ids, fetch) }),
    'files.text': ({ file }) => files.text(file),
    'files.array': ({ file }) => files.array(file),
    'files.showInFolder': async ({ file }) => {
      const path = await files.pathToShow(file);
      if (!path.ok) return path;
      dialogs.showInFolder(path.value);
      return success({});
    },
    'files.testPath': ({ slot, from, to }) => files.testPath(slot, from, to),
  };
}
