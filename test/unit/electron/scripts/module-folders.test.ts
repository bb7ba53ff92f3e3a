import { delimiter } from 'node:path';
import { describe, expect, it } from 'vitest';
import { moduleFolders } from '../../../../electron/scripts/module-folders';
import type { TransportConfig } from '../../../../shared/config/crates';

const local = (env: Record<string, string>, cwd: string | null = null): TransportConfig => ({
  kind: 'local',
  python: 'python3',
  cwd,
  env,
});
const ssh = (env: Record<string, string>): TransportConfig => ({
  kind: 'ssh',
  host: 'daq',
  runs: '',
  python: 'python3',
  cwd: '/home/ocs',
  env,
});

describe('the folders of PYTHONPATH', () => {
  it('are those of the slot, and on this machine else those that scripts inherit', () => {
    const inherited = { PYTHONPATH: ['/a', '/b'].join(delimiter) };
    expect(moduleFolders(local({}), inherited)).toEqual(['/a', '/b']);
    expect(moduleFolders(local({ PYTHONPATH: '/own' }), inherited)).toEqual(['/own']);
    expect(moduleFolders(ssh({ PYTHONPATH: '/c:/d' }), inherited)).toEqual(['/c', '/d']);
    expect(moduleFolders(ssh({}), inherited)).toEqual([]);
    expect(moduleFolders(local({}), {})).toEqual([]);
  });

  it('are whole paths, each once and not without end', () => {
    expect(moduleFolders(ssh({ PYTHONPATH: 'lib::/c:/c:../up' }), {})).toEqual([
      '/home/ocs/lib',
      '/c',
      '/home/up',
    ]);
    expect(moduleFolders(local({ PYTHONPATH: 'lib' }), {})).toEqual([]);
    expect(moduleFolders(ssh({ PYTHONPATH: '/1:/2:/3:/4:/5' }), {})).toHaveLength(4);
  });
});
