/** What happened, as marks along the top of the trend: a short sign, and the words for hover and focus. */
import type { AlarmPriority } from '../../../core/alarm/types.ts';
import type { NoteKind, SessionEvent } from '../../../core/session/events.ts';
import type { EpochMs } from '../../../core/time.ts';
import type { VisitEventBody } from '../../../core/visit/events.ts';
import type { VisitState } from '../../../core/visit/visit-state.ts';
import { eventText } from '../../view-model/event-text.ts';
import { PRIORITY_MARKS, PRIORITY_RANK } from '../../view-model/limits.ts';

export type MarkKind = 'alarm' | 'phase' | 'note' | 'limits' | 'technical';

export interface Mark {
  readonly id: string;
  /** Place on the time axis. */
  readonly at: number;
  readonly wall: EpochMs;
  readonly kind: MarkKind;
  readonly priority: AlarmPriority | null;
  /** What is printed: `***`, `**`, `*`, or one letter or sign. */
  readonly sign: string;
  readonly text: string;
}

/** Marks too close to be told apart share one place. */
export interface MarkCluster {
  readonly at: number;
  /** In order of time, at least one. */
  readonly marks: readonly Mark[];
  /** The most urgent of them: its sign and colour stand for all. */
  readonly foremost: Mark;
}

const NOTE_SIGNS: Readonly<Record<NoteKind, string>> = {
  note: 'N',
  'side-effect': 'S',
  medication: 'M',
  'dose-change': 'D',
  'position-change': 'P',
  artefact: 'A',
};

/** Alarm events that mark a moment at which somebody had to look; the rest is in the record, not on the chart. */
const MARKED_ALARMS: ReadonlySet<string> = new Set(['raised', 'escalated', 'reopened', 'realarmed']);

const signOf = (event: SessionEvent): Pick<Mark, 'kind' | 'priority' | 'sign'> | null => {
  const { body } = event;
  switch (body.type) {
    case 'alarm': {
      const { alarm } = body;
      // What kept alarms from being seen or heard is a mark; its end and the audio pause are in the record only.
      if (alarm.type === 'alarm-off' || alarm.type === 'alarms-paused' || alarm.type === 'audio-off') {
        return { kind: 'limits', priority: null, sign: '⊘' };
      }
      if (!('alarm' in alarm) || !MARKED_ALARMS.has(alarm.type)) return null;
      const { priority } = alarm.alarm;
      return { kind: 'alarm', priority, sign: PRIORITY_MARKS[priority] };
    }
    case 'phase-changed':
      return { kind: 'phase', priority: null, sign: '▸' };
    case 'note-added':
      return { kind: 'note', priority: null, sign: NOTE_SIGNS[body.kind] };
    case 'limits-changed':
      return { kind: 'limits', priority: null, sign: 'L' };
    case 'station-restarted':
    case 'clock-jumped':
    case 'link-changed':
    case 'source-changed':
    case 'monitor-confirmed':
    case 'monitor-changed':
    case 'source-order-changed':
      return { kind: 'technical', priority: null, sign: '!' };
    case 'session-opened':
    case 'record-signed':
    case 'addendum-added':
    case 'baseline-frozen':
    case 'cuff-requested':
    case 'monitor-identified':
    case 'nibp-interval-set':
    case 'recovery-extended':
    case 'preset-approval':
    case 'artefact-excluded':
    case 'artefact-restored':
      return null;
    case 'dose-rate-changed':
    case 'dose-bolus':
    case 'infusion-stopped':
      return { kind: 'note', priority: null, sign: NOTE_SIGNS['dose-change'] };
    case 'drug-given':
      return { kind: 'note', priority: null, sign: NOTE_SIGNS.medication };
    case 'side-effect-noted':
    case 'side-effect-changed':
    case 'side-effect-ended':
      return { kind: 'note', priority: null, sign: NOTE_SIGNS['side-effect'] };
    case 'baseline-renewed':
      return { kind: 'limits', priority: null, sign: 'B' };
    default:
      // The rest of a visit is in its timeline, not on the chart.
      body satisfies VisitEventBody;
      return null;
  }
};

/** The marks of a session's events, in order of time. `place` gives the position of an event on the axis. */
export const marksOf = (
  events: readonly SessionEvent[],
  visit: VisitState | null,
  place: (event: SessionEvent) => number,
): readonly Mark[] =>
  events
    .flatMap((event) => {
      const sign = signOf(event);
      return sign === null
        ? []
        : [{ id: event.id, at: place(event), wall: event.at.wall, text: eventText(event, visit), ...sign }];
    })
    .sort((a, b) => a.at - b.at);

const KIND_RANK: Readonly<Record<MarkKind, number>> = {
  alarm: 0,
  technical: 10,
  phase: 11,
  note: 12,
  limits: 13,
};
const rankOf = (mark: Mark): number =>
  mark.priority === null ? KIND_RANK[mark.kind] : PRIORITY_RANK[mark.priority];

/**
 * Groups marks so that no two groups begin closer than `spacingMs`, and gives the groups that touch the window. The
 * grouping does not depend on the window, so marks do not jump while it slides. No mark is left out, and a
 * high-priority alarm is never hidden behind something less urgent.
 * @param marks in order of time.
 */
export const clusterMarks = (
  marks: readonly Mark[],
  window: { readonly from: number; readonly to: number },
  spacingMs: number,
): readonly MarkCluster[] => {
  const clusters: { at: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const open = clusters.at(-1);
    if (open !== undefined && mark.at - open.at < spacingMs) open.marks.push(mark);
    else clusters.push({ at: mark.at, marks: [mark] });
  }
  const seen = clusters.filter(
    (cluster) => (cluster.marks.at(-1)?.at ?? cluster.at) >= window.from && cluster.at <= window.to,
  );
  return seen.map((cluster) => ({
    at: Math.max(cluster.at, window.from),
    marks: cluster.marks,
    foremost: cluster.marks.reduce((best, mark) => (rankOf(mark) < rankOf(best) ? mark : best)),
  }));
};
