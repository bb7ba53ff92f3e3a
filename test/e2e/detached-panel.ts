import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { chromium, type Browser, type Page } from '@playwright/test';
import electron from 'electron';
import { until } from '../fixtures/until';
import { panelEnvironment, root } from './panel';

/**
 * A panel that is watched through its debugging port only. Playwright's own launch takes the end of the window's
 * process for the end of the program; this does not.
 */
export class DetachedPanel {
  private readonly browsers: Browser[] = [];

  private constructor(
    private readonly child: ChildProcess,
    private readonly address: string,
    private readonly home: string,
  ) {}

  static async start(home: string, environment: Record<string, string> = {}): Promise<DetachedPanel> {
    const options = ['--no-sandbox', '--disable-gpu', '--remote-debugging-port=0'];
    // In plain Node the package is the path of the executable.
    const child = spawn(electron as unknown as string, [root, ...options], {
      env: { ...panelEnvironment(home), ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
    const address = /DevTools listening on (ws:\S+)/;
    await until(() => address.test(said), 'the debugging port is open');
    return new DetachedPanel(child, address.exec(said)![1]!, home);
  }

  /** The window's page as it is now. */
  async page(): Promise<Page> {
    const browser = await chromium.connectOverCDP(this.address);
    this.browsers.push(browser);
    const pages = (): Page[] => browser.contexts().flatMap((context) => context.pages());
    await until(() => pages().length > 0, 'the window has a page');
    const page = pages()[0]!;
    await page.getByRole('status', { name: 'Listener' }).waitFor();
    return page;
  }

  /** Ends the window's process as the kernel would when memory runs out, and waits until there is another. */
  async killRenderer(): Promise<void> {
    const pid = await this.rendererPid();
    if (pid === null) throw new Error('the window has no process');
    process.kill(pid, 'SIGKILL');
    // Whoever connects while there is none sees no page, and hears of none that comes.
    await until(async () => {
      const now = await this.rendererPid();
      return now !== null && now !== pid;
    }, 'the window has another process');
  }

  async close(): Promise<void> {
    if (this.child.exitCode === null) {
      const ended = once(this.child, 'exit');
      this.child.kill('SIGKILL');
      await ended;
    }
    // Only now: a connection to a process that was killed waits half a minute for its last word.
    await Promise.all(this.browsers.map((browser) => browser.close()));
  }

  private async rendererPid(): Promise<number | null> {
    for (const entry of await readdir('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      const command = await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '');
      // Chromium rewrites its children's command lines, with spaces where the kernel has zeros.
      const words = command.split(/[\0 ]/);
      if (words.includes('--type=renderer') && words.includes(`--user-data-dir=${this.home}`))
        return Number(entry);
    }
    return null;
  }
}
