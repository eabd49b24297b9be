/**
 * Serves the built user interface under `app://chairside/`: files of one folder, with headers that allow
 * nothing foreign. (Electron, Security, 18: avoid `file:`, prefer custom protocols.)
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { protocol } from 'electron';
import { APP_SCHEME, isAppUrl } from './app-url.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
};

/** Sent with every answer. The page loads its own files and talks to nobody: the station has a port. */
export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/** Must be called before the app is ready (Electron, protocol.registerSchemesAsPrivileged). */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
};

/**
 * Answers the app's scheme from `folder` and nothing else. After the app is ready.
 * @throws Error when the folder does not hold a built user interface.
 */
export const serveAppFiles = (folder: string): void => {
  if (!existsSync(join(folder, 'index.html'))) {
    throw new Error(`${folder} holds no built user interface: run npm run build`);
  }
  protocol.handle(APP_SCHEME, (request) => answer(folder, request));
};

const answer = async (folder: string, request: Request): Promise<Response> => {
  if (request.method !== 'GET') return refuse(405, 'Only GET.');
  const file = isAppUrl(request.url) ? fileOf(folder, new URL(request.url).pathname) : null;
  if (file === null) return refuse(404, 'There is no such page.');
  try {
    const body = await readFile(file);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    return new Response(new Uint8Array(body), { headers: { ...SECURITY_HEADERS, 'Content-Type': type } });
  } catch (error) {
    if (isMissing(error)) return refuse(404, 'There is no such page.');
    return refuse(500, 'This page could not be read.');
  }
};

/** The file that a path names, or null when it is not inside `folder`. */
export const fileOf = (folder: string, pathname: string): string | null => {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null; // not an encoding at all
  }
  // A backslash separates folders on Windows, a colon names a drive or a stream there; no file of ours has them.
  if (/[\\:\0]/.test(path)) return null;
  const root = resolve(folder);
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`);
  return file.startsWith(root + sep) ? file : null;
};

const isMissing = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ENOENT', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG'].includes(String(error.code));

const refuse = (status: number, message: string): Response =>
  new Response(`${message}\n`, {
    status,
    headers: { ...SECURITY_HEADERS, 'Content-Type': 'text/plain; charset=utf-8' },
  });
