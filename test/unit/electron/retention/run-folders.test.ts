import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FoldersElsewhere } from '../../../../electron/retention/folders-elsewhere';
import { findStrayFolders } from '../../../../electron/retention/stray-folders';
import { markGivenUp, prepareRunFolder } from '../../../../electron/run/run-folder';
import type { TransportConfig } from '../../../../shared/config/crates';
import type { RunId } from '../../../../shared/domain/ids';
import { failure, success, type Result } from '../../../../shared/result';
import { makeSlot } from '../run/run-bench';
import { now, run, runId } from '../store/fixtures';

const local = makeSlot('crate1slot2', '/').transport;
const ssh = (host: string): TransportConfig => ({
  kind: 'ssh',
  host,
  runs: '~/r',
  python: 'python3',
  cwd: null,
  env: {},
});

let runs: string;
beforeEach(async () => {
  runs = await mkdtemp(join(tmpdir(), 'smurf-runs-'));
});
afterEach(() => rm(runs, { recursive: true, force: true }));

/** The folder of a run that was started over `transport`. */
async function makeFolder(id: RunId, transport: TransportConfig, order = 0): Promise<string> {
  const folder = { run: id, path: join(runs, id) };
  const request = { id, argv: ['x'], script: '/x.py', cwd: null, env: {}, log: true, relay: null };
  await prepareRunFolder(folder, request, transport, run({ id, requestedAt: now + order }));
  return folder.path;
}

const status = (change: object): string =>
  JSON.stringify({
    version: 1,
    boot: null,
    supervisor: { pid: 1, startTicks: null },
    script: null,
    startedAt: null,
    exit: null,
    failure: null,
    survivors: [],
    problems: [],
    outputEnded: false,
    ...change,
  });

describe('folders of runs that the database does not know', () => {
  it('are found with what they say of themselves, and nothing else is', async () => {
    const over = await makeFolder(runId(1), local, 1);
    await writeFile(join(over, 'status.json'), status({ outputEnded: true }));
    const running = await makeFolder(runId(2), local, 2);
    await writeFile(join(running, 'status.json'), status({}));
    await makeFolder(runId(3), local, 3);
    const givenUp = await makeFolder(runId(4), local, 4);
    await writeFile(join(givenUp, 'status.json'), status({}));
    await markGivenUp({ run: runId(4), path: givenUp }, 'ocs', now);
    await makeFolder(runId(5), local, 5);
    // A folder without a word on its run, one that is another's, and one that is no run's at all.
    await mkdir(join(runs, runId(6)));
    await mkdir(join(runs, 'notes'));
    const found = await findStrayFolders(runs, new Set([runId(5)]));
    expect(found.map(({ id, over: isOver }) => [id, isOver])).toEqual([
      [runId(4), true],
      [runId(3), false],
      [runId(2), false],
      [runId(1), true],
    ]);
    expect(await findStrayFolders(join(runs, 'none'), new Set())).toEqual([]);
  });
});

describe('folders of runs elsewhere', () => {
  const asked: string[] = [];
  const faults: unknown[] = [];
  let answers: Record<string, Result<null>>;
  let elsewhere: FoldersElsewhere;
  beforeEach(() => {
    asked.length = 0;
    faults.length = 0;
    const transports = new Map<string, { remove(): Promise<Result<null>> }>();
    elsewhere = new FoldersElsewhere({
      folderOf: (id) => join(runs, id),
      transportOf: (transport) => {
        if (transport.kind !== 'ssh') throw new Error('only machines of another name are asked');
        const { host } = transport;
        const made = transports.get(host) ?? {
          remove: async () => {
            asked.push(host);
            return answers[host]!;
          },
        };
        transports.set(host, made);
        return made;
      },
      onFault: (error) => faults.push(error),
    });
  });

  it('go where the machine can be reached; where not, it is asked once', async () => {
    answers = { near: success(null), far: failure('unreachable', 'No route to host.') };
    for (const [index, transport] of [ssh('near'), ssh('far'), ssh('far'), ssh('near'), local].entries())
      await makeFolder(runId(index), transport);
    const removed = [];
    for (const index of [0, 1, 2, 3, 4, 5]) removed.push(await elsewhere.remove(runId(index)));
    expect(removed).toEqual(['removed', 'left', 'left', 'removed', 'removed', 'removed']);
    expect(asked).toEqual(['near', 'far', 'near']);
    expect(faults).toEqual([]);
  });

  it('that must stay are no reason not to ask for the others', async () => {
    answers = { near: failure('run-kept', 'The run is not over.') };
    for (const index of [0, 1]) await makeFolder(runId(index), ssh('near'));
    expect(await elsewhere.remove(runId(0))).toBe('left');
    expect(await elsewhere.remove(runId(1))).toBe('left');
    expect(asked).toEqual(['near', 'near']);
  });
});
