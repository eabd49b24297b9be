/** Serves the built renderer: only files that were there at the start, with headers that allow nothing foreign. */
import { readdirSync, readFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** Sent with every answer. Everything the page needs comes from this server; nothing is framed or sniffed. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export type ServeFile = (pathname: string, response: ServerResponse) => boolean;

/**
 * Reads the folder once.
 * @returns a function that answers a path and says whether there was such a file.
 * @throws Error when the folder does not hold a built renderer.
 */
export const staticFiles = (root: string): ServeFile => {
  const files = new Map<string, { body: Buffer; type: string }>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const url = `/${path.slice(root.length + 1).replaceAll('\\', '/')}`;
    files.set(url, {
      body: readFileSync(path),
      type: TYPES[extname(entry.name)] ?? 'application/octet-stream',
    });
  }
  if (!files.has('/index.html')) throw new Error(`${root} holds no built user interface: run npm run build`);
  return (pathname, response) => {
    const file = files.get(pathname === '/' ? '/index.html' : pathname);
    if (file === undefined) return false;
    response.writeHead(200, {
      ...SECURITY_HEADERS,
      'Content-Type': file.type,
      'Content-Length': file.body.length,
    });
    response.end(file.body);
    return true;
  };
};
