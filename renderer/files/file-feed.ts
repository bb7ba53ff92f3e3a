import type { RunId, SlotId } from '../../shared/domain/ids';
import type { RegisteredFile } from '../../shared/domain/registered-file';
import { success } from '../../shared/result';
import { call } from '../bridge';
import { KeysetFeed } from '../stores/keyset-feed';

/** Which files are listed. */
export interface FileFilter {
  readonly slot: SlotId;
  /** Null for the files of all runs, and of none. */
  readonly run: RunId | null;
  readonly text: string;
}

/** The files of a filter, newest first; what it says beside the rows is how many there are. */
export type FileFeed = KeysetFeed<RegisteredFile, number>;

const pageSize = 200;

/** The most files that a list holds. */
export const mostFiles = 5000;

/** Opens the feed of a filter. Nothing is read until it is refreshed, and no more than `most` files are held. */
export function openFileFeed(filter: FileFilter, most = mostFiles): FileFeed {
  return new KeysetFeed<RegisteredFile, number>({
    pageSize,
    most,
    isOlder: (file, other) =>
      file.receivedAt === other.receivedAt ? file.id < other.id : file.receivedAt < other.receivedAt,
    read: async (before, limit) => {
      const place = before === null ? null : { receivedAt: before.receivedAt, id: before.id };
      const reply = await call('files.list', { ...filter, before: place, limit });
      return reply.ok ? success({ rows: reply.value.files, extra: reply.value.total }) : reply;
    },
  });
}
