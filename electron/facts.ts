import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';
import type { PanelFacts } from '../shared/ipc/state';

const electronSourceSchema = z.enum(['official', 'fallback', 'override']);

/** What the packaging adds to the package.json inside the application. */
const packagedSchema = z.object({ electronSource: electronSourceSchema });

/** What does not change while the panel runs. */
export function panelFacts(home: string): PanelFacts {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    electronSource: electronSource(),
    home,
    platform: process.platform,
  };
}

/** What `--version` prints: the panel, and the Electron that it carries. */
export function versionText(): string {
  const source = electronSource() === 'fallback' ? ', a stand-in runtime: not for release' : '';
  return `SMuRF Panel ${app.getVersion()} (Electron ${process.versions.electron}${source})`;
}

function electronSource(): PanelFacts['electronSource'] {
  if (!app.isPackaged)
    return electronSourceSchema.catch('official').parse(process.env['SMURF_PANEL_ELECTRON_SOURCE']);
  // Once, before anything waits for it, from inside the archive.
  const manifest: unknown = JSON.parse(readFileSync(join(app.getAppPath(), 'package.json'), 'utf8'));
  return packagedSchema.parse(manifest).electronSource;
}
