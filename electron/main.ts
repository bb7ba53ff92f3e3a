import { join } from 'node:path';
import { app, dialog } from 'electron';
import { App } from './app';
import { helpText, readCommandLine } from './command-line';
import { versionText } from './facts';
import { homeOf, prepareHome } from './home-folder';
import { pauseThread, takeInstanceLock } from './instance-lock';
import { declarePanelScheme } from './security/panel-protocol';
import { errorText } from '../shared/error-text';

// In a checkout the application's folder stands before the panel's own words.
const asked = readCommandLine(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd());
if (!asked.ok) {
  process.stderr.write(`${asked.error.message}\n`);
  app.exit(2);
} else if (asked.value.kind === 'version') {
  process.stdout.write(`${versionText()}\n`);
  app.exit(0);
} else if (asked.value.kind === 'help') {
  process.stdout.write(helpText);
  app.exit(0);
} else {
  try {
    start(asked.value.home ?? homeOf(process.env, process.cwd()) ?? app.getPath('userData'));
  } catch (error) {
    tellCannotStart(error);
  }
}

function start(home: string): void {
  prepareHome(home);
  // Before everything else: what Electron takes only before it is ready.
  app.setPath('userData', home);
  // Chromium's own files stay out of the operator's sight.
  app.setPath('sessionData', join(home, 'browser'));
  // Chromium starts no sandbox for root, who has to say so with `--no-sandbox`; everybody else always gets it.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  declarePanelScheme();

  const request = (): boolean => app.requestSingleInstanceLock();
  if (takeInstanceLock({ environment: process.env, request, pause: pauseThread })) {
    // Not awaited at the top level: in an ES module that would keep Electron from ever becoming ready.
    new App(home).start().catch(tellCannotStart);
  } else {
    process.stderr.write(
      `SMuRF Panel is already open with the home folder ${home}; its window is brought forward.\n`,
    );
    app.exit(2);
  }
}

/** Says why the panel cannot start: whoever clicked an icon sees nothing of what is written to a terminal. */
function tellCannotStart(cause: unknown): void {
  const title = 'SMuRF Panel cannot start';
  process.stderr.write(`${title}: ${errorText(cause)}\n`);
  // Another start must be told the same, and not be sent to a window that will never come.
  app.releaseSingleInstanceLock();
  // Where nothing else goes on, Electron tells of the answer only when something wakes it.
  setInterval(() => undefined, 200);
  app
    .whenReady()
    .then(() =>
      dialog.showMessageBox({
        type: 'error',
        title,
        message: title,
        detail: errorText(cause),
        buttons: ['Quit'],
      }),
    )
    .catch((fault: unknown) => process.stderr.write(`${title}: ${errorText(fault)}\n`))
    .finally(() => app.exit(1));
}
