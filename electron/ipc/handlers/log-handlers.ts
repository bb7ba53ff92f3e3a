import { basename } from 'node:path';
import type { RunId } from '../../../shared/domain/ids';
import type { logCalls, LogRange } from '../../../shared/ipc/calls/log-calls';
import { success } from '../../../shared/result';
import { readLineDetail } from '../../log/line-detail';
import { copyLines, lineRange, rowRange, saveLines, type LineRuns } from '../../log/log-export';
import type { HandlersOf } from '../answer';
import type { HandlerServices } from './handler-services';

/** Answers the calls about logs. */
export function logHandlers(services: HandlerServices): HandlersOf<typeof logCalls> {
  const { runs, logs, searches, dialogs, audit } = services;
  const linesOf = (run: RunId, { first, last, of }: LogRange): LineRuns =>
    of === 'log'
      ? lineRange(first, last)
      : rowRange(first, last, (from, count) => searches.lineNumbers(run, runs.folderOf(run), from, count));
  return {
    'log.window': async ({ run, first, count }) =>
      success(await logs.window(run, runs.folderOf(run), first, count)),
    'log.find': ({ run, look }) => searches.find(run, runs.folderOf(run), look),
    'log.rows': ({ run, first, count }) => searches.rows(run, runs.folderOf(run), first, count),
    'log.marks': ({ run, first, count }) => searches.marks(run, runs.folderOf(run), first, count),
    'log.step': ({ run, line, inLine, forward }) =>
      searches.step(run, runs.folderOf(run), { line, inLine: inLine ?? Infinity, forward }),
    'log.row': ({ run, line }) => searches.rowOf(run, runs.folderOf(run), line),
    'log.endFind': ({ run }) => {
      searches.end(run);
      return success(null);
    },
    'log.line': ({ run, line, part }) =>
      logs.use(run, runs.folderOf(run), ({ reader }) => readLineDetail(reader, line, part)),
    'log.copy': ({ run, range }) =>
      logs.use(run, runs.folderOf(run), ({ reader }) => copyLines(reader, linesOf(run, range))),
    'log.save': async ({ run, range, form }) => {
      const extension = form === 'raw' ? 'log' : 'txt';
      const path = await dialogs.chooseSaveFile(`${run}.${extension}`, extension);
      if (path === null) return success(null);
      const saved = await logs.use(run, runs.folderOf(run), ({ reader, source }) => {
        const whole = { first: 0, last: source.index.lines - 1, of: 'log' } as const;
        return saveLines(path, reader, linesOf(run, range ?? whole), form);
      });
      if (!saved.ok) return saved;
      audit('log.save', null, run, { file: basename(path), form });
      return success({ path, bytes: saved.value });
    },
  };
}
