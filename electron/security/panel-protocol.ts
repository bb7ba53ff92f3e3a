import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { protocol } from 'electron';
import { fileIdSchema, type FileId } from '../../shared/domain/registered-file';
import {
  contentSecurityPolicy,
  fileOrigin,
  filePolicy,
  panelOrigin,
  servedFile,
  servedFileId,
} from './policy';

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
    {
      scheme: 'panel',
      privileges: { standard: true, secure: true, supportFetchAPI: true, corsEnabled: true },
    },
  ]);
}

/** Answers the bytes of a registered file that the page may draw, null for any other. */
export type ServeFile = (
  file: FileId,
) => Promise<{ readonly contentType: string; readonly bytes: Uint8Array } | null>;

/** Serves the built renderer at `panel://app/` and drawable registered files at `panel://file/<id>`, nothing else. */
export function servePanel(
  rendererFolder: string,
  serveFile: ServeFile,
  developmentOrigin: string | null,
): void {
  protocol.handle('panel', async (request) => {
    if (request.url.startsWith(`${fileOrigin}/`)) {
      return answerFile(request, serveFile, developmentOrigin ?? panelOrigin);
    }
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

/** Only the page's own origin may read a file's bytes. */
async function answerFile(request: Request, serveFile: ServeFile, reader: string): Promise<Response> {
  const id = fileIdSchema.safeParse(servedFileId(request.url));
  const served = id.success && request.method === 'GET' ? await serveFile(id.data) : null;
  return new Response(served === null ? null : new Uint8Array(served.bytes), {
    status: served === null ? 404 : 200,
    headers: {
      ...(served === null ? {} : { 'Content-Type': served.contentType }),
      'Content-Security-Policy': filePolicy,
      'X-Content-Type-Options': 'nosniff',
      'Access-Control-Allow-Origin': reader,
      'Cache-Control': 'no-store',
    },
  });
}

function refuse(status: number): Response {
  return new Response(null, { status, headers: { 'Content-Security-Policy': "default-src 'none'" } });
}
