import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Whether this process may install packages and make users. */
export const isRoot = process.getuid?.() === 0;

/** An operator of the test: an ordinary user with a home folder of its own, who may use the display. */
export class OrdinaryUser {
  private constructor(
    readonly name: string,
    readonly home: string,
  ) {}

  static async make(): Promise<OrdinaryUser> {
    const home = await mkdtemp(join(tmpdir(), 'smurf-panel-operator-'));
    const name = `smurfop${process.pid}`;
    await execute('useradd', ['--no-create-home', '--home-dir', home, '--shell', '/bin/sh', name]);
    const authority = process.env['XAUTHORITY'];
    if (authority !== undefined) await copyFile(authority, join(home, '.Xauthority'));
    await execute('chown', ['-R', `${name}:`, home]);
    return new OrdinaryUser(name, home);
  }

  /** The command that runs a program as this user, with nothing of the test's environment but the display. */
  command(program: string, args: readonly string[]): { file: string; args: string[] } {
    const variables = [
      `HOME=${this.home}`,
      `XAUTHORITY=${join(this.home, '.Xauthority')}`,
      `DISPLAY=${process.env['DISPLAY'] ?? ''}`,
      'PATH=/usr/local/bin:/usr/bin:/bin',
      'LANG=C.UTF-8',
    ];
    // Each of these becomes the next, so that a signal to the child reaches the program itself.
    const identity = [`--reuid=${this.name}`, `--regid=${this.name}`, '--init-groups', '--'];
    return { file: 'setpriv', args: [...identity, 'env', '-i', ...variables, program, ...args] };
  }

  /** Runs a program to its end and gives what it printed. */
  async run(program: string, ...args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    const command = this.command(program, args);
    return execute(command.file, command.args);
  }

  async remove(): Promise<void> {
    await execute('userdel', [this.name]);
    await rm(this.home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  }
}
