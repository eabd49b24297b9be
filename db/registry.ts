/**
 * The register on disk: who has an account, who signed in, which patients and courses there are, who looked at what.
 * One chain in each database; patients of simulated chairs are in the other file.
 */
import type { RegistryBody, RegistryEntry, RegistryEvent } from '../core/registry/events.ts';
import type { Instant } from '../core/time.ts';
import { canonicalJson, storableText } from './canonical.ts';
import { type ChainRow, entryHash, GENESIS_HASH } from './chain.ts';
import type { Connection } from './native.ts';
import { storedJson } from './stored-json.ts';

export const REGISTRY_CHAIN = 'registry';

/** Columns of `registry_event` in the shape of a chain's row: the subject is hashed in the place of the id. */
export const REGISTRY_ROWS =
  'SELECT sequence, subject AS id, wall_ms, mono_ms, by, type, body, previous_hash, hash FROM registry_event';

/** Where the chain ends: what the station's record names, so that a cut-off end is missed. */
export interface RegistryHead {
  readonly sequence: number;
  readonly hash: string;
}

export interface RegistryStore {
  /** Appends in order, in one durable transaction. */
  append(entries: readonly RegistryEntry[]): readonly RegistryEvent[];
  /** Events of these kinds, oldest first. */
  ofTypes(types: readonly RegistryBody['type'][]): readonly RegistryEvent[];
  /** The newest events of these kinds, oldest first, at most `limit`. */
  newestOf(types: readonly RegistryBody['type'][], limit: number): readonly RegistryEvent[];
  /** The newest events about this subject, newest first, at most `limit`. */
  about(subject: string, limit: number): readonly RegistryEvent[];
  /** Null: empty. */
  head(): RegistryHead | null;
}

export const registryStore = (connection: Connection): RegistryStore => {
  const head = connection.prepare<[], RegistryHead>(
    'SELECT sequence, hash FROM registry_event ORDER BY sequence DESC LIMIT 1',
  );
  const insert = connection.prepare<[number, string, number, number, string, string, string, string, string]>(
    `INSERT INTO registry_event (sequence, subject, wall_ms, mono_ms, by, type, body, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const ofTypes = connection.prepare<[string], ChainRow>(
    `${REGISTRY_ROWS} WHERE type IN (SELECT value FROM json_each(?)) ORDER BY sequence`,
  );
  const newestOf = connection.prepare<[string, number], ChainRow>(
    `${REGISTRY_ROWS} WHERE type IN (SELECT value FROM json_each(?)) ORDER BY sequence DESC LIMIT ?`,
  );
  const about = connection.prepare<[string, number], ChainRow>(
    `${REGISTRY_ROWS} WHERE subject = ? ORDER BY sequence DESC LIMIT ?`,
  );
  const appendOne = (entry: RegistryEntry): RegistryEvent => {
    const last = head.get();
    const sequence = (last?.sequence ?? 0) + 1;
    const previous = last?.hash ?? GENESIS_HASH;
    const { at, body } = entry;
    const by = storableText(entry.by);
    const subject = storableText(entry.subject);
    const hash = entryHash(previous, { chain: REGISTRY_CHAIN, sequence, id: subject, at, by, body });
    insert.run(sequence, subject, at.wall, at.mono, by, body.type, canonicalJson(body), previous, hash);
    return { ...entry, by, subject, sequence };
  };
  const appendAll = connection.transaction((entries: readonly RegistryEntry[]) => entries.map(appendOne));
  return {
    append: (entries) => appendAll.immediate(entries),
    ofTypes: (types) => ofTypes.all(JSON.stringify(types)).map(registryEvent),
    newestOf: (types, limit) => newestOf.all(JSON.stringify(types), limit).map(registryEvent).reverse(),
    about: (subject, limit) => about.all(subject, limit).map(registryEvent),
    head: () => head.get() ?? null,
  };
};

/** Body and times as they were written; the chain, not the reader, vouches for their shape. */
const registryEvent = (row: ChainRow): RegistryEvent => ({
  sequence: row.sequence,
  subject: row.id ?? '',
  at: { wall: row.wall_ms, mono: row.mono_ms } as Instant,
  by: row.by,
  body: storedJson<RegistryBody>(row.body, `entry ${row.sequence} of the register`),
});
