import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** Electron 42's, the oldest runtime that the panel runs on. electron-vite would take the installed package's. */
const nodeTarget = 'node24.15';
const chromeTarget = 'chrome148';

/** Off: a slow machine is no news worth lines at every build. */
const checks = { pluginTimings: false };

/** The entry files of main: main.ts, and each worker (named `*-worker.ts`), which ends beside it in out/main. */
function mainEntries(): Record<string, string> {
  const folder = join(root, 'electron');
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const workers = files.filter((file) => file.endsWith('-worker.ts'));
  const entries: Record<string, string> = { main: join(folder, 'main.ts') };
  for (const file of workers) entries[basename(file, '.ts')] = join(folder, file);
  return entries;
}

/**
 * react-zoom-pan-pinch puts a style element into the page when it is loaded, which the content security policy refuses;
 * renderer/files has the rules in a style sheet. Fails where the package has changed, so that this is not forgotten.
 */
const withoutInjectedStyle = {
  name: 'without-injected-style',
  transform(code: string, id: string): { code: string; map: null } | undefined {
    if (!id.includes('node_modules/react-zoom-pan-pinch/')) return undefined;
    const injection = 'styleInject(css_248z);';
    if (!code.includes(injection)) throw new Error(`${id} injects its style in another way than it did`);
    // As long as before, so that the source map stays true.
    return { code: code.replace(injection, ' '.repeat(injection.length)), map: null };
  },
};

export default defineConfig({
  main: {
    root,
    build: {
      outDir: join(root, 'out', 'main'),
      emptyOutDir: true,
      target: nodeTarget,
      sourcemap: true,
      // Everything is bundled: a package of the panel carries no node_modules.
      externalizeDeps: false,
      rolldownOptions: {
        checks,
        input: mainEntries(),
        output: {
          format: 'es',
          entryFileNames: '[name].js',
          // Beside the entries, so that a worker's file is `./name.js` of import.meta.url wherever the caller lands.
          chunkFileNames: '[name]-[hash].js',
        },
      },
    },
  },
  preload: {
    root,
    build: {
      outDir: join(root, 'out', 'preload'),
      emptyOutDir: true,
      target: nodeTarget,
      externalizeDeps: false,
      rolldownOptions: {
        checks,
        input: { preload: join(root, 'electron', 'preload.ts') },
        // A sandboxed preload must be one CommonJS file.
        output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
      },
    },
  },
  renderer: {
    root: join(root, 'renderer'),
    plugins: [react(), withoutInjectedStyle],
    build: {
      outDir: join(root, 'out', 'renderer'),
      emptyOutDir: true,
      target: chromeTarget,
      minify: true,
      sourcemap: true,
      // The page comes from this machine: chunks would save nothing.
      chunkSizeWarningLimit: 4096,
      // data: URLs would need a hole in the content security policy.
      assetsInlineLimit: 0,
      rolldownOptions: { checks, input: join(root, 'renderer', 'index.html') },
    },
  },
});
