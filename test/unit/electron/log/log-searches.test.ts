import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { LogSearches } from '../../../../electron/log/log-searches';
import { LogService } from '../../../../electron/log/log-service';
import { makeRunId } from '../../../../shared/domain/ids';
import { wholeLog, type LogFindStatus, type LogLook } from '../../../../shared/domain/log-find';
import { LogWriter } from '../../../fixtures/log-writer';
import { bundle } from '../store/support';
import { makeFolder, openFiles } from './support';
import { eventually } from '../../../fixtures/eventually';

const run = makeRunId(1_700_000_000_000, 'aaaaaa');
const other = makeRunId(1_700_000_000_000, 'bbbbbb');
let worker: Awaited<ReturnType<typeof bundle>>;

beforeAll(async () => {
  worker = await bundle(join(import.meta.dirname, '../../../../electron/log/search-worker.ts'));
});
afterAll(() => worker.remove());

function makeSearches(longestStep = 2000): { logs: LogService; searches: LogSearches } {
  const logs = new LogService({
    onGrowth: () => undefined,
    onError: (_run, error) => expect.fail(error.message),
  });
  const searches = new LogSearches(logs, { workerFile: worker.file, longestStep });
  onTestFinished(async () => {
    await searches.close();
    await logs.close();
  });
  return { logs, searches };
}

function look(text: string, regex = false, change: Partial<LogLook['filter']> = {}): LogLook {
  return { query: { text, regex, matchCase: true }, filter: { ...wholeLog, ...change } };
}

async function complete(
  searches: LogSearches,
  folder: string,
  wanted: LogLook,
  of = run,
): Promise<LogFindStatus> {
  for (;;) {
    const status = await searches.find(of, folder, wanted);
    if (!status.ok) throw new Error(status.error.message);
    if (status.value.complete) return status.value;
  }
}

function writeLog(folder: string, text: string): void {
  const writer = new LogWriter(folder);
  writer.write(text);
  writer.close();
}

describe('LogSearches', () => {
  it('releases the files of a run that is about to be removed', async () => {
    const { logs, searches } = makeSearches();
    const folder = makeFolder();
    writeLog(folder, 'one\ntwo\n');
    expect(await complete(searches, folder, look('two'))).toMatchObject({ matches: 1 });
    expect(openFiles(folder)).not.toEqual([]);
    await searches.release(run);
    await logs.release(run);
    expect(openFiles(folder)).toEqual([]);
  });

  it('searches in a thread, keeps up with a log that grows, and goes on when the run has ended', async () => {
    const { logs, searches } = makeSearches();
    const folder = makeFolder();
    const writer = new LogWriter(folder);
    logs.follow(run, folder);
    writer.write('needle\n'.repeat(10));
    await eventually(() => expect(logs.progress(run)?.lines).toBe(10));
    const first = await complete(searches, folder, look('needle'));
    expect(first).toMatchObject({ matches: 10, rows: null });
    writer.write('hay\nneedle\n');
    await eventually(() => expect(logs.progress(run)?.lines).toBe(12));
    const later = await complete(searches, folder, look('needle'));
    expect(later).toMatchObject({ matches: 11, id: first.id });
    writer.write('needle');
    writer.close();
    await logs.finish(run);
    expect(await complete(searches, folder, look('needle'))).toMatchObject({ matches: 12, id: first.id });
    const filtered = await complete(searches, folder, look('hay', false, { matchesOnly: true }));
    expect(filtered).toMatchObject({ rows: 1 });
    expect(filtered.id).toBeGreaterThan(first.id);
    expect(await searches.rows(run, folder, 0, 10)).toMatchObject({
      value: { total: 1, lines: [{ index: 0, line: 10, text: 'hay' }] },
    });
  });

  it('gives up an expression that takes too long, says where, and answers what comes after', async () => {
    const { searches } = makeSearches(300);
    const folder = makeFolder();
    writeLog(folder, `${'fine\n'.repeat(40_000)}${'a'.repeat(60)}!\nlast\n`);
    const slow = look('(a+)+$', true);
    const status = await complete(searches, folder, slow);
    expect(status.fault).toMatch(/^too slow: given up near line [\d,]+\./);
    expect(status.matches).toBe(0);
    expect((await complete(searches, folder, slow)).fault).toBe(status.fault);
    expect(await complete(searches, folder, look('last'))).toMatchObject({ fault: null, matches: 1 });
  });

  it('never shows what a filter leaves out, also where the thread was begun anew meanwhile', async () => {
    const { searches } = makeSearches();
    const [folder, elsewhere] = [makeFolder(), makeFolder()];
    writeLog(folder, 'ERROR one\nfine\nERROR two\n');
    writeLog(elsewhere, 'x\n');
    const errors = look('ERROR', false, { matchesOnly: true });
    await complete(searches, folder, errors);
    // Another log takes the thread; nobody sets the look of the first anew.
    await complete(searches, elsewhere, look('x'), other);
    for (;;) {
      const rows = await searches.rows(run, folder, 0, 10);
      if (!rows.ok) throw new Error(rows.error.message);
      const texts = rows.value.lines.map(({ text }) => text);
      expect(texts.filter((text) => !text.startsWith('ERROR'))).toEqual([]);
      if (texts.length === 2) break;
    }
  });

  it('lets the thread go with the last one who looks, and looks at one log at a time', async () => {
    const { searches } = makeSearches();
    const [one, two] = [makeFolder(), makeFolder()];
    writeLog(one, 'a\n');
    writeLog(two, 'a\na\n');
    expect(await complete(searches, one, look('a'))).toMatchObject({ matches: 1 });
    expect(await complete(searches, two, look('a'), other)).toMatchObject({ matches: 2 });
    searches.end(run);
    expect(await searches.step(other, two, { line: 0, inLine: -1, forward: true })).toMatchObject({
      value: { ordinal: 1 },
    });
    searches.end(other);
    await searches.close();
    await expect(searches.find(run, one, look('a'))).rejects.toThrow('closed');
  });
});
