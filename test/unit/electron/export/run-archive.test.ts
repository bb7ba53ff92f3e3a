import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { ExportService } from '../../../../electron/export/export-service';
import { archiveName, type ExportedFile } from '../../../../electron/export/exported-files';
import type { RunArchiveSources } from '../../../../electron/export/run-archive';
import type { ExportProgress } from '../../../../shared/ipc/calls/export-calls';
import type { Run } from '../../../../shared/domain/run';
import { failure, success } from '../../../../shared/result';
import { until } from '../../../fixtures/until';
import { now, run, runId } from '../store/fixtures';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const done = run({
  phase: 'done',
  startedAt: now,
  endedAt: now + 5000,
  outcome: { kind: 'exited', code: 0 },
  args: ['--bands', '0 1'],
});

const logBytes = Buffer.concat([
  Buffer.from('Taking IV\n'),
  Buffer.from([0xff, 0x00, 0xc3]),
  Buffer.from('\nend'),
]);

function index(...records: [offset: number, time: number, length: number, stream: number][]): Buffer {
  const bytes = Buffer.alloc(records.length * 24);
  for (const [position, [offset, time, length, stream]] of records.entries()) {
    bytes.writeDoubleLE(offset, position * 24);
    bytes.writeDoubleLE(time, position * 24 + 8);
    bytes.writeUInt32LE(length, position * 24 + 16);
    bytes.writeUInt32LE(stream, position * 24 + 20);
  }
  return bytes;
}

function makeBench(parts: Partial<RunArchiveSources> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'export-'));
  folders.push(folder);
  const runFolder = join(folder, 'runs', done.id);
  mkdirSync(runFolder, { recursive: true });
  writeFileSync(join(runFolder, 'output.log'), logBytes);
  writeFileSync(join(runFolder, 'output.idx'), index([0, now / 1000, 10, 1], [10, now / 1000 + 1, 99, 2]));
  const request = { argv: ['python3', '-u', '/scripts/take_noise.py'], cwd: '/tmp', env: { SLOT: '2' } };
  writeFileSync(join(runFolder, 'run.json'), JSON.stringify({ ...request, transport: null }));
  const service = new ExportService({
    folderOf: (id) => join(folder, 'runs', id),
    session: async (id) =>
      success({
        run: id,
        data: { noise: [1.5, Number.NaN, Number.NEGATIVE_INFINITY], ['__proto__']: { 'key "ü"': null } },
        changedAt: { noise: now },
        messages: [{ time: now, text: 'Status is now "done".\n', from: 'panel' }],
      }),
    messages: async (_run, after) =>
      success(
        after === 0
          ? { texts: ['{"payload": NaN}', '{"a":\r\n1}'], next: 2, removedBefore: done.requestedAt }
          : { texts: ['{"last": "ü\u2028"}'], next: null, removedBefore: null },
      ),
    mark: async (id) => success({ run: id, note: 'A note\nof two lines', pinned: true }),
    files: async function* files() {
      yield* [];
    },
    now: () => now + 60_000,
    ...parts,
  });
  return { folder, runFolder, service, path: join(folder, 'out.zip') };
}

async function finished(service: ExportService, id: number): Promise<ExportProgress> {
  await until(() => service.progress(id)?.state !== 'writing', 'the export has ended');
  return service.progress(id)!;
}

/** What Python makes of the archive: names, and each file as its module reads it. */
interface ReadArchive {
  names: string[];
  log: string;
  session: string;
  messages: string;
  run: Record<string, unknown>;
  times: string[][];
  readme: string;
}

function readWithPython(path: string): ReadArchive {
  const source = `
import csv, io, json, sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
read = archive.read
print(json.dumps({
  'names': archive.namelist(),
  'log': read('log.txt').hex() if 'log.txt' in archive.namelist() else '',
  'session': repr(json.loads(read('session.json'))),
  'messages': repr([json.loads(line) for line in io.TextIOWrapper(archive.open('messages.jsonl'), 'utf-8')]),
  'run': json.loads(read('run.json')),
  'times': list(csv.reader(io.StringIO(read('log-times.csv').decode()))) if 'log-times.csv' in archive.namelist() else [],
  'readme': read('README.txt').decode(),
}))`;
  return JSON.parse(execFileSync('python3', ['-c', source, path], { encoding: 'utf8' })) as ReadArchive;
}

describe('an exported run', () => {
  it('is read by Python: raw log, times, session with NaN, messages, what ran', async () => {
    const { service, path, folder } = makeBench();
    const progress = await finished(service, service.start(done, path));
    expect(progress).toMatchObject({ state: 'done', leftOut: [], unfinished: false, message: null });
    expect(progress.archiveBytes).toBe(readFileSync(path).length);
    const read = readWithPython(path);
    expect(read.names).toEqual([
      'log.txt',
      'log-times.csv',
      'session.json',
      'messages.jsonl',
      'run.json',
      'README.txt',
    ]);
    expect(read.log).toBe(logBytes.toString('hex'));
    expect(read.session).toContain(`'data': {'noise': [1.5, nan, -inf], '__proto__': {'key "ü"': None}}`);
    expect(read.session).toContain(`'changed_at': {'noise': ${now / 1000}`);
    expect(read.session).toContain(`'text': 'Status is now "done".\\n'`);
    expect(read.messages).toBe(`[{'payload': nan}, {'a': 1}, {'last': 'ü\\u2028'}]`);
    expect(read.run).toMatchObject({
      run: done.id,
      args: ['--bands', '0 1'],
      state: 'succeeded',
      outcome_text: 'Script has finished with exit code 0',
      note: 'A note\nof two lines',
      started_with: { argv: ['python3', '-u', '/scripts/take_noise.py'], env: { SLOT: '2' } },
      unfinished: false,
    });
    expect(read.times).toEqual([
      ['offset', 'length', 'stream', 'time', 'time_utc'],
      ['0', '10', 'stdout', String(now / 1000), new Date(now).toISOString()],
      ['10', '7', 'stderr', String(now / 1000 + 1), new Date(now + 1000).toISOString()],
    ]);
    expect(read.readme).toContain('Nothing that is known of was left out.');
    expect(readdirSync(folder).toSorted()).toEqual(['out.zip', 'runs']);
  });

  it('takes a run that goes on up to now, and says so', async () => {
    const { service, path } = makeBench();
    const live: Run = { ...done, phase: 'running', outcome: null, endedAt: null };
    const progress = await finished(service, service.start(live, path));
    expect(progress).toMatchObject({ state: 'done', unfinished: true });
    const read = readWithPython(path);
    expect(read.run).toMatchObject({ state: 'running', unfinished: true });
    expect(read.readme).toContain('THE RUN WAS STILL ACTIVE');
  });

  it('says what could not be included, in the progress and in its README', async () => {
    const files: ExportedFile[] = [
      { name: 'plots/a.png', open: async () => success(Readable.from([Buffer.from('abc')])) },
      { name: '../../plots/a.png', open: async () => success(Readable.from([Buffer.from('d')])) },
      { name: 'gone.dat', open: async () => failure('file-missing', 'the file is not there any more') },
      {
        name: 'cut.dat',
        open: async () =>
          success(
            Readable.from(
              (async function* cut() {
                yield Buffer.from('12345');
                throw new Error('connection lost');
              })(),
            ),
          ),
      },
    ];
    const { service, path, runFolder } = makeBench({
      session: async () => failure('store-failed', 'The database failed.'),
      files: async function* yieldFiles() {
        yield* files;
      },
    });
    rmSync(join(runFolder, 'output.log'));
    const progress = await finished(service, service.start({ ...done, id: done.id }, path));
    expect(progress.state).toBe('done');
    expect(progress.leftOut).toEqual([
      `log.txt: ${join(runFolder, 'output.log')} is not there any more`,
      'session.json: The database failed.',
      'files/gone.dat: the file is not there any more',
      'files/cut.dat ends after 5 bytes: connection lost',
    ]);
    const listing = execFileSync('python3', ['-m', 'zipfile', '-l', path], { encoding: 'utf8' });
    expect(listing).toContain('files/plots/a.png');
    expect(listing).toContain('files/plots/a-2.png');
    const print = 'import sys, zipfile; print(zipfile.ZipFile(sys.argv[1]).read("README.txt").decode())';
    const readme = execFileSync('python3', ['-c', print, path], { encoding: 'utf8' });
    for (const sentence of progress.leftOut) expect(readme).toContain(`- ${sentence}`);
  });

  it('says that its first messages are not kept any more, and that its note could not be read', async () => {
    const { service, path } = makeBench({
      messages: async (_run, after) =>
        success({
          texts: ['{"a": 1}'],
          next: after === 0 ? 9 : null,
          removedBefore: after === 0 ? done.requestedAt + 1500 : null,
        }),
      mark: async () => failure('store-failed', 'The database failed.'),
    });
    const { leftOut } = await finished(service, service.start(done, path));
    expect(leftOut).toEqual([
      'messages.jsonl: messages received before 2026-11-23 14:00:01 UTC are not kept any more',
      'run.json: note and pin could not be read: The database failed.',
    ]);
    const read = readWithPython(path);
    expect(read.messages).toBe(`[{'a': 1}, {'a': 1}]`);
    for (const sentence of leftOut) expect(read.readme).toContain(`- ${sentence}`);
    expect(read.readme).not.toContain('Nothing that is known of');
  });

  it('leaves out the output of a run that was to discard it', async () => {
    const { service, path } = makeBench();
    const progress = await finished(service, service.start({ ...done, log: false }, path));
    expect(progress.leftOut.map((each) => each.split(':')[0])).toEqual(['log.txt', 'log-times.csv']);
  });

  it('leaves nothing when it is cancelled, and what was there before', async () => {
    const { service, path, runFolder, folder } = makeBench();
    writeFileSync(path, 'an earlier one');
    truncateSync(join(runFolder, 'output.log'), 3_000_000_000);
    const id = service.start(done, path);
    await until(() => (service.progress(id)?.bytes ?? 0) > 1_000_000, 'some of it is written');
    await service.cancel(id);
    expect(service.progress(id)?.state).toBe('cancelled');
    expect(readFileSync(path, 'utf8')).toBe('an earlier one');
    expect(readdirSync(folder).toSorted()).toEqual(['out.zip', 'runs']);
  });

  it('fails with path and cause where it cannot be written, without a rest', async () => {
    const { service, folder } = makeBench();
    const path = join(folder, 'no', 'such', 'folder.zip');
    expect(await finished(service, service.start(done, path))).toMatchObject({
      state: 'failed',
      message: expect.stringContaining(path),
    });
    expect(readdirSync(folder)).toEqual(['runs']);
  });

  it('stops what is being written when the panel closes', async () => {
    const { service, path, runFolder, folder } = makeBench();
    truncateSync(join(runFolder, 'output.log'), 3_000_000_000);
    const id = service.start(done, path);
    await service.close();
    expect(service.progress(id)?.state).toBe('cancelled');
    expect(readdirSync(folder)).toEqual(['runs']);
  });

  it('knows nothing of an export that never was', () => {
    expect(makeBench().service.progress(7)).toBeNull();
    expect(runId()).toBe(done.id);
  });
});

describe('names in the archive', () => {
  it.each([
    ['a.png', 'a.png'],
    ['../../etc/passwd', 'etc/passwd'],
    ['/data/x.dat', 'data/x.dat'],
    ['C:\\x\\y.txt', 'C_/x/y.txt'],
    ['..', 'file'],
    ['', 'file'],
    ['a\nb\0c', 'a_b_c'],
    ['für 🧊.png', 'für 🧊.png'],
  ])('%j becomes %j', (name, wanted) => {
    expect(archiveName(name, new Set())).toBe(wanted);
  });

  it('are told apart also where a file system would not', () => {
    const taken = new Set<string>();
    expect(['a.png', 'A.png', 'a.png', '.hidden', '.hidden'].map((name) => archiveName(name, taken))).toEqual(
      ['a.png', 'A-2.png', 'a-3.png', '.hidden', '.hidden-2'],
    );
  });
});
