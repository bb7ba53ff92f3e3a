/*
 * What this program allows, as pure decisions. `guard.ts` wires them into Electron. Everything is refused unless it
 * is named here.
 */

/** Where the renderer's files are served from. */
export const panelOrigin = 'panel://app';

/** The page that the window shows, and the only one that may call main. */
export const panelPage = `${panelOrigin}/index.html`;

/**
 * Whether a frame may call main: the main frame of our window on our own origin.
 * @param developmentOrigin the development server's origin, null in everything that is built.
 */
export function isTrustedSender(
  frame: { readonly url: string; readonly isMainFrame: boolean } | null,
  developmentOrigin: string | null,
): boolean {
  return frame !== null && frame.isMainFrame && isOwnPage(frame.url, developmentOrigin);
}

/** Whether the window may show this address. */
export function isOwnPage(url: string, developmentOrigin: string | null): boolean {
  const origin = originOf(url);
  return origin !== null && (origin === panelOrigin || origin === developmentOrigin);
}

/** Permissions that a page may use: to put text on the clipboard, where the operator copies. Nothing else. */
export function isPermitted(permission: string, url: string, developmentOrigin: string | null): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnPage(url, developmentOrigin);
}

/** Where the page gets registered files from: a host of its own, so that no file is ever of the page's origin. */
export const fileOrigin = 'panel://file';

/**
 * The id of the registered file that a `panel://file/…` address names; null for any other address. The rest of the
 * address (`?version=…`) only makes a browser ask anew.
 */
export function servedFileId(url: string): number | null {
  if (originOf(url) !== fileOrigin) return null;
  const [, id] = /^\/([1-9]\d{0,14})$/.exec(new URL(url).pathname) ?? [];
  return id === undefined ? null : Number(id);
}

/** The policy that travels with a registered file: should it ever be more than a picture, it can do nothing. */
export const filePolicy =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; frame-ancestors 'none'; sandbox";

/** The content security policy of the window's page. `nonce` is made anew for each load. */
export function contentSecurityPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    // Pictures among the registered files; the bytes of PDF documents are fetched.
    `img-src 'self' data: ${fileOrigin}`,
    `connect-src 'self' ${fileOrigin}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * The file below `root` that a `panel://app/…` address names; null for any other address and for one that leads out.
 * Works on decoded, normalised segments so that no encoding of `..` gets through.
 */
export function servedFile(url: string): string | null {
  if (originOf(url) !== panelOrigin) return null;
  let path: string;
  try {
    path = decodeURIComponent(new URL(url).pathname);
  } catch {
    return null;
  }
  const segments = path.split('/').filter((segment) => segment !== '');
  const safe = segments.every((segment) => segment !== '..' && segment !== '.' && /^[\w.-]+$/.test(segment));
  return safe && segments.length > 0 ? segments.join('/') : null;
}

/** `URL.origin` is "null" for schemes of our own, so that it is put together from its parts. */
function originOf(url: string): string | null {
  try {
    const { protocol, host } = new URL(url);
    return `${protocol}//${host}`;
  } catch {
    return null;
  }
}
