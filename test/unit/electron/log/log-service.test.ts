import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogFailure } from '../../../../electron/log/log-file';
import { LogService } from '../../../../electron/log/log-service';
import { makeRunId, type RunId } from '../../../../shared/domain/ids';
import { LogWriter } from '../../../fixtures/log-writer';
import { makeFolder, openFiles } from './support';
import { eventually } from '../../../fixtures/eventually';

interface MadeService {
  readonly service: LogService;
  readonly grown: RunId[];
  readonly errors: LogFailure[];
}

function makeService(openLimit?: number): MadeService {
  const grown: RunId[] = [];
  const errors: LogFailure[] = [];
  const service = new LogService({
    onGrowth: (run) => grown.push(run),
    onError: (_run, error) => errors.push(error),
    ...(openLimit === undefined ? {} : { openLimit }),
  });
  onTestFinished(() => service.close());
  return { service, grown, errors };
}

function runNumber(number: number): RunId {
  return makeRunId(1_700_000_000_000, String(number).padStart(6, '0'));
}

const run = runNumber(1);

function writeLog(folder: string, text: string): void {
  mkdirSync(folder, { recursive: true });
  const writer = new LogWriter(folder);
  writer.write(text);
  writer.close();
}

async function textsOf(service: LogService, of: RunId, folder: string): Promise<string[]> {
  return (await service.window(of, folder, 0, 500)).lines.map(({ text }) => text);
}

describe('LogService', () => {
  it('follows a run to its end and beyond', async () => {
    const { service, grown, errors } = makeService();
    const folder = makeFolder();
    const writer = new LogWriter(folder);
    service.follow(run, folder);
    service.follow(run, folder);
    expect(service.progress(run)).toEqual({ lines: 0, bytes: 0 });
    writer.write('a\nb');
    await eventually(() => expect(service.progress(run)).toEqual({ lines: 2, bytes: 3 }));
    expect(grown).toContain(run);
    expect(await textsOf(service, run, folder)).toEqual(['a', 'b']);
    writer.writeLog('c\n');
    writer.close();
    expect(await service.finish(run)).toEqual({ lines: 2, bytes: 5 });
    expect(service.progress(run)).toBeNull();
    expect(await service.finish(run)).toBeNull();
    expect(await textsOf(service, run, folder)).toEqual(['a', 'bc']);
    expect(errors).toEqual([]);
  });

  it('scans an old log once and uses the saved index from then on', async () => {
    const folder = makeFolder();
    writeLog(folder, 'a\nb\n');
    expect(await textsOf(makeService().service, run, folder)).toEqual(['a', 'b']);
    const saved = readFileSync(join(folder, 'lines.idx'));
    // Same size, other line ends: whoever scanned again would find one line.
    writeFileSync(join(folder, 'output.log'), 'a-b\n');
    const { total } = await makeService().service.window(run, folder, 0, 10);
    expect(total).toBe(2);
    writeFileSync(join(folder, 'lines.idx'), 'not an index');
    expect(await textsOf(makeService().service, run, folder)).toEqual(['a-b']);
    expect(readFileSync(join(folder, 'lines.idx'))).not.toEqual(saved);
  });

  it('reads an ended log afresh when output came after its end', async () => {
    const { service } = makeService();
    const folder = makeFolder();
    writeLog(folder, 'a\n');
    expect(await textsOf(service, run, folder)).toEqual(['a']);
    appendFileSync(join(folder, 'output.log'), 'late\n');
    expect(await textsOf(service, run, folder)).toEqual(['a', 'late']);
    expect(openFiles(folder)).toHaveLength(2);
  });

  it('opens a log once for windows that are asked for together', async () => {
    const { service } = makeService();
    const folder = makeFolder();
    writeLog(folder, 'a\n'.repeat(1000));
    const windows = await Promise.all(
      [0, 300, 600, 900].map((first) => service.window(run, folder, first, 1)),
    );
    expect(windows.map(({ lines }) => lines[0]?.index)).toEqual([0, 300, 600, 900]);
    expect(openFiles(folder)).toHaveLength(2);
  });

  it('keeps only so many ended logs open, the last used ones', async () => {
    const { service } = makeService(2);
    const root = makeFolder();
    const folders = [0, 1, 2, 3].map((number) => join(root, String(number)));
    for (const folder of folders) writeLog(folder, 'a\n');
    const open = async (number: number) => textsOf(service, runNumber(number), folders[number]!);
    await open(0);
    await open(1);
    await open(0);
    await open(2);
    expect(folders.map((folder) => openFiles(folder).length)).toEqual([2, 0, 2, 0]);
    expect(await Promise.all([0, 1, 2, 3].map(open))).toEqual([['a'], ['a'], ['a'], ['a']]);
    expect(openFiles(root)).toHaveLength(4);
  });

  it('shows nothing of a run without files', async () => {
    const { service, errors } = makeService();
    expect(await service.window(run, join(makeFolder(), 'absent'), 0, 100)).toEqual({ total: 0, lines: [] });
    expect(errors).toEqual([]);
  });

  it('says that an old log cannot be read, each time it is asked', async () => {
    const { service } = makeService();
    const folder = makeFolder();
    mkdirSync(join(folder, 'output.log'));
    const message = `${join(folder, 'output.log')} cannot be read`;
    await expect(service.window(run, folder, 0, 1)).rejects.toThrow(message);
    await expect(service.window(run, folder, 0, 1)).rejects.toThrow(message);
    rmSync(join(folder, 'output.log'), { recursive: true });
    writeLog(folder, 'back\n');
    expect(await textsOf(service, run, folder)).toEqual(['back']);
  });

  it('shows a log whose index cannot be saved, and says so', async () => {
    const { service, errors } = makeService();
    const folder = makeFolder();
    writeLog(folder, 'a\n');
    mkdirSync(join(folder, 'lines.idx.new'));
    expect(await textsOf(service, run, folder)).toEqual(['a']);
    expect(errors.map(({ code }) => code)).toEqual(['log-index-not-saved']);
    expect(errors[0]?.message).toContain(join(folder, 'lines.idx'));
  });

  it('releases the files of a run that is about to be removed', async () => {
    const { service } = makeService();
    const folder = makeFolder();
    writeLog(folder, 'a\n');
    await textsOf(service, run, folder);
    expect(openFiles(folder)).not.toEqual([]);
    await service.release(run);
    await service.release(run);
    expect(openFiles(folder)).toEqual([]);
  });

  it('releases everything when it is closed, windows under way included', async () => {
    const { service } = makeService();
    const root = makeFolder();
    const live = join(root, 'live');
    const ended = join(root, 'ended');
    writeLog(live, 'a\n');
    writeLog(ended, 'b\n'.repeat(100_000));
    service.follow(run, live);
    await eventually(() => expect(service.progress(run)?.lines).toBe(1));
    await service.window(run, live, 0, 1);
    const underWay = service.window(runNumber(2), ended, 0, 1);
    const settled = Promise.allSettled([underWay]);
    await service.close();
    await settled;
    expect(openFiles(root)).toEqual([]);
    expect(() => service.follow(run, live)).toThrow('after it was closed');
  });
});
