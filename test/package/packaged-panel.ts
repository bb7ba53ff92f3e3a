import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { chromium, expect, type Browser, type Page } from '@playwright/test';
import { until } from '../fixtures/until';
import type { OrdinaryUser } from './ordinary-user';

/**
 * A packaged panel, driven through its window's debugging port: the fuses forbid what Playwright would start Electron
 * with.
 */
export class PackagedPanel {
  private constructor(
    private readonly child: ChildProcess,
    private readonly browser: Browser,
    readonly page: Page,
  ) {}

  static async start(user: OrdinaryUser, program: string, ...args: string[]): Promise<PackagedPanel> {
    const command = user.command(program, [...args, '--disable-gpu', '--remote-debugging-port=0']);
    const child = spawn(command.file, command.args, { cwd: user.home, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const address = /DevTools listening on (ws:\S+)/;
    await until(() => address.test(said) || child.exitCode !== null, 'the debugging port is open');
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode}: ${said}`);
    const browser = await chromium.connectOverCDP(address.exec(said)![1]!);
    const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages());
    await until(() => pages().length > 0, 'the window has a page');
    const page = pages()[0]!;
    await page.getByRole('status', { name: 'Listener' }).waitFor();
    return new PackagedPanel(child, browser, page);
  }

  /** Runs a script of the demo crate as an operator does, and waits for its good end. */
  async runDemo(script: string): Promise<void> {
    const { page } = this;
    await page.getByRole('navigation', { name: 'Crates' }).getByRole('button').first().click();
    await page.getByRole('tab', { name: 'Run', exact: true }).click();
    await page.getByRole('textbox', { name: 'Script' }).fill(script);
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await expect(page.getByRole('status', { name: 'Run state' })).toHaveText('succeeded', {
      timeout: 120_000,
    });
  }

  /** How the kernel confines the window's process: 2 is a system call filter. */
  async windowConfinement(user: OrdinaryUser): Promise<string | null> {
    for (const entry of await readdir('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
      // Chromium rewrites its children's command lines, with spaces where the kernel has zeros.
      if (!command.split(/[\0 ]/).includes('--type=renderer') || !command.includes(user.home)) continue;
      const status = await readFile(`/proc/${entry}/status`, 'utf8');
      return /^Seccomp:\s*(\d)/m.exec(status)?.[1] ?? null;
    }
    return null;
  }

  /** Ends the panel as the desktop does at logout, and gives its exit code. */
  quit(): Promise<number | null> {
    this.child.kill('SIGTERM');
    return this.ended();
  }

  /** Waits until the panel has ended, and gives its exit code. */
  async ended(): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) await once(this.child, 'exit');
    await this.browser.close();
    return this.child.exitCode;
  }
}
