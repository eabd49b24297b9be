import { DEFAULT_PRESET } from '../../../core/alarm/presets.ts';
import { planOf } from '../../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl, milligrams, millilitres, mlPerHour } from '../../../core/dose/units.ts';
import { chairId, courseId, eventId, patientId, personId } from '../../../core/ids.ts';
import type { DataOrigin, SessionEventBody } from '../../../core/session/events.ts';
import { DEPRESSION } from '../../../core/visit/protocols.ts';

import { at, MINUTE, MONITOR, minute } from './example-values.ts';

export type Entry = readonly [minute: number, by: string, body: SessionEventBody];

const NURSE = 'Nora Nkemelu';
const PHYSICIAN = 'Dr Paul Pereira';
const moved = (from: Phases, to: Phases, reason: string | null = null): SessionEventBody => ({
  type: 'phase-changed',
  from,
  to,
  reason,
});
type Phases = (SessionEventBody & { type: 'phase-changed' })['to'];

const agreed = [{ name: PHYSICIAN, role: 'physician', verified: true }] as const;
const plan = planOf({
  kind: 'infusion',
  drug: 'Ketamine',
  weightKg: kilograms(71.5),
  dose: { unit: 'mg/kg', value: mgPerKg(0.5) },
  concentrationMgPerMl: mgPerMl(1),
  durationMs: 40 * MINUTE,
});

const alarm = (
  type: 'raised' | 'cleared' | 'acknowledged',
  value: number,
  raised: number,
  by: string | null = null,
): SessionEventBody => ({
  type: 'alarm',
  alarm: {
    type,
    at: at(value),
    by,
    alarm: {
      key: 'bp-high',
      conditionId: 'bp-high-medium-priority',
      category: 'physiological',
      priority: 'medium',
      state: 'active',
      metric: 'MDC_PRESS_BLD_NONINV_SYS',
      monitorId: MONITOR,
      title: 'BP HIGH',
      message: 'SYS 166 ≥ 160',
      value: 166,
      limit: 160,
      peak: 168,
      onsetAt: at(raised),
      raisedAt: at(raised),
      clearedAt: null,
      acknowledged: by === null ? null : { at: at(value), by },
      occurrence: 1,
    },
  },
});

const checks = (): readonly Entry[] =>
  DEPRESSION.checklist.flatMap((item): readonly Entry[] => {
    if (item.kind === 'computed') return [];
    if (item.kind === 'time-since') {
      const body = {
        type: 'checklist-answered',
        itemId: item.id,
        answer: { kind: 'time', at: minute(-420) },
      } as const;
      return [[-20, NURSE, body]];
    }
    if (item.kind === 'choice') {
      const value = item.options.find(({ passes }) => passes)?.value ?? '';
      return [
        [-20, NURSE, { type: 'checklist-answered', itemId: item.id, answer: { kind: 'choice', value } }],
      ];
    }
    if (item.kind === 'fields') {
      const values = Object.fromEntries(
        item.fields.map(({ id }, index) => [id, index === 0 ? 'Żaneta Ślusarczyk' : '555-0188']),
      );
      return [
        [-20, NURSE, { type: 'checklist-answered', itemId: item.id, answer: { kind: 'fields', values } }],
      ];
    }
    return [[-20, NURSE, { type: 'checklist-answered', itemId: item.id, answer: { kind: 'confirmed' } }]];
  });

export const entries = (origin: DataOrigin, name: string, extra: readonly Entry[]): readonly Entry[] => [
  [
    -30,
    NURSE,
    {
      type: 'session-opened',
      chairId: chairId('chair-1'),
      patientInitials: 'Q.Z.',
      indication: 'Depression',
      plannedInfusionMs: 40 * MINUTE,
      plannedRecoveryMs: 30 * MINUTE,
      origin,
      patient: {
        patientId: patientId('p-1'),
        name,
        mrn: 'MX-774310',
        birthDate: '1961-07-09',
        weightKg: 71.5,
        allergies: ['Penicillin'],
        medications: ['Lisinopril 10 mg', 'Sertraline 50 mg'],
      },
      course: {
        courseId: courseId('c-1'),
        title: 'Depression, 6 in 3 weeks',
        position: { number: 3, planned: 6 },
      },
    },
  ],
  [-29, NURSE, { type: 'visit-planned', protocol: DEPRESSION, approval: { state: 'not-approved' } }],
  [-29, NURSE, { type: 'limits-changed', before: DEFAULT_PRESET, after: DEFAULT_PRESET, reason: null }],
  ...checks(),
  [-15, NURSE, moved('intake', 'baseline')],
  [
    -9,
    NURSE,
    {
      type: 'dose-planned',
      plan,
      ordered: { unit: 'mg/kg', value: mgPerKg(0.5) },
      findings: [],
      reason: null,
      authorisations: [],
    },
  ],
  [
    -6,
    PHYSICIAN,
    { type: 'dose-verified', pumpRateMlPerH: mlPerHour(53.6), pumpVolumeMl: millilitres(35.75) },
  ],
  [
    -4,
    NURSE,
    {
      type: 'checklist-excepted',
      itemId: 'driver',
      reason: 'driver stuck in traffic, called twice',
      authorisations: agreed,
    },
  ],
  [
    -0.5,
    NURSE,
    {
      type: 'baseline-frozen',
      baseline: { systolic: 124, diastolic: 78, mean: 93, heartRate: 72, readings: 2 },
    },
  ],
  [0, NURSE, moved('baseline', 'infusing')],
  [8, NURSE, { type: 'score-recorded', scale: 'moaa-s', value: 5, parts: null }],
  [
    12,
    NURSE,
    { type: 'side-effect-noted', kind: 'nausea', severity: 'mild', onsetAt: minute(11), text: null },
  ],
  [
    18,
    NURSE,
    {
      type: 'side-effect-noted',
      kind: 'dissociation',
      severity: 'moderate',
      onsetAt: minute(17),
      text: 'floating, calm',
    },
  ],
  [20, NURSE, { type: 'score-recorded', scale: 'moaa-s', value: 4, parts: null }],
  [20, NURSE, { type: 'score-recorded', scale: 'dissociation', value: 6, parts: null }],
  [25.1, 'station', alarm('raised', 25.1, 25.1)],
  [25.4, NURSE, alarm('acknowledged', 25.4, 25.1, NURSE)],
  [26, NURSE, moved('infusing', 'paused', 'pressure')],
  [
    27,
    NURSE,
    { type: 'drug-given', name: 'Ondansetron', amount: 4, unit: 'mg', route: 'IV', reason: 'nausea' },
  ],
  [
    29,
    NURSE,
    {
      type: 'dose-rate-changed',
      from: mlPerHour(53.6),
      to: mlPerHour(40),
      concentrationMgPerMl: mgPerMl(1),
      plannedMg: milligrams(35.75),
      findings: [],
      reason: 'pressure 166/98',
      authorisations: agreed,
    },
  ],
  [30, NURSE, moved('paused', 'infusing')],
  [
    33,
    NURSE,
    {
      type: 'note-added',
      kind: 'note',
      text: 'Jaw clenching, settled with a blanket. Temp < 37 & dry skin.',
      corrects: null,
    },
  ],
  [36, 'station', alarm('cleared', 36, 25.1)],
  [38, NURSE, { type: 'side-effect-ended', effect: eventId('e-nausea') }],
  [47, NURSE, { type: 'infusion-stopped', cause: 'complete', reason: null, pumpVolumeMl: millilitres(35.4) }],
  [47, NURSE, moved('infusing', 'recovery')],
  [
    60,
    NURSE,
    {
      type: 'score-recorded',
      scale: 'aldrete',
      value: 10,
      parts: { activity: 2, respiration: 2, circulation: 2, consciousness: 2, oxygen: 2 },
    },
  ],
  [
    70,
    NURSE,
    {
      type: 'score-recorded',
      scale: 'padss',
      value: 9,
      parts: { vitals: 2, gait: 1, nausea: 2, pain: 2, bleeding: 2 },
    },
  ],
  [78, NURSE, moved('recovery', 'discharged')],
  [
    90,
    PHYSICIAN,
    {
      type: 'artefact-excluded',
      target: { kind: 'span', metrics: ['MDC_ECG_HEART_RATE'], from: minute(14), to: minute(15) },
      reason: 'leads were pulled',
    },
  ],
  [
    91,
    PHYSICIAN,
    {
      type: 'artefact-excluded',
      target: { kind: 'reading', monitorId: MONITOR, receivedAt: minute(10) },
      reason: 'patient bent the arm',
    },
  ],
  ...extra,
];

/** The two signatures, and an addendum. */
export const SIGNED: readonly Entry[] = (
  [
    ['infusion-nurse', NURSE, 'nurse', 95],
    ['reviewed-by-physician', PHYSICIAN, 'physician', 120],
  ] as const
)
  .map(([meaning, name, role, when]): Entry => {
    const record = {
      sequence: 50,
      headHash: 'ab'.repeat(32),
      frames: 1,
      readings: 1,
      waves: 0,
      dataHash: 'cd'.repeat(32),
      hash: 'ef'.repeat(32),
    };
    return [
      when,
      name,
      {
        type: 'record-signed',
        meaning,
        signer: { personId: personId(role), name, role },
        record,
        remark: null,
      },
    ];
  })
  .concat([
    [
      130,
      PHYSICIAN,
      {
        type: 'addendum-added',
        text: 'Patient called: slept well.',
        signer: { personId: personId('physician'), name: PHYSICIAN, role: 'physician' },
        afterSignature: true,
      },
    ],
  ]);

/** One note, entered at minute 34. */
export const noted = (text: string): readonly Entry[] => [
  [34, NURSE, { type: 'note-added', kind: 'note', text, corrects: null }],
];
