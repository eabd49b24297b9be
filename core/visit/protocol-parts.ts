/** The parts that the product's protocols share. Sources and open questions: docs/visit.md. */
import type { ChecklistItem } from '../checklist/items.ts';
import type { Band, DoseLimits } from '../dose/limits.ts';
import type { CuffPlan, ObservationPlan } from './protocol.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;

const confirm = (id: string, label: string, hint: string | null = null, hard = false): ChecklistItem => ({
  id,
  label,
  hint,
  hard,
  kind: 'confirm',
});
const computed = (
  id: string,
  label: string,
  fact: Extract<ChecklistItem, { kind: 'computed' }>['fact'],
  hard = false,
): ChecklistItem => ({ id, label, hint: null, hard, kind: 'computed', fact });
const since = (id: string, label: string, minimumMs: number): ChecklistItem => ({
  id,
  label,
  hint: 'Enter when it was.',
  hard: false,
  kind: 'time-since',
  minimumMs,
});

/** Food 6 h, drink 2 h (patient information; ASA fasting practice). */
export const FASTING: readonly ChecklistItem[] = [
  since('food', 'Nothing eaten for 6 h', 6 * HOUR),
  since('drink', 'Nothing drunk for 2 h', 2 * HOUR),
];
/** The label of the nasal spray: food 2 h, drink 30 min. */
export const NASAL_FASTING: readonly ChecklistItem[] = [
  since('food', 'Nothing eaten for 2 h', 2 * HOUR),
  since('drink', 'Nothing drunk for 30 min', 30 * MINUTE),
];

/** The driver is named before the drug runs: the patient must not drive home (patient information). */
const DRIVER: ChecklistItem = {
  id: 'driver',
  label: 'Driver arranged',
  hint: 'Name and phone of who takes the patient home, before the start.',
  hard: true,
  kind: 'fields',
  fields: [
    { id: 'name', label: 'Name', required: true, input: 'text' },
    { id: 'phone', label: 'Phone', required: true, input: 'phone' },
  ],
};

const PREGNANCY: ChecklistItem = {
  id: 'pregnancy',
  label: 'Pregnancy excluded',
  hint: null,
  hard: true,
  kind: 'choice',
  options: [
    { value: 'not-applicable', label: 'Not applicable', passes: true },
    { value: 'negative', label: 'Test negative', passes: true },
    { value: 'declined', label: 'Test declined', passes: false },
    { value: 'positive', label: 'Test positive', passes: false },
  ],
};

const CONTRAINDICATIONS: ChecklistItem = {
  id: 'contraindications',
  label: 'Contraindications asked',
  hint: 'Uncontrolled blood pressure, aneurysm or bleeding in the head, unstable heart, raised pressure in head or eye, psychosis, severe liver disease, breast-feeding, misuse of substances, allergy, seizures, severe lung disease.',
  hard: true,
  kind: 'choice',
  options: [
    { value: 'none', label: 'None', passes: true },
    { value: 'present', label: 'One is present', passes: false },
  ],
};

const IV: ChecklistItem = {
  id: 'iv',
  label: 'IV placed and patent',
  hint: null,
  hard: true,
  kind: 'fields',
  fields: [
    { id: 'site', label: 'Site', required: true, input: 'text' },
    { id: 'gauge', label: 'Gauge', required: true, input: 'number' },
  ],
};

const VITALS: readonly ChecklistItem[] = [
  computed('vital-hr', 'Heart rate arrives', 'vital-heartRate', true),
  computed('vital-spo2', 'SpO₂ arrives', 'vital-spo2', true),
  computed('vital-resp', 'Respiration arrives', 'vital-respiration', true),
  computed('vital-bp', 'Blood pressure arrives', 'vital-bloodPressure', true),
];

/** Asked of depression patients: they are treated under their own provider's care (patient information). */
export const PROVIDER: ChecklistItem = confirm(
  'provider',
  'Treating provider has acknowledged',
  'The acknowledgement is on file.',
  true,
);
export const SUICIDE_RISK: ChecklistItem = confirm(
  'suicide-risk',
  'Suicide risk asked',
  'As the clinic does it.',
);

/** What every visit asks; `own` are the indication's. */
export const checklistOf = (
  fasting: readonly ChecklistItem[],
  own: readonly ChecklistItem[],
  options: { readonly iv: boolean } = { iv: true },
): readonly ChecklistItem[] => [
  confirm('identity', 'Two identifiers checked', 'Name and date of birth, asked openly.', true),
  confirm('consent', 'Consent signed', null, true),
  confirm('medication-list', 'Medication list reviewed today'),
  confirm('allergies', 'Allergies reviewed today', null, true),
  confirm('usual-medicines', 'Usual medicines taken', 'Those for blood pressure especially.'),
  confirm('sedatives', 'Sedatives, stimulants, MAO inhibitors asked'),
  ...fasting,
  DRIVER,
  ...own,
  CONTRAINDICATIONS,
  PREGNANCY,
  ...(options.iv ? [IV] : []),
  confirm('cuff', 'Cuff of the right size, not on the SpO₂ arm'),
  confirm('emergency', 'Oxygen, suction and emergency drugs at hand'),
  confirm('bell', 'Call bell within reach'),
  ...VITALS,
  computed('baseline', 'Baseline pressure from readings that agree', 'baseline-agreed'),
  computed('dose', 'Dose planned', 'dose-planned', true),
  ...(options.iv
    ? [computed('dose-check', 'Dose and pump checked by a second person', 'dose-verified', true)]
    : []),
];

/** What must be true before the patient goes (clinical practice; a physician must approve it). */
export const dischargeOf = (options: { readonly iv: boolean } = { iv: true }): readonly ChecklistItem[] => [
  computed('recovery', 'Watched for the minimum time', 'recovery-minimum', true),
  computed('aldrete', 'Modified Aldrete 9 or more', 'aldrete', true),
  computed('padss', 'PADSS 9 or more', 'padss', true),
  computed(
    'pressure',
    'Last two pressures below 160/100 and within 20 % of baseline',
    'pressure-near-baseline',
    true,
  ),
  computed('vitals', 'SpO₂ 92 % or more, heart rate 50 to 110', 'vitals-in-range', true),
  computed('sedation', 'Awake, dissociation 1 or less, nausea 3 or less', 'sedation-gone', true),
  computed('effects', 'No severe side effect left', 'no-severe-effect', true),
  computed('alarms', 'No unacknowledged high-priority alarm', 'alarms-acknowledged'),
  confirm('oriented', 'Knows person, place and time', null, true),
  ...(options.iv ? [confirm('iv-out', 'IV removed', null, true)] : []),
  confirm('escort', 'The named driver is here', null, true),
  confirm('instructions', 'Written instructions given and explained', 'No driving, no decisions.', true),
];

const steps = (...rows: readonly (readonly [number | null, number])[]) =>
  rows.map(([until, every]) => ({
    untilMs: until === null ? null : until * MINUTE,
    intervalMs: every * MINUTE,
  }));

const cuffCommon = {
  baseline: { readings: 3, intervalMs: 90_000 },
  afterChange: { forMs: 15 * MINUTE, intervalMs: 5 * MINUTE },
  guaranteedAtMs: [30 * MINUTE, 40 * MINUTE],
  recovery: steps([15, 5], [null, 10]),
  lastBeforeDischargeMs: 10 * MINUTE,
};
/** Up to an hour: every 5 min. */
export const SHORT_CUFF: CuffPlan = { ...cuffCommon, infusing: steps([null, 5]) };
/** Several hours: every 5 min for a quarter of an hour, every 10 to the hour, then every 15. */
export const LONG_CUFF: CuffPlan = { ...cuffCommon, infusing: steps([15, 5], [60, 10], [null, 15]) };

const WATCHED = ['infusing', 'paused', 'recovery'] as const;
/** Sedation every 15 min and the short scales every 30, once before the start and once before the patient goes. */
export const observationsOf = (options: {
  readonly mood: boolean;
  readonly pain: boolean;
}): readonly ObservationPlan[] => [
  { scale: 'moaa-s', everyMs: 15 * MINUTE, phases: WATCHED },
  { scale: 'nausea', everyMs: 30 * MINUTE, phases: WATCHED },
  { scale: 'dissociation', everyMs: 30 * MINUTE, phases: WATCHED },
  { scale: 'anxiety', everyMs: null, phases: ['baseline', 'recovery'] },
  ...(options.pain
    ? [
        { scale: 'pain', everyMs: null, phases: ['baseline'] } as const,
        { scale: 'pain', everyMs: 30 * MINUTE, phases: WATCHED } as const,
      ]
    : []),
  ...(options.mood ? [{ scale: 'mood', everyMs: null, phases: ['baseline', 'recovery'] } as const] : []),
];

const band = (
  hardLow: number | null,
  softLow: number | null,
  softHigh: number | null,
  hardHigh: number | null,
): Band => ({ hardLow, softLow, softHigh, hardHigh });

/** What is the same for every infusion: weight, pump and a bolus. */
export const COMMON_BANDS = {
  weightKg: band(25, 40, 160, 300),
  rateMlPerH: band(0.1, 1, 300, 999),
  concentrationMgPerMl: band(0.05, 0.2, 5, 50),
  bolusMgPerKg: band(null, null, 0.2, 0.5),
} satisfies Partial<DoseLimits['bands']>;

export { band };
