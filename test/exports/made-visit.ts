/** The entries of the made session: everything that happens at a chair, once. */
import type { ActiveAlarm } from '../../core/alarm/types.ts';
import { planOf } from '../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl, milligrams, millilitres, mlPerHour } from '../../core/dose/units.ts';
import { eventId, personId } from '../../core/ids.ts';
import type { SessionEventBody } from '../../core/session/events.ts';
import { epochMs } from '../../core/time.ts';
import { after, BEDSIDE, START } from './made-parts.ts';

/** An entry: when, what, and who where it was not the nurse. */
export type MadeEntry = readonly [seconds: number, body: SessionEventBody, by?: string];

const NURSE = { personId: personId('person-nurse'), name: 'Nora Nkemelu', role: 'nurse' } as const;
const DOCTOR = {
  personId: personId('person-doctor'),
  name: 'Dr. Jürgen Ødegård',
  role: 'physician',
} as const;

const PLAN = planOf({
  kind: 'infusion',
  drug: 'Ketamine',
  weightKg: kilograms(72),
  dose: { unit: 'mg/kg', value: mgPerKg(0.5) },
  concentrationMgPerMl: mgPerMl(1),
  durationMs: 2_400_000,
});

const ALARM: ActiveAlarm = {
  key: 'bp-high',
  conditionId: 'nibp-high-high',
  category: 'physiological',
  priority: 'high',
  state: 'active',
  metric: 'MDC_PRESS_BLD_NONINV_SYS',
  monitorId: BEDSIDE,
  title: 'BLOOD PRESSURE HIGH',
  message: 'SYS 182 ≥ 180',
  value: 182,
  limit: 180,
  peak: 182,
  onsetAt: after(360),
  raisedAt: after(360),
  clearedAt: null,
  acknowledged: null,
  occurrence: 1,
};

/** The visit: dose, pause, change of rate, bolus, spike, side effects, scores, a struck entry, artefacts, signatures. */
export const ENTRIES: readonly MadeEntry[] = [
  [5, { type: 'phase-changed', from: 'intake', to: 'baseline', reason: null }],
  [
    10,
    {
      type: 'dose-planned',
      plan: PLAN,
      ordered: { unit: 'mg/kg', value: mgPerKg(0.5) },
      findings: [],
      reason: null,
      authorisations: [],
    },
  ],
  [
    20,
    { type: 'dose-verified', pumpRateMlPerH: mlPerHour(54), pumpVolumeMl: millilitres(36) },
    'Second | Nurse',
  ],
  [120, { type: 'phase-changed', from: 'baseline', to: 'infusing', reason: null }],
  [360, { type: 'alarm', alarm: { type: 'raised', at: after(360), alarm: ALARM, by: null } }, 'station'],
  [
    372,
    {
      type: 'alarm',
      alarm: {
        type: 'acknowledged',
        at: after(372),
        alarm: { ...ALARM, acknowledged: { at: after(372), by: 'Nora Nkemelu' } },
        by: 'Nora Nkemelu',
      },
    },
  ],
  [
    380,
    {
      type: 'dose-rate-changed',
      from: mlPerHour(54),
      to: mlPerHour(40),
      concentrationMgPerMl: mgPerMl(1),
      plannedMg: milligrams(36),
      findings: [],
      reason: 'Pressure',
      authorisations: [],
    },
  ],
  [
    390,
    {
      type: 'side-effect-noted',
      kind: 'nausea',
      severity: 'mild',
      onsetAt: epochMs(START + 385_000),
      text: null,
    },
  ],
  [395, { type: 'drug-given', name: 'Ondansetron', amount: 4, unit: 'mg', route: 'IV', reason: 'Nausea' }],
  [396, { type: 'drug-given', name: 'Ondansetron', amount: 40, unit: 'puffs', route: 'IV', reason: null }],
  [397, { type: 'score-recorded', scale: 'dissociation', value: 4, parts: null }],
  [430, { type: 'side-effect-changed', effect: eventId('event-9'), severity: 'moderate' }],
  [440, { type: 'phase-changed', from: 'infusing', to: 'paused', reason: 'Patient asked\nfor a break' }],
  [500, { type: 'phase-changed', from: 'paused', to: 'infusing', reason: null }],
  [510, { type: 'dose-bolus', mg: milligrams(2.5), findings: [], reason: 'Pain', authorisations: [] }],
  [520, { type: 'entry-struck', entry: eventId('event-11'), reason: 'Typed 40 for 4' }],
  [530, { type: 'alarm', alarm: { type: 'cleared', at: after(530), alarm: ALARM, by: null } }, 'station'],
  [600, { type: 'side-effect-ended', effect: eventId('event-9') }],
  [900, { type: 'infusion-stopped', cause: 'side-effect', reason: null, pumpVolumeMl: null }],
  [901, { type: 'phase-changed', from: 'infusing', to: 'recovery', reason: null }],
  [950, { type: 'note-added', kind: 'note', text: 'Says "fine" & <smiles>\\ 100 % | ~ ^', corrects: null }],
  [
    1000,
    {
      type: 'score-recorded',
      scale: 'padss',
      value: 9,
      parts: { vitals: 2, gait: 1, nausea: 2, pain: 2, bleeding: 2 },
    },
  ],
  [
    1010,
    {
      type: 'artefact-excluded',
      target: { kind: 'reading', monitorId: BEDSIDE, receivedAt: after(420).wall },
      reason: 'Arm moved',
    },
  ],
  [
    1011,
    {
      type: 'artefact-excluded',
      target: {
        kind: 'span',
        metrics: ['MDC_ECG_HEART_RATE'],
        from: after(595).wall,
        to: after(665).wall,
      },
      reason: 'Leads touched',
    },
  ],
  [1200, { type: 'phase-changed', from: 'recovery', to: 'discharged', reason: null }],
  [1300, signed('infusion-nurse', NURSE)],
  [1400, signed('reviewed-by-physician', DOCTOR), DOCTOR.name],
  [
    2000,
    { type: 'addendum-added', text: 'Seen again: well.', signer: DOCTOR, afterSignature: true },
    DOCTOR.name,
  ],
];

function signed(
  meaning: 'infusion-nurse' | 'reviewed-by-physician',
  signer: typeof NURSE | typeof DOCTOR,
): SessionEventBody {
  return {
    type: 'record-signed',
    meaning,
    signer,
    record: {
      sequence: 20,
      headHash: 'b2'.repeat(32),
      frames: 130,
      readings: 4,
      waves: 0,
      dataHash: 'c3'.repeat(32),
      hash: 'd4'.repeat(32),
    },
    remark: null,
  };
}
