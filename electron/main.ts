import { join } from 'node:path';
import { app } from 'electron';
import { App } from './app';
import { declarePanelScheme } from './security/panel-protocol';
import { errorText } from '../shared/error-text';

// Before everything else: what Electron takes only before it is ready.
const home = process.env['SMURF_PANEL_HOME'] ?? app.getPath('userData');
app.setPath('userData', home);
// Chromium's own files stay out of the operator's sight.
app.setPath('sessionData', join(home, 'browser'));
// Chromium starts no sandbox for root, who has to say so with `--no-sandbox`; everybody else always gets it.
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
declarePanelScheme();

if (app.requestSingleInstanceLock()) {
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
