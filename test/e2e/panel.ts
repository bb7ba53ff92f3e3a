import { execFile, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { _electron, test as base, type ElectronApplication, type Locator, type Page } from '@playwright/test';

/** The checkout, which Electron is started on. */
export const root = resolve(import.meta.dirname, '../..');
const execute = promisify(execFile);

/** A crate of two slots on this machine; the listener takes any free port. */
export function cratesYaml(scripts: string): string {
  return `# The crate of the tests
listener: { host: 127.0.0.1, port: 0 }
crates:
  - name: crate1
    slots:
      # The first slot
      - slot: 2
        publisher-id: crate1slot2
        scripts: [${scripts}]
        abort: { interrupt: 1, terminate: 1 }
      - slot: 3
        publisher-id: crate1slot3
        scripts: [${scripts}]
        abort: { interrupt: 600, terminate: 600 }
`;
}

/** The environment of a panel under test: the test's own, less what points at another home. */
export function panelEnvironment(home: string): Record<string, string> {
  const own = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !entry[0].startsWith('NODE_'),
  );
  return { ...Object.fromEntries(own), SMURF_PANEL_HOME: home };
}

/** One home folder with its scripts, and the panels that are started on it. */
export class Bench {
  readonly scripts: string;
  /** Variables for the panels of this bench, beyond the test's own. */
  readonly environment: Record<string, string> = {};
  private readonly open: Panel[] = [];

  private constructor(readonly home: string) {
    this.scripts = join(home, 'scripts');
  }

  static async make(): Promise<Bench> {
    const bench = new Bench(await mkdtemp(join(tmpdir(), 'smurf-panel-e2e-')));
    await mkdir(bench.scripts);
    return bench;
  }

  /** Writes a script into the slots' folder and gives its path. */
  async script(name: string, source: string): Promise<string> {
    const path = join(this.scripts, name);
    await writeFile(path, source);
    return path;
  }

  /** Writes `crates.yaml`: the crate of the tests, or this text. */
  async crates(text: string = cratesYaml(this.scripts)): Promise<void> {
    await writeFile(join(this.home, 'crates.yaml'), text);
  }

  /** Starts the panel and waits for its window's first full picture. */
  async start(): Promise<Panel> {
    const app = await _electron.launch({
      args: [root, '--disable-gpu'],
      cwd: root,
      env: { ...panelEnvironment(this.home), ...this.environment },
    });
    const page = await app.firstWindow();
    const panel = new Panel(app, page, this);
    this.open.push(panel);
    await panel.listener.waitFor();
    return panel;
  }

  /** The folder of the newest run. */
  async newestRun(): Promise<string> {
    const runs = (await readdir(join(this.home, 'runs'))).toSorted();
    return join(this.home, 'runs', runs.at(-1) ?? '');
  }

  /** The bytes of the newest run's log. */
  async log(): Promise<string> {
    return readFile(join(await this.newestRun(), 'output.log'), 'utf8');
  }

  async close(): Promise<void> {
    for (const panel of this.open) await panel.kill();
    await this.endRuns();
    // Chromium's helpers write for a moment after their browser was killed.
    await rm(this.home, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 });
  }

  /** Runs outlive the panel by design; those of a test must not outlive the test. */
  private async endRuns(): Promise<void> {
    const supervisor = join(root, 'build/resources/supervisor/smurf_supervisor.py');
    for (const run of await readdir(join(this.home, 'runs')).catch(() => [])) {
      await execute('python3', [supervisor, 'signal', join(this.home, 'runs', run), 'KILL']);
    }
  }
}

/** The panel's window, by the names that an operator's screen reader says. */
export class Panel {
  readonly crates: Locator;
  readonly listener: Locator;
  readonly state: Locator;
  readonly log: Locator;
  readonly session: Locator;
  private readonly child: ChildProcess;

  constructor(
    readonly app: ElectronApplication,
    readonly page: Page,
    readonly bench: Bench,
  ) {
    // Playwright forgets the process once the application is gone.
    this.child = app.process();
    this.crates = page.getByRole('navigation', { name: 'Crates' });
    this.listener = page.getByRole('status', { name: 'Listener' });
    this.state = page.getByRole('status', { name: 'Run state' });
    this.log = page.getByRole('region', { name: 'Log', exact: true });
    this.session = page.getByRole('region', { name: 'Session data' });
  }

  async slot(publisherId: string): Promise<void> {
    await this.crates.getByRole('button', { name: publisherId, exact: true }).click();
  }

  async tab(name: string): Promise<void> {
    await this.page.getByRole('tab', { name, exact: true }).click();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }

  /** Fills in the Run tab of the slot that is shown. */
  async fill(script: string, args = ''): Promise<void> {
    await this.tab('Run');
    await this.page.getByRole('textbox', { name: 'Script' }).fill(script);
    await this.page.keyboard.press('Tab');
    await this.page.getByRole('textbox', { name: 'Arguments' }).fill(args);
  }

  async run(script: string, args = ''): Promise<void> {
    await this.fill(script, args);
    await this.button('Run').click();
  }

  /** Asks for the abort and confirms it. */
  async abort(): Promise<void> {
    await this.button('Abort').click();
    await this.page.getByRole('dialog', { name: 'Abort run' }).getByRole('button', { name: 'Abort' }).click();
  }

  /** The port on which the listener really listens. */
  async port(): Promise<number> {
    const text = await this.listener.filter({ hasText: /:\d+/ }).innerText();
    return Number(/:(\d+)/.exec(text)?.[1]);
  }

  /** Sends datagrams as a publisher does, from one source port. */
  async publish(...datagrams: readonly (string | Buffer)[]): Promise<void> {
    const port = await this.port();
    const socket = createSocket('udp4');
    for (const bytes of datagrams) {
      await new Promise<void>((done, fail) => {
        socket.send(bytes, port, '127.0.0.1', (error) => (error === null ? done() : fail(error)));
      });
    }
    await new Promise<void>((done) => {
      socket.close(done);
    });
  }

  /** Asks main as the page does, past every button. */
  call(name: string, request: unknown): Promise<unknown> {
    return this.page.evaluate(
      ([wanted, argument]) => window.panel.call(wanted as string, argument),
      [name, request],
    );
  }

  /** Ends the panel's own process as a crash would: nothing of it gets to say goodbye. */
  async kill(): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => {
      child.once('exit', done);
    });
    child.kill('SIGKILL');
    await ended;
  }

  /** Resolves when the panel's process has ended by itself. */
  async ended(): Promise<number | null> {
    const { child } = this;
    if (child.exitCode === null && child.signalCode === null) {
      await new Promise((done) => {
        child.once('exit', done);
      });
    }
    return child.exitCode;
  }
}

/** A message of the publisher's, as JSON text with Python's NaN. */
export function datagram(id: string, seqNo: number, type: string, payload: string): string {
  return `{"host": "smurf-srv27", "id": "${id}", "script": "test", "time": 1584402012.5, "seq_no": ${seqNo}, "type": "${type}", "payload": ${payload}}`;
}

/** How many messages the database keeps of a run, each counted once. */
export async function keptMessages(home: string, run: string): Promise<number> {
  const query = `import sqlite3, sys
rows = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True).execute(
    'SELECT count(*), count(DISTINCT seq_no) FROM messages WHERE run = ?', (sys.argv[2],)).fetchone()
assert rows[0] == rows[1], rows
print(rows[0])`;
  const { stdout } = await execute('python3', ['-c', query, join(home, 'panel.sqlite'), run]);
  return Number(stdout);
}

/** Whether the database knows a run as over: nothing of it lives, and everything of it is kept. */
export async function isOver(home: string, run: string): Promise<boolean> {
  const query = `import sqlite3, sys
print(sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True).execute(
    'SELECT over FROM runs WHERE id = ?', (sys.argv[2],)).fetchone()[0])`;
  const { stdout } = await execute('python3', ['-c', query, join(home, 'panel.sqlite'), run]);
  return stdout.trim() === '1';
}

/** A script whose publishing needs nothing but Python. */
export const publishing = `
import json, os, socket, sys, time
_socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
_seq = 0
def publish(msgtype, payload):
    global _seq
    message = {'host': 'h', 'id': os.environ['SMURFPUB_ID'], 'script': 'test', 'time': time.time(),
               'seq_no': _seq, 'type': msgtype, 'payload': payload}
    _socket.sendto(json.dumps(message).encode(), (os.environ['SMURFPUB_UDP_HOST'], int(os.environ['SMURFPUB_UDP_PORT'])))
    _seq += 1
publish('start', {})
`;

/** A script that ignores what asks it to stop, with grandchildren in its own session and in another. */
export const stubborn = `
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGTERM, signal.SIG_IGN)
children = [subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=own)
            for own in (False, True)]
print('pids', *[child.pid for child in children])
time.sleep(600)
`;

/** A test with a bench of its own, on which the crate of the tests is configured. */
export const test = base.extend<{ bench: Bench; panel: Panel }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright wants a pattern to see which fixtures are used
  bench: async ({}, provide) => {
    const bench = await Bench.make();
    await bench.crates();
    await provide(bench);
    await bench.close();
  },
  panel: async ({ bench }, provide) => {
    await provide(await bench.start());
  },
});

export { expect } from '@playwright/test';
