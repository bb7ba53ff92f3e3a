import { join } from 'node:path';
import { app } from 'electron';

/** A file or folder that ships beside the app: `build/resources` in a checkout, `resources` in a package. */
export function resourcePath(...names: readonly string[]): string {
  const root = app.isPackaged ? process.resourcesPath : join(app.getAppPath(), 'build', 'resources');
  return join(root, ...names);
}
