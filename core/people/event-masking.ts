/**
 * A session's record as somebody sees it who may not know whom it is about. Each kind of entry has its row: a new
 * kind does not compile before somebody decided what of it may be seen.
 */
import type { AlarmEvent } from '../alarm/types.ts';
import type { SessionEvent, SessionEventBody } from '../session/events.ts';
import { HIDDEN, hiddenReason, maskedAlarm } from './mask-words.ts';
import { maskedAnswerOf } from './visit-masking.ts';

type Body<T extends SessionEventBody['type']> = Extract<SessionEventBody, { readonly type: T }>;
/** What is left of an entry; null: that there was one, and nothing else. */
type MaskOf<T extends SessionEventBody['type']> = (body: Body<T>) => SessionEventBody | null;

const MASKS: { readonly [T in SessionEventBody['type']]: MaskOf<T> } = {
  'session-opened': ({ patient: _patient, course, imported, ...body }) => ({
    ...body,
    patientInitials: HIDDEN,
    ...(course === undefined ? {} : { course }),
    // Files are called after patients, and headings are words of somebody's.
    ...(imported === undefined ? {} : { imported: { ...imported, fileName: HIDDEN, notes: [] } }),
  }),
  'phase-changed': (body) => ({ ...body, reason: hiddenReason(body.reason) }),
  'baseline-frozen': (body) => body,
  'note-added': () => null,
  'record-signed': (body) => ({ ...body, remark: hiddenReason(body.remark) }),
  'addendum-added': (body) => ({ ...body, text: HIDDEN }),
  'visit-planned': (body) => body,
  'checklist-answered': (body) => ({ ...body, answer: maskedAnswerOf(body.answer) }),
  'checklist-excepted': (body) => ({ ...body, reason: HIDDEN }),
  'dose-planned': (body) => ({ ...body, reason: hiddenReason(body.reason) }),
  'dose-verified': (body) => body,
  'dose-rate-changed': (body) => ({ ...body, reason: HIDDEN }),
  'dose-bolus': (body) => ({ ...body, reason: hiddenReason(body.reason) }),
  'infusion-stopped': (body) => ({ ...body, reason: hiddenReason(body.reason) }),
  'drug-given': (body) => ({ ...body, name: HIDDEN, reason: hiddenReason(body.reason) }),
  'score-recorded': (body) => body,
  'side-effect-noted': (body) => ({ ...body, text: hiddenReason(body.text) }),
  'side-effect-changed': (body) => body,
  'side-effect-ended': (body) => body,
  'prompt-skipped': (body) => ({ ...body, reason: hiddenReason(body.reason) }),
  'entry-struck': (body) => ({ ...body, reason: HIDDEN }),
  'cuff-interval-edited': (body) => ({ ...body, reason: hiddenReason(body.reason) }),
  'cuff-interval-in-force': (body) => body,
  'baseline-renewed': (body) => ({ ...body, reason: HIDDEN }),
  'chair-moved': (body) => ({ ...body, reason: HIDDEN }),
  'left-early': (body) => ({ ...body, reason: HIDDEN, unmet: body.unmet.map(() => HIDDEN) }),
  'move-authorised': (body) => ({ ...body, objections: body.objections.map(() => HIDDEN) }),
  'physician-informed': (body) => ({ ...body, physician: HIDDEN, about: HIDDEN }),
  'limits-changed': (body) => ({ ...body, reason: hiddenReason(body.reason) }),
  'nibp-interval-set': (body) => body,
  'recovery-extended': (body) => ({ ...body, reason: HIDDEN }),
  alarm: ({ alarm }) => ({ type: 'alarm', alarm: maskedAlarmEvent(alarm) }),
  'link-changed': (body) => body,
  'source-changed': (body) => body,
  'monitor-identified': (body) => body,
  'cuff-requested': (body) => body,
  'monitor-confirmed': (body) => body,
  'monitor-changed': (body) => body,
  'source-order-changed': (body) => body,
  'station-restarted': (body) => body,
  'clock-jumped': (body) => body,
  'preset-approval': (body) => body,
  'artefact-excluded': (body) => ({ ...body, reason: HIDDEN }),
  'artefact-restored': (body) => ({ ...body, reason: HIDDEN }),
};

const maskedAlarmEvent = (event: AlarmEvent): AlarmEvent => {
  switch (event.type) {
    case 'audio-off':
    case 'alarm-off':
      return { ...event, reason: HIDDEN };
    case 'alarms-paused':
      return { ...event, reason: hiddenReason(event.reason) };
    case 'audio-paused':
    case 'audio-resumed':
    case 'alarms-resumed':
    case 'alarm-on':
      return event;
    default:
      return { ...event, alarm: maskedAlarm(event.alarm) };
  }
};

/** The entry without names and without anybody's words. Its place, its time and who made it stay. */
export const maskedEvent = (event: SessionEvent): SessionEvent => {
  // The table's row takes exactly this type of body; TypeScript cannot follow the index.
  const mask = MASKS[event.body.type] as (body: SessionEventBody) => SessionEventBody | null;
  return {
    ...event,
    body: mask(event.body) ?? { type: 'note-added', kind: 'note', text: HIDDEN, corrects: null },
  };
};
