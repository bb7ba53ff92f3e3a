import { expect, test } from 'vitest';
import { existingScriptOfSlot, scriptOfSlot } from '../../../../electron/ipc/handlers/script-of-slot';
import { ChildTransport } from '../../../../electron/run/child-transport';
import type { SlotConfig } from '../../../../shared/config/crates';
import { failure, success } from '../../../../shared/result';
import { sampleSlot } from '../../renderer/support/samples';

const path = 'C:\\Program Files\\SMuRF Panel\\demo\\tune_squids.py';
const withSlashes = 'C:/Program Files/SMuRF Panel/demo/tune_squids.py';

/** What a slot's machine is asked for; nothing is there. */
function machine() {
  const asked: string[] = [];
  const transport = {
    listScripts: async () => success({ scripts: [], problems: [] }),
    readFile: async (file: string) => {
      asked.push(file);
      return failure('script-missing', `There is no ${file}.`);
    },
  };
  return { asked, transports: { of: () => transport as unknown as ChildTransport } };
}

const local: SlotConfig = {
  ...sampleSlot,
  transport: { kind: 'local', python: 'python', cwd: null, env: {} },
};

test('a path from a drive is one for local scripts on Windows, and looked for where it has to be there', async () => {
  const { asked, transports } = machine();
  expect(await scriptOfSlot(local, path, transports, 'win32')).toEqual(success(withSlashes));
  expect(await existingScriptOfSlot(local, path, transports, 'win32')).toMatchObject({ ok: false });
  expect(asked).toEqual([withSlashes]);
});

test('it is none on another system, nor on another machine', async () => {
  const { transports } = machine();
  const elsewhere: SlotConfig = {
    ...local,
    transport: { kind: 'ssh', host: 'daq', runs: '', python: 'python3', cwd: null, env: {} },
  };
  for (const [slot, platform] of [
    [local, 'linux'],
    [elsewhere, 'win32'],
  ] as const) {
    expect(await scriptOfSlot(slot, path, transports, platform)).toMatchObject({
      ok: false,
      error: { code: 'script-missing' },
    });
  }
});

test('the list of the transport of Windows has the paths that are found again', async () => {
  const listed = await new ChildTransport('python').listScripts(['C:\\no such\\scripts']);
  expect(listed).toMatchObject({
    value: { problems: [expect.stringContaining('C:/no such/scripts cannot be listed')] },
  });
});
