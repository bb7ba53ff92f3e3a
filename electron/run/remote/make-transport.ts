import { join } from 'node:path';
import { assertNever } from '../../../shared/assert-never';
import type { TransportConfig } from '../../../shared/config/crates';
import { ChildTransport } from '../child-transport';
import { LocalTransport } from '../local-transport';
import type { Transport } from '../transport';
import { DockerHost } from './docker-host';
import { FileCache } from './file-cache';
import type { RemoteHost } from './remote-host';
import { RemoteSupervisor } from './remote-supervisor';
import { RemoteTransport } from './remote-transport';
import { SshHost } from './ssh-host';

export interface TransportSurroundings {
  /** The supervisor's path on this machine. */
  readonly supervisorFile: string;
  /** The panel's folder on this machine: below it are files fetched from elsewhere and sockets of ssh. */
  readonly home: string;
}

/** The transport that a slot's configuration asks for. */
export function makeTransport(config: TransportConfig, around: TransportSurroundings): Transport {
  if (config.kind === 'local') {
    // The supervisor needs process groups and file descriptors as Unix has them.
    if (process.platform === 'win32') return new ChildTransport(config.python);
    return new LocalTransport(around.supervisorFile, config.python, join(around.home, 'runs'));
  }
  return new RemoteTransport({
    supervisor: new RemoteSupervisor(makeHost(config, around.home), config.python, around.supervisorFile),
    runs: config.runs,
    python: config.python,
    files: new FileCache(join(around.home, 'remote-files')),
  });
}

function makeHost(config: Exclude<TransportConfig, { kind: 'local' }>, home: string): RemoteHost {
  switch (config.kind) {
    case 'docker': {
      const { container, program, user } = config;
      return new DockerHost({ target: { kind: 'docker', container }, program, user });
    }
    case 'compose': {
      const { service, file, project, program, user } = config;
      return new DockerHost({ target: { kind: 'compose', service, file, project }, program, user });
    }
    case 'ssh':
      return new SshHost({ host: config.host, controlFolder: join(home, 'ssh') });
    default:
      return assertNever(config);
  }
}
