import { describe, expect, it } from 'vitest';
import { lengthFault } from '../../../build/lint/file-length.mjs';
import { importFaults } from '../../../build/lint/import-rules.mjs';

const messages = (file: string, text: string) => importFaults(file, text).map(({ message }) => message);

describe('importFaults fires on', () => {
  it.each([
    ['main importing the renderer', 'electron/app.ts', `import { a } from '../renderer/bridge';`],
    ['main importing tests', 'electron/app.ts', `import { a } from '../test/helper';`],
    ['the renderer importing main', 'renderer/views/A.tsx', `import { a } from '../../electron/app';`],
    ['the renderer importing a type of main', 'renderer/a.ts', `import type { A } from '../electron/app';`],
    ['the renderer importing electron', 'renderer/a.ts', `import { shell } from 'electron';`],
    [
      'the renderer importing a part of electron',
      'renderer/a.ts',
      `import { ipc } from 'electron/renderer';`,
    ],
    ['the renderer importing node:fs', 'renderer/a.ts', `import fs from 'node:fs';`],
    ['the renderer importing a built-in by its old name', 'renderer/a.ts', `import path from 'path';`],
    ['the renderer importing later', 'renderer/a.ts', `const fs = await import('node:fs/promises');`],
    ['the renderer requiring', 'renderer/a.ts', `const fs = require('fs');`],
    ['the renderer exporting from main', 'renderer/a.ts', `export * from '../electron/app';`],
    ['shared importing a package', 'shared/a.ts', `import { parse } from 'yaml';`],
    ['shared importing node', 'shared/a.ts', `import { join } from 'node:path';`],
    ['shared importing main', 'shared/ipc/a.ts', `import { a } from '../../electron/app';`],
    ['shared importing a type inline', 'shared/a.ts', `type Stats = import('node:fs').Stats;`],
    ['dgram elsewhere', 'electron/publisher/decode.ts', `import dgram from 'node:dgram';`],
    ['dgram by its old name', 'electron/app.ts', `import { createSocket } from 'dgram';`],
    ['ipcMain elsewhere', 'electron/app.ts', `import { ipcMain } from 'electron';`],
    [
      'ipcMain as a member',
      'electron/window.ts',
      `import * as electron from 'electron'; electron.ipcMain.on('a', b);`,
    ],
    ['ipcRenderer elsewhere', 'electron/ipc/gate.ts', `import { ipcRenderer } from 'electron';`],
    ['contextBridge elsewhere', 'electron/app.ts', `import { contextBridge } from 'electron';`],
    ['webContents.send elsewhere', 'electron/window.ts', `window.webContents.send('a', 1);`],
    [
      'webContents.send, optional and by a string',
      'electron/window.ts',
      `window?.webContents?.['send']('a', 1);`,
    ],
    ['webContents.send of a variable', 'electron/menu.ts', `focusedWebContents.send('a');`],
    ['window.panel elsewhere', 'renderer/stores/a.ts', `void window.panel.call('a', {});`],
    ['window.panel by a string', 'renderer/a.ts', `void globalThis['panel'].call('a', {});`],
    ['panel taken out of window', 'renderer/a.ts', `const { panel } = window;`],
    ['a file that cannot be parsed', 'shared/a.ts', `import { from`],
  ])('%s', (_name, file, text) => {
    expect(messages(file, text)).not.toEqual([]);
  });

  it.each([
    'publisher',
    'relay',
    'state',
    'files',
    'session',
    'run',
    'log',
    'store',
    'config',
    'scripts',
    'ocs',
  ])('electron/%s/ importing electron, even for a type', (folder) => {
    expect(messages(`electron/${folder}/a.ts`, `import { app } from 'electron';`)).toHaveLength(1);
    expect(messages(`electron/${folder}/a.ts`, `import type { App } from 'electron';`)).toHaveLength(1);
    expect(messages(`electron/${folder}/b/a.ts`, `import('electron');`)).toHaveLength(1);
  });
});

describe('importFaults lets pass', () => {
  it.each([
    ['main importing main, shared, packages and node', 'electron/run/runner.ts', mainImports()],
    ['main importing electron at the top', 'electron/window.ts', `import { BrowserWindow } from 'electron';`],
    [
      'the listener importing dgram',
      'electron/publisher/listener.ts',
      `import { createSocket } from 'node:dgram';`,
    ],
    ['the gate', 'electron/ipc/gate.ts', `import { ipcMain } from 'electron'; a.webContents.send('b', 1);`],
    ['the preload', 'electron/preload.ts', `import { contextBridge, ipcRenderer } from 'electron';`],
    ['the bridge', 'renderer/bridge.ts', `void window.panel.call('a', {});`],
    ['the renderer importing packages and shared', 'renderer/views/A.tsx', rendererImports()],
    ['another panel', 'renderer/a.ts', `const { panel } = layout; props.panel.focus(); window.focus();`],
    ['another send', 'electron/publisher/relay.ts', `socket.send(bytes); request.send();`],
    [
      'shared importing zod and shared',
      'shared/ipc/a.ts',
      `import { z } from 'zod'; import { b } from '../result';`,
    ],
    [
      'imports in comments and strings',
      'shared/a.ts',
      `// import 'electron'\nconst text = "import 'electron'";`,
    ],
  ])('%s', (_name, file, text) => {
    expect(messages(file, text)).toEqual([]);
  });

  function mainImports() {
    return `import { a } from './a'; import { b } from '../log/b'; import { c } from '../../shared/c';
      import { execa } from 'execa'; import { join } from 'node:path';`;
  }

  function rendererImports() {
    return `import { useState } from 'react'; import { Button } from '@mantine/core';
      import { a } from '../../shared/a'; import '../theme.css'; export const A = () => <Button />;`;
  }
});

describe('importFaults', () => {
  it('names the line', () => {
    expect(importFaults('shared/a.ts', `const a = 1;\n\nimport { b } from 'yaml';\n`)).toEqual([
      { line: 3, message: 'shared/ may import only zod and shared/, not yaml' },
    ]);
  });
});

describe('lengthFault', () => {
  it.each([
    [300, undefined],
    [301, 'warning'],
    [400, 'warning'],
    [401, 'error'],
  ])('%i lines: %s', (lines, severity) => {
    expect(lengthFault('line\n'.repeat(lines))?.severity).toBe(severity);
  });
});
