import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from './panel';

const script = (trace: string): string => `"""Takes an I-V curve."""
import argparse
from lab_common import add_channel
from sodetlib.det_config import DetConfig

parser = argparse.ArgumentParser(description=__doc__)
add_channel(parser)
for band in range(2):
    parser.add_argument(f'--band{band}', type=int, default=band)
open(${JSON.stringify(trace)}, 'w')
args = DetConfig().parse_args(parser=parser)
`;

const own = ['--channel', '--band0', '--band1'];
/** There is no sodetlib beside the script: what the panel knows of it. */
const ofSodetlib = ['--sys-file', '--dev-file', '--pysmurf-file', '--uxm-file', '--slot', '--dump-configs'];

test('the arguments of a script are read, helper modules followed, and the script is not run', async ({
  bench,
}) => {
  const trace = join(bench.home, 'the-script-was-run');
  await bench.script('take_iv.py', script(trace));
  await bench.script(
    'lab_common.py',
    "def add_channel(parser):\n    parser.add_argument('--channel', '-c', type=int)\n",
  );
  const panel = await bench.start();
  const ask = (name: string): Promise<unknown> =>
    panel.call('scripts.arguments', { slot: 'crate1slot2', script: name });
  const answer = await ask('take_iv.py');
  expect(answer).toMatchObject({
    ok: true,
    value: {
      form: {
        description: 'Takes an I-V curve.',
        arguments: [...own, ...ofSodetlib].map((name) => ({ name })),
      },
      unread: [{ line: null, message: expect.stringContaining('the panel’s own idea') as unknown }],
    },
  });
  expect(existsSync(trace)).toBe(false);
  expect(await ask('missing.py')).toMatchObject({ ok: false, error: { code: 'script-missing' } });
  expect(await ask(`${bench.scripts}/nowhere.py`)).toMatchObject({
    ok: false,
    error: { code: 'file-unreadable' },
  });
});
