/**
 * Takes names, numbers of identity and free text out of what the station tells a window. Vitals and alarms are never
 * touched: a locked screen shows them all. Each field of a session has its row, each topic and each answer too: a new
 * one does not compile before somebody decided.
 */
import type { AlarmLog } from '../alarm/log.ts';
import type { AlarmSnapshot } from '../alarm/types.ts';
import type { CommandName, CommandResults } from '../api/commands.ts';
import type { FoundSessions } from '../api/finding-commands.ts';
import type { ReviewView } from '../api/review-commands.ts';
import type { SendingListView, SendingView } from '../api/sending-views.ts';
import type { ChairView, MonitorView, SessionSummary, StationView, TopicName, Topics } from '../api/views.ts';
import type { WhatIfView } from '../api/what-if.ts';
import type { CourseOverlay } from '../course/overlay.ts';
import type { Session } from '../session/session.ts';
import { maskedEvent } from './event-masking.ts';
import { HIDDEN, hiddenReason, maskedAlarm, maskedMessage } from './mask-words.ts';
import { maskedVisit, maskedVisitView } from './visit-masking.ts';

/** `clear`: everybody may see it; `visit`: its own table (`visit-masking.ts`); else what stands in its place. */
const SESSION_FIELDS: {
  readonly [K in keyof Session]: 'clear' | { readonly instead: Session[K] } | 'visit';
} = {
  id: 'clear',
  chairId: 'clear',
  patientInitials: { instead: HIDDEN },
  indication: 'clear',
  patient: { instead: null },
  course: 'clear',
  origin: 'clear',
  openedAt: 'clear',
  closedAt: 'clear',
  phase: 'clear',
  spans: 'clear',
  plannedInfusionMs: 'clear',
  plannedRecoveryMs: 'clear',
  nibpIntervalMs: 'clear',
  baseline: 'clear',
  limits: 'clear',
  withoutVitals: 'clear',
  visit: 'visit',
  sequence: 'clear',
};

export const maskedSession = (session: Session): Session => {
  const hidden = Object.entries(SESSION_FIELDS).flatMap(([field, rule]) =>
    typeof rule === 'string' ? [] : [[field, rule.instead] as const],
  );
  return { ...session, ...Object.fromEntries(hidden), visit: maskedVisit(session.visit) };
};

const maskedAlarms = (alarms: AlarmSnapshot): AlarmSnapshot => ({
  ...alarms,
  alarms: alarms.alarms.map(maskedAlarm),
  audio: alarms.audio.kind === 'off' ? { ...alarms.audio, reason: HIDDEN } : alarms.audio,
  paused: alarms.paused.map((entry) => ({ ...entry, reason: hiddenReason(entry.reason) })),
  off: alarms.off.map((entry) => ({ ...entry, reason: HIDDEN })),
});

const maskedChair = <C extends Omit<ChairView, 'current'>>(chair: C): C => ({
  ...chair,
  session: chair.session === null ? null : maskedSession(chair.session),
  visit: chair.visit === null ? null : maskedVisitView(chair.visit),
  alarms: maskedAlarms(chair.alarms),
});

/** What a monitor beside a patient sends and nobody has looked into may be the patient's name. */
const maskedMonitor = (monitor: MonitorView): MonitorView =>
  monitor.origin === 'live'
    ? { ...monitor, unmapped: monitor.unmapped.map((item) => ({ ...item, value: HIDDEN })) }
    : monitor;

const maskedStation = (view: StationView): StationView => ({
  ...view,
  chairs: view.chairs.map(maskedChair),
  monitors: view.monitors.map(maskedMonitor),
});

const maskedSummary = (summary: SessionSummary): SessionSummary => ({ ...summary, patientInitials: HIDDEN });

const maskedLog = (log: AlarmLog): AlarmLog => ({
  ...log,
  rows: log.rows.map((row) => ({ ...row, message: maskedMessage(row.conditionId, row.message) })),
  controls: log.controls.map((row) => ({ ...row, reason: hiddenReason(row.reason) })),
});

const maskedWhatIf = (view: WhatIfView): WhatIfView => ({
  ...view,
  differences: view.differences.map((difference) => ({
    ...difference,
    before: difference.before === null ? null : maskedAlarm(difference.before),
    after: difference.after === null ? null : maskedAlarm(difference.after),
  })),
});

/** What a receiver says about a record may spell out whose it is. */
const maskedSending = (sending: SendingView): SendingView => ({
  ...sending,
  patientInitials: HIDDEN,
  problem: hiddenReason(sending.problem),
  acknowledgement: hiddenReason(sending.acknowledgement),
});
const maskedSendings = (list: SendingListView): SendingListView => ({
  ...list,
  destinations: list.destinations.map((each) => ({
    ...each,
    held: each.held === null ? null : { ...each.held, problem: HIDDEN },
  })),
  sendings: list.sendings.map(maskedSending),
});

const maskedReview = (view: ReviewView): ReviewView => ({
  ...view,
  session: maskedSession(view.session),
  signOff: {
    ...view.signOff,
    signatures: view.signOff.signatures.map((one) => ({ ...one, remark: hiddenReason(one.remark) })),
  },
  exclusions: view.exclusions.map((one) => ({ ...one, reason: HIDDEN })),
});

/** Who the sessions are about goes; what happened in them stays. */
const maskedFound = (list: FoundSessions): FoundSessions => ({
  ...list,
  found: list.found.map((facts) => ({ ...facts, initials: HIDDEN, patient: null })),
});

/** Figures and curves stay; whose they are and what was typed goes. */
const maskedOverlay = (overlay: CourseOverlay): CourseOverlay => ({
  ...overlay,
  patient: null,
  visits: overlay.visits.map((visit) => ({
    ...visit,
    doseNotes: visit.doseNotes.map(() => HIDDEN),
    sideEffects: visit.sideEffects.map(() => HIDDEN),
    response: hiddenReason(visit.response),
  })),
});

type Mask<T> = (value: T) => T | null;
const same = <T>(value: T): T => value;

/** What of each push somebody sees who may not see names; null: nothing. */
const PUSHES: { readonly [T in TopicName]: Mask<Topics[T]> } = {
  snapshot: maskedStation,
  observations: same,
  chair: maskedChair,
  monitor: maskedMonitor,
  monitorRemoved: same,
  chairRemoved: same,
  event: maskedEvent,
  waves: same,
  storage: same,
  heartbeat: same,
  detecting: same,
  sending: same,
  identity: same,
  // A monitor's own bytes may hold the patient's name: only the bytes of simulators and recordings (see `rawIsClear`).
  raw: () => null,
};

export const maskedPush = <T extends TopicName>(topic: T, payload: Topics[T]): Topics[T] | null =>
  // The row of this very topic; TypeScript cannot follow the index.
  (PUSHES[topic] as Mask<Topics[T]>)(payload);

/** Answers that name nobody, or that only those get who may see names (`command-rules.ts`). */
type Answer<C extends CommandName> = 'as-it-is' | ((result: CommandResults[C]) => CommandResults[C]);

const ANSWERS: { readonly [C in CommandName]: Answer<C> } = {
  'station.snapshot': maskedStation,
  'session.open': maskedSession,
  'session.move': maskedSession,
  'session.note': maskedEvent,
  'session.nibpInterval': maskedSession,
  'session.extendRecovery': maskedSession,
  'protocol.list': 'as-it-is',
  'protocol.approve': 'as-it-is',
  'checklist.answer': maskedSession,
  'checklist.except': maskedSession,
  'dose.plan': maskedSession,
  'dose.verify': maskedSession,
  'dose.rate': maskedSession,
  'dose.bolus': maskedSession,
  'infusion.stop': maskedSession,
  'drug.give': maskedSession,
  'score.record': maskedSession,
  'sideEffect.note': maskedSession,
  'sideEffect.change': maskedSession,
  'sideEffect.end': maskedSession,
  'prompt.skip': maskedSession,
  'entry.strike': maskedSession,
  'cuff.interval': maskedSession,
  'baseline.renew': maskedSession,
  'physician.inform': maskedSession,
  'session.leaveEarly': maskedSession,
  'session.moveChair': maskedSession,
  'visit.dischargeSheet': 'as-it-is',
  'limits.set': maskedChair,
  'limits.proposeAuto': 'as-it-is',
  'preset.list': 'as-it-is',
  'preset.use': maskedChair,
  'preset.approve': 'as-it-is',
  'alarm.acknowledge': 'as-it-is',
  'alarm.pauseAudio': 'as-it-is',
  'alarm.resumeAudio': 'as-it-is',
  'alarm.audioOff': 'as-it-is',
  'alarm.pause': 'as-it-is',
  'alarm.resume': 'as-it-is',
  'alarm.off': 'as-it-is',
  'alarm.on': 'as-it-is',
  'alarm.log': maskedLog,
  'nibp.start': 'as-it-is',
  'nibp.stop': 'as-it-is',
  'monitor.allowCuff': maskedMonitor,
  'wave.watch': 'as-it-is',
  'history.waves': 'as-it-is',
  'history.trend': 'as-it-is',
  'history.events': (events) => events.map(maskedEvent),
  'whatif.run': maskedWhatIf,
  'review.session': maskedReview,
  'review.exclude': maskedReview,
  'review.restore': maskedReview,
  // Made without names for those who may not see them (`document-masking.ts`).
  'session.export': 'as-it-is',
  'session.exportPart': 'as-it-is',
  'sessions.list': (list) => ({ ...list, sessions: list.sessions.map(maskedSummary) }),
  'course.overlay': maskedOverlay,
  'clinic.picture': 'as-it-is',
  'sessions.find': maskedFound,
  'sessions.findPatient': maskedFound,
  'chair.add': maskedChair,
  'chair.remove': 'as-it-is',
  'chair.sourceOrder': 'as-it-is',
  'monitor.add': maskedMonitor,
  'monitor.change': maskedMonitor,
  'monitor.remove': 'as-it-is',
  'monitor.test': 'as-it-is',
  'monitor.detect': 'as-it-is',
  'monitor.detectStop': 'as-it-is',
  'monitor.watch': 'as-it-is',
  'monitor.confirm': 'as-it-is',
  'window.sound': 'as-it-is',
  'ports.list': 'as-it-is',
  'families.list': 'as-it-is',
  'identity.get': 'as-it-is',
  'auth.signIn': 'as-it-is',
  'auth.signOut': 'as-it-is',
  'auth.lock': 'as-it-is',
  'auth.active': 'as-it-is',
  'auth.changeSecret': 'as-it-is',
  'auth.vouch': 'as-it-is',
  'auth.emergency': 'as-it-is',
  'auth.emergencies': 'as-it-is',
  'auth.explainEmergency': 'as-it-is',
  'people.list': 'as-it-is',
  'people.add': 'as-it-is',
  'people.change': 'as-it-is',
  'people.setSecret': 'as-it-is',
  'patient.search': 'as-it-is',
  'patient.get': 'as-it-is',
  'patient.register': 'as-it-is',
  'patient.change': 'as-it-is',
  'patient.audit': 'as-it-is',
  'course.templates': 'as-it-is',
  'course.open': 'as-it-is',
  'course.change': 'as-it-is',
  'course.close': 'as-it-is',
  'course.response': 'as-it-is',
  'record.worklist': 'as-it-is',
  'record.sign': 'as-it-is',
  'record.addendum': 'as-it-is',
  'sending.list': maskedSendings,
  'sending.send': maskedSending,
  'sending.retry': maskedSending,
  'sending.cancel': maskedSending,
};

export const maskedAnswer = <C extends CommandName>(
  command: C,
  result: CommandResults[C],
): CommandResults[C] => {
  // The row of this very command; TypeScript cannot follow the index.
  const answer = ANSWERS[command] as Answer<C>;
  return answer === 'as-it-is' ? result : answer(result);
};
