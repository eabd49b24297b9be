/** Folds the record of a session into its alarm log. Rows are in the order in which they began. */
import type { SessionEvent } from '../session/events.ts';
import { isClosed } from '../session/phase.ts';
import { type EpochMs, elapsedMs, type Instant } from '../time.ts';
import { outranks } from './catalogue.ts';
import type { AlarmLog, AlarmLogRow, ConditionTime } from './log.ts';
import { controlLog } from './log-controls.ts';
import { alarmFigures } from './log-figures.ts';
import type { ConditionEvent } from './types.ts';

/** A moment of the record with the run of the station it belongs to: only within one is the monotonic clock one. */
interface Moment {
  readonly at: Instant;
  readonly run: number;
}

/** A row being written, with the moment from which an acknowledgement is timed. */
interface Draft {
  row: AlarmLogRow;
  calls: Moment;
  readonly condition: ConditionTime[];
}

/** @param now the end of what is looked at while the session is still open. */
export const foldAlarmLog = (events: readonly SessionEvent[], now: EpochMs): AlarmLog => {
  const drafts: Draft[] = [];
  const latest = new Map<string, Draft>();
  const controls = controlLog();
  let run = 0;
  let last = events[0]?.at ?? null;
  let closedAt: EpochMs | null = null;
  for (const { at, body } of events) {
    if (body.type === 'station-restarted' || (last !== null && at.mono < last.mono)) run += 1;
    last = at;
    if (body.type === 'phase-changed' && isClosed(body.to)) closedAt = at.wall;
    if (body.type !== 'alarm') continue;
    const event = body.alarm;
    if (!('alarm' in event)) {
      controls.take(event);
      continue;
    }
    const moment = { at: event.at, run };
    const known = latest.get(event.alarm.key);
    if (known === undefined || event.type === 'raised') {
      const draft: Draft = {
        row: newRow(event, controls.coverOf(event.alarm)),
        calls: moment,
        condition: [],
      };
      drafts.push(draft);
      latest.set(event.alarm.key, draft);
    }
    const draft = latest.get(event.alarm.key);
    if (draft === undefined) continue;
    // What never left the screen and was not acknowledged has called since it was raised, however often it came back.
    const isCalling = draft.row.endedAt === null && draft.row.acknowledged === null;
    draft.row = nextRow(draft, event, moment);
    followCondition(draft.condition, event);
    if (event.type === 'realarmed' || (event.type === 'reopened' && !isCalling)) draft.calls = moment;
  }
  const rows = drafts.map((draft) => draft.row);
  const from = events[0]?.at.wall ?? now;
  const conditions = drafts.map(({ condition }) => condition);
  return {
    rows,
    conditions,
    controls: controls.rows(),
    figures: alarmFigures(rows, (closedAt ?? now) - from),
  };
};

const newRow = (event: ConditionEvent, raisedUnder: AlarmLogRow['raisedUnder']): AlarmLogRow => {
  const { alarm } = event;
  return {
    key: alarm.key,
    conditionId: alarm.conditionId,
    category: alarm.category,
    priority: alarm.priority,
    title: alarm.title,
    message: alarm.message,
    metric: alarm.metric,
    limit: alarm.limit,
    value: alarm.value,
    peak: alarm.peak,
    onsetAt: alarm.onsetAt.wall,
    raisedAt: event.at.wall,
    confirmedAt: null,
    notConfirmed: false,
    escalations: [],
    clearedAt: null,
    endedAt: null,
    acknowledged: null,
    acknowledgements: [],
    realarms: 0,
    occurrences: 1,
    raisedUnder,
  };
};

/** An alarm that is only known from later on was there from then on. */
const followCondition = (condition: ConditionTime[], { type, at, alarm }: ConditionEvent): void => {
  const last = condition.at(-1);
  const isOpen = last !== undefined && last.to === null;
  const isGone = alarm.state === 'latched' || type === 'cleared' || type === 'not-confirmed';
  if (isGone && isOpen)
    condition[condition.length - 1] = { from: last.from, to: at.wall, isLatched: type === 'latched' };
  if (!isGone && !isOpen) condition.push({ from: at.wall, to: null, isLatched: false });
};

const nextRow = ({ row, calls }: Draft, event: ConditionEvent, moment: Moment): AlarmLogRow => {
  const { alarm, type, at } = event;
  const seen: AlarmLogRow = {
    ...row,
    priority: outranks(alarm.priority, row.priority) ? alarm.priority : row.priority,
    peak: alarm.peak ?? row.peak,
    occurrences: Math.max(row.occurrences, alarm.occurrence),
  };
  switch (type) {
    case 'raised':
    case 'deescalated':
      return seen;
    case 'confirmed':
      return { ...seen, confirmedAt: seen.confirmedAt ?? at.wall };
    case 'escalated': {
      const { conditionId, priority, value } = alarm;
      return { ...seen, escalations: [...seen.escalations, { at: at.wall, conditionId, priority, value }] };
    }
    case 'not-confirmed':
      return { ...seen, notConfirmed: true, clearedAt: at.wall, endedAt: at.wall };
    case 'latched':
      return { ...seen, clearedAt: at.wall };
    case 'cleared':
      return { ...seen, clearedAt: seen.clearedAt ?? at.wall, endedAt: at.wall };
    case 'reopened':
      return { ...seen, notConfirmed: false, clearedAt: null, endedAt: null };
    case 'realarmed':
      return { ...seen, realarms: seen.realarms + 1 };
    case 'acknowledged': {
      const entry = { at: at.wall, by: event.by ?? '', afterMs: between(calls, moment) };
      return {
        ...seen,
        acknowledged: seen.acknowledged ?? entry,
        acknowledgements: [...seen.acknowledgements, entry],
      };
    }
    default:
      return type satisfies never;
  }
};

/** On the monotonic clock within one run; on the wall clock across a restart of the station. */
const between = (from: Moment, to: Moment): number =>
  Math.max(0, from.run === to.run ? elapsedMs(from.at, to.at) : to.at.wall - from.at.wall);
