import { app } from 'electron';
import { z } from 'zod';
import type { PanelFacts } from '../shared/ipc/state';

const electronSourceSchema = z.enum(['official', 'fallback', 'override']).catch('official');

/** What does not change while the panel runs. */
export function panelFacts(home: string): PanelFacts {
  return {
    version: app.getVersion(),
    electron: process.versions.electron,
    electronSource: electronSourceSchema.parse(process.env['SMURF_PANEL_ELECTRON_SOURCE']),
    home,
    platform: process.platform,
  };
}
