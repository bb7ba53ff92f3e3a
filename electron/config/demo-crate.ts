import { join } from 'node:path';
import { stringify } from 'yaml';

const heading = ` The demo crate: three slots on this machine, with example scripts that need only Python.
 Replace it with your own crates; README.md explains every key.`;

/**
 * The configuration of a panel that has no `crates.yaml`: local slots with the example scripts that ship with the
 * panel, so that the main job works at the first start.
 * @param scripts the folder of the example scripts.
 * @param data the folder for what they write.
 */
export function demoCrate(scripts: string, data: string): string {
  const slots = [2, 3, 4].map((slot) => ({
    slot,
    'publisher-id': `demo-slot${slot}`,
    scripts: [scripts],
    transport: { kind: 'local', env: { SMURF_DEMO_DATA: data } },
    paths: [{ from: data, to: data }],
    tasks: [{ name: 'tune_squids', script: join(scripts, 'tune_squids.py'), args: [] }],
  }));
  const file = { listener: { host: '127.0.0.1', port: 8200 }, crates: [{ name: 'demo crate', slots }] };
  return `${heading
    .split('\n')
    .map((line) => `#${line}`)
    .join('\n')}\n${stringify(file)}`;
}
