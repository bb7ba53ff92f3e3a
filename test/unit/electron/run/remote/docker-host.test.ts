import { describe, expect, it } from 'vitest';
import { DockerHost, type ContainerTarget } from '../../../../../electron/run/remote/docker-host';

/*
 * What Docker and its compose say where podman and Debian's compose, with which the other tests run, say something
 * else or nothing.
 */

const service: ContainerTarget = {
  kind: 'compose',
  service: 'smurf',
  file: '/lab/compose.yaml',
  project: 'lab',
};
const container: ContainerTarget = { kind: 'docker', container: 'pysmurf' };

function host(target: ContainerTarget, user: string | null = null): DockerHost {
  return new DockerHost({ target, program: 'docker', user });
}

describe('DockerHost', () => {
  it('makes the command lines of docker and compose', () => {
    expect(host(container, 'cryo').command(['python3', '-c', 'x y'])).toEqual({
      file: 'docker',
      args: ['exec', '-i', '-u', 'cryo', 'pysmurf', 'python3', '-c', 'x y'],
    });
    expect(host(service, '1000').command(['id']).args).toEqual(
      'compose -f /lab/compose.yaml -p lab exec -T -u 1000 smurf id'.split(' '),
    );
    expect(host({ ...service, file: null, project: null }).command(['id']).args).toEqual(
      'compose exec -T smurf id'.split(' '),
    );
  });

  it.each([
    ['no such service: smurf', 'service-missing'],
    ['service "smurf" is not running', 'container-not-running'],
    ['service "smurf" is not running container #1', 'container-not-running'],
    ['no configuration file provided: not found', 'compose-file-missing'],
    ['open /lab/compose.yaml: no such file or directory', 'compose-file-missing'],
    ["docker: 'compose' is not a docker command.", 'compose-missing'],
    ['docker: unknown command: docker compose', 'compose-missing'],
    ["unknown shorthand flag: 'f' in -f", 'compose-missing'],
  ])('knows what compose means by: %s', async (stderr, code) => {
    expect(await host(service).explain({ exitCode: 1, stderr })).toMatchObject({ code });
  });

  it.each([
    ['Error response from daemon: No such container: pysmurf', 1, 'container-missing'],
    [
      'Error response from daemon: Container pysmurf is restarting, wait until the container is running',
      1,
      'container-restarting',
    ],
    [
      'Error response from daemon: Container pysmurf is paused, unpause the container before exec',
      1,
      'container-paused',
    ],
    ['unable to find user cryo: no matching entries in passwd file', 126, 'user-missing'],
    [
      'permission denied while trying to connect to the Docker daemon socket at unix:///var/run/docker.sock',
      1,
      'docker-permission',
    ],
    [
      'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
      1,
      'docker-daemon',
    ],
    [
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "python3": executable file not found in $PATH: unknown',
      127,
      'interpreter-missing',
    ],
    [
      'OCI runtime exec failed: exec failed: unable to start container process: exec: "/opt/python3": stat /opt/python3: no such file or directory: unknown',
      126,
      'interpreter-missing',
    ],
    [
      'OCI runtime exec failed: exec failed: exec: "/etc/passwd": permission denied: unknown',
      126,
      'interpreter-not-executable',
    ],
  ])('knows what docker means by: %s', async (stderr, exitCode, code) => {
    const failure = await host(container).explain({ exitCode, stderr });
    expect(failure).toMatchObject({ code });
    expect(failure?.message).toMatch(/\.$/);
  });

  it('concludes nothing from the end of the command itself', async () => {
    expect(await host(container).explain({ exitCode: 137, stderr: '' })).toBeNull();
    expect(await host(container).explain({ exitCode: 1, stderr: 'KeyboardInterrupt' })).toBeNull();
  });
});
