/** The third of six infusions for depression, with nearly everything that a visit can have. No patient is meant. */
import { withThresholds } from '../../../core/alarm/change-limits.ts';
import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { planOf } from '../../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl, milligrams, millilitres, mlPerHour } from '../../../core/dose/units.ts';
import { chairId, courseId, type EventId, patientId, sessionId } from '../../../core/ids.ts';
import { initialsOf, type Patient, snapshotOf } from '../../../core/patient/patient.ts';
import { proposeBaseline } from '../../../core/session/baseline.ts';
import type { SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import { epochMs } from '../../../core/time.ts';
import { DEPRESSION } from '../../../core/visit/protocols.ts';
import { type Bedside, type Deed, minute } from './bedside.ts';
import { BEDSIDE, bedsideValues, OXIMETER, oximeterValues, readingAt } from './rich-values.ts';

const NURSE = 'N. Okafor';
const SECOND = 'M. Lindqvist';
const PHYSICIAN = 'Dr. S. Haddad';

const PATIENT: Patient = {
  id: patientId('patient-17'),
  familyName: 'Дмитриева',
  givenName: 'Ольга',
  birthDate: '1984-11-30',
  mrn: 'A-004417',
  weightKg: 71.5,
  allergies: ['Penicillin', 'Пыльца берёзы'],
  medications: ['Sertraline 100 mg', 'Amlodipine 5 mg'],
  driver: { name: 'J. Dmitriev', phone: '+1 555 0100' },
  treatingProvider: { name: 'Dr. A. Yilmaz', phone: '+1 555 0101' },
};

const { baseline: BASELINE } = proposeBaseline([readingAt(5), readingAt(6.5)]);
if (BASELINE === null) throw new Error('the example has no baseline');

const PLAN = planOf({
  kind: 'infusion',
  drug: 'Ketamine',
  weightKg: kilograms(72),
  dose: { unit: 'mg/kg', value: mgPerKg(0.5) },
  concentrationMgPerMl: mgPerMl(1),
  durationMs: 40 * 60_000,
});

const entry = (at: number, body: Extract<Deed, { body: unknown }>['body'], by = NURSE): Deed => ({
  minute: at,
  by,
  body,
});
const phase = (
  at: number,
  from: Extract<SessionEventBody, { type: 'phase-changed' }>['from'],
  to: Extract<SessionEventBody, { type: 'phase-changed' }>['to'],
  reason: string | null = null,
): Deed => entry(at, { type: 'phase-changed', from, to, reason });
const score = (
  at: number,
  scale: Extract<SessionEventBody, { type: 'score-recorded' }>['scale'],
  value: number,
  parts: Readonly<Record<string, number>> | null = null,
): Deed => entry(at, { type: 'score-recorded', scale, value, parts });
const confirmed = (at: number, itemId: string): Deed =>
  entry(at, { type: 'checklist-answered', itemId, answer: { kind: 'confirmed' } });

const theEntry = (events: readonly SessionEvent[], is: (event: SessionEvent) => boolean): EventId => {
  const found = events.findLast(is);
  if (found === undefined) throw new Error('the example has no such entry');
  return found.id;
};
const theEffect = (events: readonly SessionEvent[], kind: string): EventId =>
  theEntry(events, ({ body }) => body.type === 'side-effect-noted' && body.kind === kind);

const checklist = (at: number): readonly Deed[] =>
  DEPRESSION.checklist.flatMap((item): readonly Deed[] => {
    const answer = (given: Extract<SessionEventBody, { type: 'checklist-answered' }>['answer']) => [
      entry(at, { type: 'checklist-answered', itemId: item.id, answer: given }),
    ];
    if (item.id === 'sedatives') {
      return [
        entry(at, {
          type: 'checklist-excepted',
          itemId: item.id,
          reason: 'Lorazepam 0.5 mg taken last night',
          authorisations: [{ name: PHYSICIAN, role: 'physician', verified: true }],
        }),
      ];
    }
    switch (item.kind) {
      case 'computed':
        return [];
      case 'confirm':
        return answer({ kind: 'confirmed' });
      case 'time-since':
        return answer({ kind: 'time', at: epochMs(minute(-12 * 60).wall) });
      case 'choice':
        return answer({ kind: 'choice', value: item.options.find(({ passes }) => passes)?.value ?? '' });
      case 'fields':
        return answer({
          kind: 'fields',
          values: Object.fromEntries(item.fields.map(({ id }) => [id, FIELDS[id] ?? ''])),
        });
      default:
        return item satisfies never;
    }
  });

const FIELDS: Readonly<Record<string, string>> = {
  name: 'J. Dmitriev',
  phone: '+1 555 0100',
  site: 'Left forearm',
  gauge: '22',
};

const before: readonly Deed[] = [
  entry(0, {
    type: 'session-opened',
    chairId: chairId('chair-2'),
    patientInitials: initialsOf(PATIENT),
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    origin: 'simulated',
    patient: snapshotOf(PATIENT),
    course: {
      courseId: courseId('course-9'),
      title: 'Depression: 6 infusions in 3 weeks',
      position: { number: 3, planned: 6 },
    },
  }),
  entry(0, {
    type: 'limits-changed',
    before: DEFAULT_PRESET,
    after: DEFAULT_PRESET,
    reason: 'In force when the session was opened',
  }),
  entry(0, { type: 'visit-planned', protocol: DEPRESSION, approval: { state: 'not-approved' } }),
  entry(
    0.02,
    {
      type: 'monitor-identified',
      monitorId: BEDSIDE,
      name: 'Bedside 2',
      family: 'intellivue',
      manufacturer: 'Philips',
      model: 'IntelliVue MX450',
      serialNumber: 'DE51700123',
      software: 'M.04.00',
    },
    'station',
  ),
  entry(
    0.02,
    {
      type: 'monitor-identified',
      monitorId: OXIMETER,
      name: 'Oximeter 2',
      family: 'masimo-ascii',
      manufacturer: 'Masimo',
      model: null,
      serialNumber: null,
      software: null,
    },
    'station',
  ),
  ...checklist(2),
  entry(3, {
    type: 'dose-planned',
    plan: PLAN,
    ordered: { unit: 'mg/kg', value: mgPerKg(0.5) },
    findings: [],
    reason: null,
    authorisations: [],
  }),
  entry(
    3.5,
    {
      type: 'dose-verified',
      pumpRateMlPerH: PLAN.kind === 'infusion' ? PLAN.rateMlPerH : mlPerHour(0),
      pumpVolumeMl: millilitres(36),
    },
    SECOND,
  ),
  phase(4, 'intake', 'baseline'),
  score(4.5, 'moaa-s', 5),
  score(4.5, 'mood', 3),
  score(4.5, 'anxiety', 4),
];

const during: readonly Deed[] = [
  entry(9, { type: 'baseline-frozen', baseline: { ...BASELINE, heartRate: 72 } }),
  phase(9, 'baseline', 'infusing'),
  entry(11, {
    type: 'dose-bolus',
    mg: milligrams(4),
    findings: [],
    reason: 'Ordered for the start',
    authorisations: [{ name: PHYSICIAN, role: 'physician', verified: true }],
  }),
  entry(20, {
    type: 'limits-changed',
    before: DEFAULT_PRESET,
    after: withThresholds(DEFAULT_PRESET, [{ limitId: 'spo2-low-medium-priority', threshold: 91 }]),
    reason: 'Snores when drowsy',
  }),
  entry(22, {
    type: 'side-effect-noted',
    kind: 'nausea',
    severity: 'mild',
    onsetAt: minute(21).wall,
    text: null,
  }),
  score(24, 'moaa-s', 4),
  score(24, 'nausea', 3),
  score(24, 'dissociation', 4),
  entry(27, {
    type: 'side-effect-noted',
    kind: 'dissociation',
    severity: 'moderate',
    onsetAt: minute(26).wall,
    text: 'Says: "I float, the room is far away"',
  }),
  { minute: 29.5, by: NURSE, pausesAudio: true },
  { minute: 31.5, by: NURSE, acknowledges: 'bp-high' },
  entry(32, {
    type: 'dose-rate-changed',
    from: mlPerHour(54),
    to: mlPerHour(40),
    concentrationMgPerMl: mgPerMl(1),
    plannedMg: milligrams(36),
    findings: [],
    reason: 'Blood pressure',
    authorisations: [{ name: PHYSICIAN, role: 'physician', verified: true }],
  }),
  entry(32.2, { type: 'physician-informed', physician: PHYSICIAN, about: 'SYS 171, rise of 46 mmHg' }),
  entry(33, {
    type: 'drug-given',
    name: 'Labetalol',
    amount: 10,
    unit: 'mg',
    route: 'IV',
    reason: 'SYS 171',
  }),
  entry(
    34.6,
    { type: 'link-changed', monitorId: OXIMETER, state: 'quiet', text: 'No frame for 6 s.' },
    'station',
  ),
  phase(36, 'infusing', 'paused', 'Anxious, wants a moment'),
  entry(
    36.1,
    { type: 'link-changed', monitorId: OXIMETER, state: 'associated', text: 'Frames again.' },
    'station',
  ),
  score(36.2, 'dissociation', 7),
  score(36.2, 'anxiety', 6),
  phase(38, 'paused', 'infusing'),
  entry(40, {
    type: 'note-added',
    kind: 'note',
    text: 'Arm moved | cuff re-sited, "100 % comfortable" & calm ^ smiling~\nEyes closed \\ answers.',
    corrects: null,
  }),
  { minute: 47.9, by: NURSE, acknowledges: 'spo2-low' },
  entry(48, { type: 'note-added', kind: 'artefact', text: 'SpO₂ low while the hand moved', corrects: null }),
  entry(51, {
    type: 'infusion-stopped',
    cause: 'complete',
    reason: null,
    pumpVolumeMl: millilitres(29.6),
  }),
];

const after: readonly Deed[] = [
  phase(51, 'infusing', 'recovery'),
  entry(55, (events) => ({ type: 'side-effect-ended', effect: theEffect(events, 'nausea') })),
  score(54.5, 'moaa-s', 4),
  entry(58, (events) => ({ type: 'side-effect-ended', effect: theEffect(events, 'dissociation') })),
  score(66, 'moaa-s', 5),
  score(66, 'dissociation', 1),
  score(66, 'nausea', 0),
  score(66, 'anxiety', 1),
  score(66, 'mood', 6),
  score(68, 'aldrete', 10, { activity: 2, respiration: 2, circulation: 2, consciousness: 2, oxygen: 2 }),
  score(68, 'padss', 9, { vitals: 2, gait: 1, nausea: 2, pain: 2, bleeding: 2 }),
  confirmed(73.5, 'oriented'),
  confirmed(73.5, 'iv-out'),
  confirmed(74, 'escort'),
  confirmed(74, 'instructions'),
  phase(75, 'recovery', 'discharged'),
  entry(77, {
    type: 'artefact-excluded',
    target: {
      kind: 'span',
      metrics: ['MDC_PULS_OXIM_SAT_O2'],
      from: minute(47).wall,
      to: minute(47.75).wall,
    },
    reason: 'The hand moved, pleth was noise',
  }),
  entry(77.5, {
    type: 'artefact-excluded',
    target: { kind: 'reading', monitorId: BEDSIDE, receivedAt: minute(54 + 0.2 / 60).wall },
    reason: 'Wrong reading chosen',
  }),
  entry(78, (events) => ({
    type: 'artefact-restored',
    excluded: theEntry(
      events,
      ({ body }) => body.type === 'artefact-excluded' && body.target.kind === 'reading',
    ),
    reason: 'It was a good reading',
  })),
];

export const RICH: Bedside = {
  sessionId: sessionId('5e551011-0000-4000-8000-000000000003'),
  minutes: 75,
  deeds: [...before, ...during, ...after],
  monitors: [BEDSIDE, OXIMETER],
  without: [],
  values: (monitor, second) => (monitor === BEDSIDE ? bedsideValues(second) : oximeterValues(second)),
};
