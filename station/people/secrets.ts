/**
 * PINs and passwords as they are kept. scrypt, because it runs alike under Node and in the desktop's Electron, whose
 * crypto library has no Argon2. It runs on Node's pool of threads, two at a time: neither alarms nor numbers wait.
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { SecretHash } from '../../core/registry/events.ts';

/** What a hash costs: N (a power of two), r and p of RFC 7914. */
export interface ScryptCost {
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** 32 MiB and about a third of a second: one of the OWASP password storage sheet's equal choices for scrypt. */
export const DEFAULT_SECRET_COST: ScryptCost = { cost: 2 ** 15, blockSize: 8, parallelization: 3 };

const KEY_BYTES = 32;
const SALT_BYTES = 16;
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

const derive = async (secret: string, salt: Buffer, cost: ScryptCost): Promise<Buffer> => {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await new Promise<Buffer>((resolve, reject) => {
      const { cost: N, blockSize: r, parallelization: p } = cost;
      const options = { N, r, p, maxmem: 256 * N * r };
      // One spelling for each secret, whatever keyboard it was typed on.
      scrypt(secret.normalize('NFKC'), salt, KEY_BYTES, options, (error, key) =>
        error === null ? resolve(key) : reject(error),
      );
    });
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
};

/** A new hash with a salt of its own. */
export const hashSecret = async (secret: string, cost: ScryptCost): Promise<SecretHash> => {
  const salt = randomBytes(SALT_BYTES);
  const key = await derive(secret, salt, cost);
  return { algorithm: 'scrypt', ...cost, salt: salt.toString('hex'), hash: key.toString('hex') };
};

/** True when this is the secret; with the costs it was kept with, compared in constant time. */
export const isSecret = async (secret: string, kept: SecretHash): Promise<boolean> => {
  const { salt, hash, cost, blockSize, parallelization } = kept;
  const key = await derive(secret, Buffer.from(salt, 'hex'), { cost, blockSize, parallelization });
  const expected = Buffer.from(hash, 'hex');
  return key.length === expected.length && timingSafeEqual(key, expected);
};
