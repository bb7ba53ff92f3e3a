import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { needCommands } from '../../fixtures/debian-packages';
import { closeRuns, SupervisedRun, waiting } from './supervised-run';

afterEach(closeRuns);

const library = (): string | undefined => globSync('/usr/lib/*/faketime/libfaketime.so.1')[0];

/** A script with two lines, a process that outlives it for a moment, and a pause between that the test ends. */
const twoLines = `${waiting}
import subprocess
print('before')
until_go()
print('after')
subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(1.5); print("last")'])
raise SystemExit(6)
`;

test.for([
  ['back by a day', '-1d'],
  ['ahead by a day', '+1d'],
] as const)(
  'a clock that is set %s during a run changes times, and nothing else',
  async ([, change], context) => {
    const reason = await needCommands({ faketime: 'faketime' });
    const preload = library();
    if (reason !== null || preload === undefined) context.skip(reason ?? 'there is no libfaketime');
    // The supervisor's clock is what jumps; the library would break the script's own sleeping.
    const run = await SupervisedRun.make(twoLines, { env: { LD_PRELOAD: '' } });
    const clock = join(run.home, 'clock');
    await writeFile(clock, '+0\n');
    // The clock of the day is the machine's to set; the monotonic one is not.
    const env = {
      ...process.env,
      LD_PRELOAD: preload,
      FAKETIME_TIMESTAMP_FILE: clock,
      FAKETIME_NO_CACHE: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    };
    run.start({ env });
    await run.logContains('before');
    await writeFile(clock, `${change}\n`);
    await run.go();

    const status = await run.statusWhen('all is over', ({ outputEnded }) => outputEnded);
    expect(status.exit).toMatchObject({ code: 6, signal: null });
    expect(status.survivors).toEqual([]);
    expect((await run.log()).toString()).toBe('before\nafter\nlast\n');
    const records = await run.index();
    expect(records.reduce((end, { offset, length }) => (offset === end ? end + length : NaN), 0)).toBe(18);
    // The jump itself was real, or this test would prove nothing.
    const jump = records.at(-1)!.time - records[0]!.time;
    expect(Math.abs(jump)).toBeGreaterThan(80_000);
    expect(Math.sign(jump)).toBe(change.startsWith('-') ? -1 : 1);
    expect(await run.end()).toBe(0);
  },
);
