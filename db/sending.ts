/**
 * The queue of records that are handed on. Each step changes the queue and writes one entry of the station's chained
 * record, in one transaction: neither is ever without the other.
 */
import { type SessionId, sessionId } from '../core/ids.ts';
import type { Sending, SendingRule, SendingState, SendingStep } from '../core/sending/sending.ts';
import type { EpochMs, Instant } from '../core/time.ts';
import { canonicalJson, storableText } from './canonical.ts';
import type { DatabaseKind } from './kind.ts';
import type { Connection } from './native.ts';
import { asSending, entryOf, type SendingRow } from './sending-rows.ts';
import { type SendingOpening, sendingSessions } from './sending-sessions.ts';
import type { StationLog } from './station-log.ts';
import { StorageError } from './storage-error.ts';

/** SHA-256 of what was sent, by part (`csv`, `hl7/1` …). */
export type PayloadHashes = Readonly<Record<string, string>>;

/** What is to be handed on: the record as it is now. */
export interface NewSending {
  readonly destination: string;
  readonly sessionId: SessionId;
  readonly formats: readonly string[];
  readonly by: string;
  readonly at: Instant;
}

/** What a destination gets by itself. */
export interface SweepRule {
  readonly destination: string;
  readonly rule: Exclude<SendingRule, 'by-hand'>;
  readonly formats: readonly string[];
}

/** How an attempt, or a person's word, ended. */
export type SendingChange =
  | { readonly step: 'sent'; readonly acknowledgement: string }
  | { readonly step: 'put-off'; readonly problem: string; readonly nextAttemptAt: EpochMs }
  | { readonly step: 'failed'; readonly problem: string }
  | { readonly step: 'cancelled' | 'superseded'; readonly problem: string }
  | { readonly step: 'interrupted'; readonly problem: string }
  | { readonly step: 'asked-again' };

export interface SendingCount {
  readonly destination: string;
  readonly state: Exclude<SendingState, 'sent' | 'cancelled'>;
  readonly attempts: number;
  readonly count: number;
}

export interface SendingStore {
  /**
   * Queues the record as it is now. Older states of it that still wait for this destination are superseded. The very
   * same record is not queued a second time: then `isNew` is false and the sending is the one there is.
   * @throws StorageError `unknown-session`.
   */
  queue(entry: NewSending): { readonly sending: Sending; readonly isNew: boolean };
  /** Null: there is none. */
  get(id: Sending['id']): Sending | null;
  /** Whose record a session's is, without reading all of it. Null: an unknown session. */
  opening(id: SessionId): SendingOpening | null;
  /** What waits for this destination or is on its way, oldest first. */
  open(destination: string): readonly Sending[];
  ofSession(id: SessionId): readonly Sending[];
  /** What is open or failed, then what changed last; at most `limit`. */
  newest(limit: number): readonly Sending[];
  /** Open and failed ones, by destination and number of attempts. */
  counts(): readonly SendingCount[];
  /** An attempt begins, with these bytes. False: it is no longer queued. */
  begin(id: Sending['id'], payload: PayloadHashes, at: Instant): boolean;
  /** Hashes of everything that was ever sent of this session to this destination, by part. */
  payloadsOf(destination: string, id: SessionId): readonly PayloadHashes[];
  /** The end of an attempt, or a person's word. False: its state no longer allows it, and nothing was changed. */
  change(id: Sending['id'], change: SendingChange, by: string, at: Instant): boolean;
  /** At the start: what was on its way when the station stopped waits again. How many. */
  interrupted(at: Instant): number;
  /**
   * Queues what goes by itself: live records that were closed or signed, or changed after that, since the destination
   * was first swept. How many were queued.
   */
  sweep(rule: SweepRule, at: Instant): number;
  /** Forgets how far destinations were swept that are not in this list: what happens meanwhile does not go by itself later. */
  sweepOnly(destinations: readonly string[]): void;
}

const STATION = 'station';

/** From which states a step leads where. */
const MOVES: Readonly<
  Record<SendingChange['step'], { readonly from: readonly SendingState[]; readonly to: SendingState }>
> = {
  // Also after a person's word that came too late: it is there.
  sent: { from: ['sending', 'cancelled'], to: 'sent' },
  'put-off': { from: ['sending', 'queued'], to: 'queued' },
  failed: { from: ['sending', 'queued'], to: 'failed' },
  cancelled: { from: ['queued', 'sending', 'failed'], to: 'cancelled' },
  superseded: { from: ['queued', 'sending', 'failed'], to: 'cancelled' },
  interrupted: { from: ['sending'], to: 'queued' },
  'asked-again': { from: ['failed', 'cancelled'], to: 'queued' },
};

export const sendingStore = (
  connection: Connection,
  kind: DatabaseKind,
  station: StationLog,
): SendingStore => {
  const sessions = sendingSessions(connection);
  const find = connection.prepare<[number], SendingRow>('SELECT * FROM sending WHERE entry = ?');
  const findSame = connection.prepare<[string, string, string], SendingRow>(
    'SELECT * FROM sending WHERE destination = ? AND session_id = ? AND head_hash = ?',
  );
  const insert = connection.prepare<
    [string, string, number, string, string, number, string, number, number],
    { entry: number }
  >(
    `INSERT INTO sending (destination, session_id, head_sequence, head_hash, formats, state, queued_ms, queued_by,
       changed_ms, next_attempt_ms) VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?, ?) RETURNING entry`,
  );
  const openOf = connection.prepare<[string], SendingRow>(
    `SELECT * FROM sending WHERE destination = ? AND state IN ('queued', 'sending') ORDER BY entry`,
  );
  const older = connection.prepare<[string, string, number], SendingRow>(
    `SELECT * FROM sending WHERE destination = ? AND session_id = ? AND entry < ? AND state IN ('queued', 'failed')`,
  );
  const ofSession = connection.prepare<[string], SendingRow>(
    'SELECT * FROM sending WHERE session_id = ? ORDER BY entry',
  );
  const newest = connection.prepare<[number], SendingRow>(
    `SELECT * FROM sending ORDER BY state IN ('queued', 'sending', 'failed') DESC, changed_ms DESC, entry DESC LIMIT ?`,
  );
  const counts = connection.prepare<[], SendingCount>(
    `SELECT destination, state, attempts, count(*) AS count FROM sending
     WHERE state IN ('queued', 'sending', 'failed') GROUP BY destination, state, attempts`,
  );
  const onTheirWay = connection.prepare<[], SendingRow>(`SELECT * FROM sending WHERE state = 'sending'`);
  const begin = connection.prepare<[string, number, number]>(
    `UPDATE sending SET state = 'sending', attempts = attempts + 1, payload = ?, changed_ms = ?, next_attempt_ms = NULL
     WHERE entry = ? AND state = 'queued'`,
  );
  const update = connection.prepare<
    [SendingState, number, number | null, string | null, string | null, number, number]
  >(
    `UPDATE sending SET state = ?, changed_ms = ?, next_attempt_ms = ?, problem = ?, acknowledgement = ?,
       attempts = iif(?, 0, attempts) WHERE entry = ?`,
  );
  const payloads = connection.prepare<[string, string], { payload: string }>(
    'SELECT payload FROM sending WHERE destination = ? AND session_id = ?',
  );

  const log = (row: SendingRow, step: SendingStep, words: string | null, by: string, at: Instant): void => {
    station.append({
      at,
      by,
      body: {
        type: 'sending',
        step,
        destination: row.destination,
        sessionId: sessionId(row.session_id),
        sequence: row.head_sequence,
        hash: row.head_hash,
        formats: JSON.parse(row.formats) as readonly string[],
        words,
      },
    });
  };

  const moveInside = (row: SendingRow, change: SendingChange, by: string, at: Instant): boolean => {
    const move = MOVES[change.step];
    if (!move.from.includes(row.state)) return false;
    const next = change.step === 'put-off' ? change.nextAttemptAt : move.to === 'queued' ? at.wall : null;
    const acknowledgement = change.step === 'sent' ? storableText(change.acknowledgement) : null;
    const problem = 'problem' in change ? storableText(change.problem) : null;
    const isAnew = change.step === 'asked-again' ? 1 : 0;
    update.run(move.to, at.wall, next, problem, acknowledgement, isAnew, row.entry);
    log(row, change.step, acknowledgement ?? problem, by, at);
    return true;
  };

  const queueInside = (entry: NewSending): { readonly row: SendingRow; readonly isNew: boolean } => {
    const head = sessions.head(entry.sessionId);
    if (head === null) {
      throw new StorageError('unknown-session', `there is no session ${entry.sessionId} to hand on`);
    }
    const same = findSame.get(entry.destination, entry.sessionId, head.hash);
    if (same !== undefined) return { row: same, isNew: false };
    const { wall } = entry.at;
    const by = storableText(entry.by);
    const formats = JSON.stringify(entry.formats);
    const made = insert.get(
      entry.destination,
      entry.sessionId,
      head.sequence,
      head.hash,
      formats,
      wall,
      by,
      wall,
      wall,
    );
    const row = made === undefined ? undefined : find.get(made.entry);
    if (row === undefined) throw new Error('a sending was not stored');
    log(row, 'queued', null, by, entry.at);
    for (const before of older.all(entry.destination, entry.sessionId, row.entry)) {
      moveInside(before, { step: 'superseded', problem: SUPERSEDED }, STATION, entry.at);
    }
    return { row, isNew: true };
  };

  const view = (row: SendingRow): Sending => asSending(kind, row);

  return {
    queue: (entry) => {
      const { row, isNew } = connection.transaction(() => queueInside(entry)).immediate();
      return { sending: view(row), isNew };
    },
    get: (id) => {
      const row = find.get(entryOf(kind, id));
      return row === undefined ? null : view(row);
    },
    open: (destination) => openOf.all(destination).map(view),
    opening: sessions.opening,
    ofSession: (id) => ofSession.all(id).map(view),
    newest: (limit) => newest.all(limit).map(view),
    counts: () => counts.all(),
    begin: (id, payload, at) =>
      connection
        .transaction(() => {
          const before = carried(find.get(entryOf(kind, id))?.payload ?? '[]');
          const text = canonicalJson(payload);
          const all = before.some((each) => canonicalJson(each) === text) ? before : [...before, payload];
          return begin.run(JSON.stringify(all), at.wall, entryOf(kind, id)).changes === 1;
        })
        .immediate(),
    payloadsOf: (destination, id) => payloads.all(destination, id).flatMap(({ payload }) => carried(payload)),
    change: (id, change, by, at) =>
      connection
        .transaction(() => {
          const row = find.get(entryOf(kind, id));
          return row !== undefined && moveInside(row, change, storableText(by), at);
        })
        .immediate(),
    interrupted: (at) =>
      connection
        .transaction(() => {
          const rows = onTheirWay.all();
          for (const row of rows) moveInside(row, { step: 'interrupted', problem: INTERRUPTED }, STATION, at);
          return rows.length;
        })
        .immediate(),
    sweep: (rule, at) =>
      sessions.sweep(rule, (id) => queueInside({ ...rule, sessionId: id, by: STATION, at }).isNew),
    sweepOnly: sessions.sweepOnly,
  };
};

const SUPERSEDED = 'A newer state of the record is handed on instead.';
const INTERRUPTED =
  'The station stopped in the middle of an attempt: whether it arrived is not known. It is made again under the same identifiers.';

/** As it was written. */
const carried = (payload: string): readonly PayloadHashes[] =>
  JSON.parse(payload) as readonly PayloadHashes[];
