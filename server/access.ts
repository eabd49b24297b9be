/**
 * Who may talk to the web host. The link printed at the start carries a token made for this run; opening it
 * exchanges the token for a cookie (HttpOnly, SameSite=Strict) and takes it out of the address bar. The
 * cookie is signed with a key kept in the data folder, so that a window finds its way back by itself when
 * the station was restarted in the middle of an infusion.
 */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';

/** How long a browser that opened the link is let in again (ms): one shift and its overtime. */
export const COOKIE_LIFETIME_MS = 16 * 3_600_000;

export interface Access {
  readonly token: string;
  /** True when this token is the one of this run. */
  isToken(candidate: string | null): boolean;
  /** The value of a Set-Cookie header that lets this browser in. */
  cookie(nowEpochMs: number): string;
  /** True when the request carries a valid cookie. */
  isKnown(request: IncomingMessage, nowEpochMs: number): boolean;
  /** True when Host (and Origin, where sent) name this very server: stops other sites' pages and rebound names. */
  isOwnOrigin(request: IncomingMessage): boolean;
}

/**
 * @param dataDir where the signing key is kept, readable by this user only; null: the key dies with this run.
 * @param cookieName browsers share cookies among all ports of an address: each kind of host has a name of its own.
 */
export const createAccess = (dataDir: string | null, cookieName = 'chairside'): Access => {
  const token = randomBytes(24).toString('base64url');
  const key = dataDir === null ? randomBytes(32) : signingKey(join(dataDir, 'window.key'));
  const sign = (text: string): string => createHmac('sha256', key).update(text).digest('base64url');

  const isSigned = (value: string, nowEpochMs: number): boolean => {
    const [expires, signature] = value.split('.');
    if (expires === undefined || signature === undefined) return false;
    return isEqual(signature, sign(expires)) && Number(expires) > nowEpochMs;
  };

  return {
    token,
    isToken: (candidate) => candidate !== null && isEqual(candidate, token),
    cookie: (nowEpochMs) => {
      const expires = String(nowEpochMs + COOKIE_LIFETIME_MS);
      return `${cookieName}=${expires}.${sign(expires)}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${COOKIE_LIFETIME_MS / 1000}`;
    },
    isKnown: (request, nowEpochMs) =>
      cookies(request)
        .filter(([name]) => name === cookieName)
        .some(([, value]) => isSigned(value, nowEpochMs)),
    isOwnOrigin: (request) => {
      const { host, origin } = request.headers;
      if (host === undefined || !/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host)) return false;
      return origin === undefined || origin === `http://${host}`;
    },
  };
};

const isEqual = (a: string, b: string): boolean => {
  const left = Buffer.from(a);
  const right = Buffer.from(b);
  return left.length === right.length && timingSafeEqual(left, right);
};

const cookies = (request: IncomingMessage): (readonly [string, string])[] =>
  (request.headers.cookie ?? '').split(';').map((part) => {
    const at = part.indexOf('=');
    return [part.slice(0, at).trim(), part.slice(at + 1).trim()] as const;
  });

const signingKey = (file: string): Buffer => {
  if (existsSync(file)) {
    const key = readFileSync(file);
    if (key.length === 32) return key;
  }
  const key = randomBytes(32);
  writeFileSync(file, key, { mode: 0o600 });
  chmodSync(file, 0o600);
  return key;
};
