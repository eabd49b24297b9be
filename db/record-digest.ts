/**
 * One hash over every stored vital sign of a session: numerics are outside of the chain of entries, so a signature
 * names this hash beside the chain's. Columns without a value are left out: a later schema with more metrics gives
 * the same hash.
 */
import { createHash } from 'node:crypto';
import type { SignedRecord } from '../core/record/sign-off.ts';
import { canonicalJson } from './canonical.ts';
import type { Connection } from './native.ts';

/** What the hash covers, counted. */
export interface DataDigest {
  readonly frames: number;
  readonly readings: number;
  readonly waves: number;
  readonly dataHash: string;
}

/** Rows between two rests: a few milliseconds of work. */
const ROWS_AT_ONCE = 500;

type Row = Readonly<Record<string, number | string | Buffer | null>>;

const FRAMES = `SELECT numeric_frame.*, monitor.id AS monitor FROM numeric_frame
  JOIN monitor USING (monitor_key)
  WHERE session_key = (SELECT session_key FROM session WHERE id = @id) AND (wall_ms, ordinal) > (@wall, @ordinal)
  ORDER BY wall_ms, ordinal LIMIT ${ROWS_AT_ONCE}`;
const READINGS = `SELECT nibp_reading.*, monitor.id AS monitor FROM nibp_reading
  JOIN monitor USING (monitor_key)
  WHERE session_key = (SELECT session_key FROM session WHERE id = @id) ORDER BY wall_ms, entry`;

const WAVES = `SELECT wave_block.*, monitor.id AS monitor FROM wave_block
  JOIN monitor USING (monitor_key)
  WHERE session_key = (SELECT session_key FROM session WHERE id = @id) AND entry > @entry
  ORDER BY entry LIMIT ${ROWS_AT_ONCE}`;

/** Keys that are this file's own numbering, not what was measured. */
const OWN_KEYS: readonly string[] = ['session_key', 'monitor_key', 'entry'];

const measured = (row: Row): string =>
  canonicalJson(
    Object.fromEntries(
      Object.entries(row)
        .filter(([key, value]) => value !== null && !OWN_KEYS.includes(key))
        .map(([key, value]) => [key, Buffer.isBuffer(value) ? value.toString('base64') : value]),
    ),
  );

/** The digest in steps, so that a long session does not hold the station up: run it to its end, resting between. */
export type DigestSteps = (sessionId: string) => Generator<void, DataDigest, void>;

export const recordDigest = (connection: Connection): DigestSteps => {
  const frames = connection.prepare<[{ id: string; wall: number; ordinal: number }], Row>(FRAMES);
  const readings = connection.prepare<[{ id: string }], Row>(READINGS);
  const waves = connection.prepare<[{ id: string; entry: number }], Row>(WAVES);
  return function* digest(sessionId) {
    const hash = createHash('sha256');
    let count = 0;
    let last = { wall: Number.MIN_SAFE_INTEGER, ordinal: -1 };
    for (;;) {
      const rows = frames.all({ id: sessionId, ...last });
      for (const row of rows) hash.update(`${measured(row)}\n`, 'utf8');
      count += rows.length;
      const end = rows.at(-1);
      if (end === undefined || rows.length < ROWS_AT_ONCE) break;
      last = { wall: Number(end.wall_ms), ordinal: Number(end.ordinal) };
      yield;
    }
    const cuffs = readings.all({ id: sessionId });
    for (const row of cuffs) hash.update(`${measured(row)}\n`, 'utf8');
    let blocks = 0;
    let entry = 0;
    for (;;) {
      const rows = waves.all({ id: sessionId, entry });
      for (const row of rows) hash.update(`${measured(row)}\n`, 'utf8');
      blocks += rows.length;
      const end = rows.at(-1);
      if (end === undefined || rows.length < ROWS_AT_ONCE) break;
      entry = Number(end.entry);
      yield;
    }
    return { frames: count, readings: cuffs.length, waves: blocks, dataHash: hash.digest('hex') };
  };
};

/** Runs the steps without a rest. */
export const digestAtOnce = (steps: Generator<void, DataDigest, void>): DataDigest => {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
};

/** What a signature is tied to, with the record's hash over all of it (E-3). */
export const signedRecord = (
  sessionId: string,
  head: { readonly sequence: number; readonly hash: string },
  data: DataDigest,
): SignedRecord => {
  const { sequence, hash: headHash } = head;
  const content = { sequence, headHash, ...data };
  const hash = createHash('sha256')
    .update(canonicalJson({ ...content, sessionId }), 'utf8')
    .digest('hex');
  return { ...content, hash };
};
