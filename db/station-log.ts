/**
 * The station's own record: what happened that belongs to no session. Same form as a session's record:
 * append-only, chained. It also names the first and last entry of every session, so that a session that is
 * taken out whole, or whose end is cut off, is missed.
 */
import type { PresetApproval } from '../core/alarm/limits.ts';
import type { ChairId, MonitorId, SessionId } from '../core/ids.ts';
import type { SignatureMeaning } from '../core/record/sign-off.ts';
import type { SendingStep } from '../core/sending/sending.ts';
import type { Instant } from '../core/time.ts';
import { canonicalJson, storableText } from './canonical.ts';
import { type ChainRow, entryHash, GENESIS_HASH } from './chain.ts';
import type { Connection } from './native.ts';
import { storedJson } from './stored-json.ts';

/** What happened, by kind. The `session-…` ones are written by the database itself. */
export type StationEventBody =
  | { readonly type: 'station-started'; readonly version: string }
  | { readonly type: 'station-stopped' }
  | {
      readonly type: 'preset-approval';
      readonly presetId: string;
      readonly presetVersion: number;
      readonly approval: PresetApproval;
      /** The limits that were approved, as text. */
      readonly content?: string;
    }
  | { readonly type: 'chair-added'; readonly chairId: ChairId; readonly name: string }
  | { readonly type: 'chair-removed'; readonly chairId: ChairId; readonly name: string }
  | {
      readonly type: 'monitor-added';
      readonly monitorId: MonitorId;
      readonly chairId: ChairId;
      readonly name: string;
      readonly family: string;
      readonly address: string;
    }
  | { readonly type: 'monitor-removed'; readonly monitorId: MonitorId; readonly name: string }
  | { readonly type: 'storage-fault'; readonly code: string; readonly text: string }
  | { readonly type: 'storage-recovered'; readonly lostRows: number }
  | { readonly type: 'clock-jumped'; readonly byMs: number }
  | { readonly type: 'session-begun'; readonly sessionId: SessionId; readonly hash: string }
  | {
      readonly type: 'session-ended';
      readonly sessionId: SessionId;
      readonly sequence: number;
      readonly hash: string;
    }
  /** A signature: its entry in the session's record and the record's hash that it fixes. */
  | {
      readonly type: 'record-signed';
      readonly sessionId: SessionId;
      readonly sequence: number;
      readonly hash: string;
      readonly recordHash: string;
      readonly meaning: SignatureMeaning;
    }
  /** A step of handing a record on to another system (`core/sending/sending.ts`). */
  | {
      readonly type: 'sending';
      readonly step: SendingStep;
      readonly destination: string;
      readonly sessionId: SessionId;
      /** The last entry of the record that is handed on. */
      readonly sequence: number;
      readonly hash: string;
      readonly formats: readonly string[];
      /** What went wrong, or what the receiver said. */
      readonly words: string | null;
    }
  /** How far the register goes: a register that is cut off behind this is missed. */
  | { readonly type: 'registry-reached'; readonly sequence: number; readonly hash: string };

/** What is asked to be written; the database numbers it. */
export interface StationEntry {
  readonly at: Instant;
  readonly by: string;
  readonly body: StationEventBody;
}

export interface StationEvent extends StationEntry {
  /** 1, 2, 3 … without gaps. */
  readonly sequence: number;
}

/** What was last said about one version of a preset. */
export interface ApprovalRecord {
  readonly presetId: string;
  readonly presetVersion: number;
  readonly approval: PresetApproval;
  readonly content?: string;
}

export const STATION_CHAIN = 'station';

/** Columns of `station_event` in the shape of a chain's row. */
export const STATION_ROWS =
  'SELECT sequence, NULL AS id, wall_ms, mono_ms, by, type, body, previous_hash, hash FROM station_event';

export interface StationLog {
  /** Must run inside the caller's transaction if there is one; else makes its own. */
  append(entry: StationEntry): StationEvent;
  newest(limit: number): readonly StationEvent[];
  approvals(): readonly ApprovalRecord[];
}

export const stationLog = (connection: Connection): StationLog => {
  const head = connection.prepare<[], { sequence: number; hash: string }>(
    'SELECT sequence, hash FROM station_event ORDER BY sequence DESC LIMIT 1',
  );
  const insert = connection.prepare<[number, number, number, string, string, string, string, string]>(
    `INSERT INTO station_event (sequence, wall_ms, mono_ms, by, type, body, previous_hash, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const newest = connection.prepare<[number], ChainRow>(`${STATION_ROWS} ORDER BY sequence DESC LIMIT ?`);
  const approvals = connection.prepare<[], ChainRow>(
    `${STATION_ROWS} WHERE type = 'preset-approval' ORDER BY sequence`,
  );
  const appendInside = (entry: StationEntry): StationEvent => {
    const last = head.get();
    const sequence = (last?.sequence ?? 0) + 1;
    const previous = last?.hash ?? GENESIS_HASH;
    const { at, body } = entry;
    const by = storableText(entry.by);
    const hash = entryHash(previous, { chain: STATION_CHAIN, sequence, id: null, at, by, body });
    insert.run(sequence, at.wall, at.mono, by, body.type, canonicalJson(body), previous, hash);
    return { ...entry, sequence };
  };
  const appendAlone = connection.transaction(appendInside);
  return {
    append: (entry) => (connection.inTransaction ? appendInside(entry) : appendAlone.immediate(entry)),
    newest: (limit) => newest.all(limit).map(stationEvent),
    approvals: () => latestApprovals(approvals.all().map(stationEvent)),
  };
};

/** Body and times as they were written; the chain, not the reader, vouches for their shape. */
const stationEvent = (row: ChainRow): StationEvent => ({
  sequence: row.sequence,
  at: { wall: row.wall_ms, mono: row.mono_ms } as Instant,
  by: row.by,
  body: storedJson<StationEventBody>(row.body, `entry ${row.sequence} of the station’s record`),
});

const latestApprovals = (events: readonly StationEvent[]): readonly ApprovalRecord[] => {
  const latest = new Map<string, ApprovalRecord>();
  for (const { body } of events) {
    if (body.type !== 'preset-approval') continue;
    const { type: _type, ...approved } = body;
    latest.set(JSON.stringify([approved.presetId, approved.presetVersion]), approved);
  }
  return [...latest.values()];
};
