import { describe, expect, it } from 'vitest';
import { cratesFileSchema } from '../../../../shared/config/crates-file';

/** What is wrong with a slot of these fields, as `place: words`. */
function faultsOf(fields: Record<string, unknown>): string[] {
  const parsed = cratesFileSchema.safeParse({ crates: [{ name: 'a', 'publisher-id': 's', ...fields }] });
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => `${issue.path.slice(2).join('.')}: ${issue.message}`);
}

describe('what is wrong with where scripts run', () => {
  it.each([
    [
      { kind: 'ssh', host: 'h', container: 'c' },
      'transport.container: belongs to kind "docker", not to "ssh"',
    ],
    [{ kind: 'local', user: 'x' }, 'transport.user: belongs to kind "docker" or "compose", not to "local"'],
    [
      { kind: 'docker', container: 'c', prog: 'podman' },
      'transport.prog: is not a key that the panel knows; known here: kind, python, cwd, env, container, program, user, runs',
    ],
    [{ kind: 'ssh', hosts: 'h' }, 'transport.hosts: is not a key that the panel knows; did you mean "host"?'],
    [{ kind: 'kvm' }, 'transport.kind: has to be "local", "docker", "compose" or "ssh"'],
  ])('says of %j: %s', (transport, fault) => expect(faultsOf({ transport })).toContain(fault));
});

describe('what is wrong with a relay', () => {
  it.each<[unknown, string[]]>([
    [true, []],
    [{ forward: { host: 'monitor', port: 8200 } }, []],
    ['yes', ['relay: has to be true or false or a group of keys, not the text "yes"']],
    [{ forward: { host: 'monitor' } }, ['relay.forward.port: is missing']],
    [
      { forward: { host: 'monitor', ports: 1, port: 8200 } },
      ['relay.forward.ports: is not a key that the panel knows; did you mean "port"?'],
    ],
    [{ forwards: {} }, ['relay.forward: is missing', expect.stringContaining('did you mean "forward"?')]],
  ])('says of %j: %j', (relay, faults) => expect(faultsOf({ relay })).toEqual(faults));
});

describe('what is wrong with a value of several shapes elsewhere', () => {
  it('names all shapes', () => {
    expect(faultsOf({ tasks: [{ name: 't', script: '/t', args: [null] }] })).toEqual([
      'tasks.0.args.0: has to be text or a number, not empty',
    ]);
  });
});
