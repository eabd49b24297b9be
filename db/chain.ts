/**
 * The hash chain of an append-only record: each entry's hash covers its content and the hash before it, so an
 * edited, removed or reordered entry no longer fits. Without a key this shows damage and careless tampering;
 * someone who rewrites the whole file can rewrite the chain (docs/adr/0002-storage.md).
 */
import { createHash } from 'node:crypto';
import type { Instant } from '../core/time.ts';
import { canonicalJson } from './canonical.ts';

/** What the first entry of a chain names as its predecessor. */
export const GENESIS_HASH = '0'.repeat(64);

/** What an entry's hash covers, besides the hash before it. */
export interface ChainContent {
  /** `session:<id>` or `station`: an entry cannot be moved into another record. */
  readonly chain: string;
  readonly sequence: number;
  /** Null in the station's log, whose entries are named by their sequence. */
  readonly id: string | null;
  readonly at: Instant;
  readonly by: string;
  readonly body: unknown;
}

/** SHA-256, hexadecimal, over the canonical JSON of the content with the previous hash. */
export const entryHash = (previousHash: string, content: ChainContent): string =>
  createHash('sha256')
    .update(canonicalJson({ ...content, previousHash }), 'utf8')
    .digest('hex');

/** A stored entry, as far as the chain is concerned. */
export interface ChainRow {
  readonly sequence: number;
  readonly id: string | null;
  readonly wall_ms: number;
  readonly mono_ms: number;
  readonly by: string;
  readonly type: string;
  /** Canonical JSON. */
  readonly body: string;
  readonly previous_hash: string;
  readonly hash: string;
}

/** The entry of a chain at which it stops to fit, and why. */
export interface ChainBreak {
  readonly sequence: number;
  readonly id: string | null;
  readonly reason: string;
}

/** The first entry that does not fit, in rows ordered by sequence; null when all do. */
export const firstBreak = (chain: string, rows: readonly ChainRow[]): ChainBreak | null => {
  let previous = GENESIS_HASH;
  for (const [index, row] of rows.entries()) {
    const reason = breakOf(chain, row, index + 1, previous);
    if (reason !== null) return { sequence: row.sequence, id: row.id, reason };
    previous = row.hash;
  }
  return null;
};

const breakOf = (chain: string, row: ChainRow, expected: number, previous: string): string | null => {
  if (row.sequence !== expected) return `entry ${expected} is missing`;
  if (row.previous_hash !== previous) return 'does not follow the entry before it';
  const body = parsed(row.body);
  if (body === null || canonicalJson(body) !== row.body) return 'its body is not as it was written';
  if (!('type' in body) || body.type !== row.type) return 'its type is not that of its body';
  const content: ChainContent = {
    chain,
    sequence: row.sequence,
    id: row.id,
    at: { wall: row.wall_ms, mono: row.mono_ms } as Instant, // as stored; only hashed here
    by: row.by,
    body,
  };
  return entryHash(previous, content) === row.hash ? null : 'its content does not match its hash';
};

const parsed = (text: string): object | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null; // said by the caller as a broken entry
    throw error;
  }
};
