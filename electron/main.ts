import { join } from 'node:path';
import { app } from 'electron';
import { App } from './app';
import { helpText, readCommandLine } from './command-line';
import { versionText } from './facts';
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
  start(asked.value.home ?? process.env['SMURF_PANEL_HOME'] ?? app.getPath('userData'));
}

function start(home: string): void {
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
    new App(home).start().catch((error: unknown) => {
      process.stderr.write(`SMuRF Panel cannot start: ${errorText(error)}\n`);
      app.exit(1);
    });
  } else {
    process.stderr.write(
      `SMuRF Panel is already open with the home folder ${home}; its window is brought forward.\n`,
    );
    app.exit(2);
  }
}
