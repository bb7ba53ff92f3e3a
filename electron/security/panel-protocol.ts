import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol } from 'electron';
import { contentSecurityPolicy, servedFile } from './policy';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Declares the scheme of the window's page. Electron wants this before it is ready. */
export function declarePanelScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'panel', privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the built renderer, and nothing else, at `panel://app/`. */
export function servePanel(rendererFolder: string): void {
  protocol.handle('panel', async (request) => {
    const file = servedFile(request.url);
    const type = file === null ? undefined : contentTypes[extname(file)];
    if (file === null || type === undefined || request.method !== 'GET') return refuse(404);
    let body: Buffer;
    try {
      body = await readFile(join(rendererFolder, file));
    } catch {
      return refuse(404);
    }
    const nonce = randomBytes(16).toString('base64');
    const content =
      extname(file) === '.html' ? body.toString('utf8').replace('__STYLE_NONCE__', nonce) : body;
    return new Response(typeof content === 'string' ? content : new Uint8Array(content), {
      headers: {
        'Content-Type': type,
        'Content-Security-Policy': contentSecurityPolicy(nonce),
        'X-Content-Type-Options': 'nosniff',
        'Cache-Control': 'no-store',
      },
    });
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': "default-src 'none'" } });
}
