/**
 * A chronic-pain visit of eight hours, written into a record as the station would have: two monitors with a number of
 * each vital every second, a cuff reading every five minutes, a pause, alarms, side effects and notes. Invented, the same
 * each time; for benchmarks of what reads it.
 */
import { withThresholds } from '../../core/alarm/change-limits.ts';
import { DEFAULT_PRESET } from '../../core/alarm/presets.ts';
import type { AlarmEvent, AlarmPriority, ConditionEvent } from '../../core/alarm/types.ts';
import { planOf } from '../../core/dose/plan.ts';
import { kilograms, mgPerKg, mgPerMl, milligrams, mlPerHour } from '../../core/dose/units.ts';
import { chairId, type EventId, eventId, monitorId, type SessionId, sessionId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { type Observation, present } from '../../core/observation/observation.ts';
import type { SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import type { Phase } from '../../core/session/phase.ts';
import { epochMs, type Instant, instant } from '../../core/time.ts';
import type { NumericsRow } from '../../db/numerics.ts';
import type { ChairsideDb } from '../../db/open.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
export const LONG_VISIT: SessionId = sessionId('long-visit');
const HOURS = 8;
const START = Date.UTC(2026, 2, 2, 7, 30, 0);
/** From its opening to its end (ms, wall clock). */
export const LONG_VISIT_SPAN = { from: START, to: START + HOURS * 3_600_000 } as const;
const MULTI = monitorId('multi');
const OXIMETER = monitorId('oximeter');
const BATCH_SECONDS = 600;

const at = (ms: number): Instant => instant(START + ms, 1_000_000 + ms);

/** A wave that wanders and never repeats within the visit. */
const wander = (ms: number, middle: number, swing: number, periodMin: number): number =>
  middle +
  swing * Math.sin((ms / MINUTE / periodMin) * 2 * Math.PI) +
  swing * 0.3 * Math.sin((ms / MINUTE / (periodMin * 0.137)) * 2 * Math.PI);

/** The drug's effect on the pressure (0 to 1): up within 40 min of the start, down within an hour of the end. */
const effect = (minutes: number): number => {
  if (minutes < 30) return 0;
  if (minutes < 70) return (minutes - 30) / 40;
  return minutes < 420 ? 1 - 0.15 * Math.sin(minutes / 40) : Math.max(0, 1 - (minutes - 420) / 50);
};

/** Minutes from the opening, what was entered, and its id where a later entry names it. */
type Entry = readonly [number, SessionEventBody, EventId?];

/** Writes the visit into a record of simulated sessions. */
export const writeLongVisit = (db: Pick<ChairsideDb, 'appendEvents' | 'writeNumerics'>): void => {
  db.appendEvents(events());
  for (let second = 0; second < HOURS * 3600; second += BATCH_SECONDS) {
    db.writeNumerics(
      Array.from({ length: BATCH_SECONDS }, (_, index) => framesOf((second + index) * SECOND)).flat(),
    );
  }
};

const framesOf = (ms: number): readonly NumericsRow[] => {
  const minutes = ms / MINUTE;
  const receipt = { receivedAt: at(ms), deviceTime: null };
  const value = (metric: MetricId, number: number): Observation =>
    present(metric, Math.round(number), receipt);
  const rate = wander(ms, 72 + 14 * effect(minutes), 4, 23);
  // Two dips and one artefact, each shorter than a step of the whole visit's chart.
  const dip = minutes > 133 && minutes < 133.6 ? 11 : minutes > 290 && minutes < 290.3 ? 26 : 0;
  const frames: NumericsRow[] = [
    {
      sessionId: LONG_VISIT,
      monitorId: MULTI,
      at: at(ms),
      values: [
        value('MDC_ECG_HEART_RATE', rate + (minutes > 205 && minutes < 205.5 ? 120 : 0)),
        value('MDC_TTHOR_RESP_RATE', wander(ms, 14 - 2 * effect(minutes), 2, 17)),
      ],
    },
  ];
  // The probe is off for eleven minutes.
  if (minutes < 240 || minutes > 251) {
    frames.push({
      sessionId: LONG_VISIT,
      monitorId: OXIMETER,
      at: at(ms),
      values: [
        value('MDC_PULS_OXIM_SAT_O2', Math.min(100, wander(ms, 97, 1, 31)) - dip),
        value('MDC_PULS_OXIM_PULS_RATE', rate + 1),
      ],
    });
  }
  if (ms % (5 * MINUTE) === 0) frames.push(cuffAt(ms, receipt));
  return frames;
};

const cuffAt = (ms: number, receipt: { readonly receivedAt: Instant; readonly deviceTime: null }) => {
  const rise = effect(ms / MINUTE);
  const systolic = Math.round(wander(ms, 124 + 34 * rise, 5, 41));
  const diastolic = Math.round(wander(ms, 78 + 18 * rise, 3, 37));
  return {
    sessionId: LONG_VISIT,
    monitorId: MULTI,
    at: receipt.receivedAt,
    values: [
      present('MDC_PRESS_BLD_NONINV_SYS', systolic, receipt),
      present('MDC_PRESS_BLD_NONINV_DIA', diastolic, receipt),
      present('MDC_PRESS_BLD_NONINV_MEAN', Math.round(diastolic + (systolic - diastolic) / 3), receipt),
    ],
  };
};

const events = (): readonly SessionEvent[] => {
  const bodies: readonly Entry[] = [
    ...course(),
    raised(400),
    ...alarmsOf('high', 'SpO₂ LOW', 'SpO₂ 71 < 85', [290]),
    ...alarmsOf('medium', 'NIBP SYS HIGH', 'SYS 161 ≥ 160', [95, 120, 160, 215, 260, 305, 350, 395]),
    ...alarmsOf('medium', 'SpO₂ LOW', 'SpO₂ 86 < 90', [133]),
    ...alarmsOf('low', 'HR RISE', 'HR 91 = baseline 72 + 26 %', [80, 110, 155, 200, 246, 290, 338, 380]),
    ...alarmsOf('low', 'SpO₂ PROBE OFF', 'SpO₂ probe off', [240]),
    ...Array.from({ length: 90 }, (_, index) =>
      note(20 + index * 5, `Round ${index + 1}: patient comfortable`),
    ),
  ].toSorted(([a], [b]) => a - b);
  return bodies.map(([minutes, body, id], index) => ({
    id: id ?? eventId(`long-${index + 1}`),
    sessionId: LONG_VISIT,
    sequence: index + 1,
    at: at(minutes * MINUTE),
    by: 'N. Nurse',
    body,
  }));
};

const phase = (minutes: number, from: Phase, to: Phase) =>
  [minutes, { type: 'phase-changed', from, to, reason: null } satisfies SessionEventBody] as const;

/** Late, after the last alarm of the pressure: the limit that is met first is raised. */
const raised = (minutes: number): Entry => {
  const after = withThresholds(DEFAULT_PRESET, [
    { limitId: 'nibp-sys-high-medium-priority', threshold: 170 },
  ]);
  const reason = 'Usual for this patient';
  return [minutes, { type: 'limits-changed', before: DEFAULT_PRESET, after, reason }];
};

const note = (minutes: number, text: string) =>
  [minutes, { type: 'note-added', kind: 'note', text, corrects: null } satisfies SessionEventBody] as const;

const course = (): readonly Entry[] => {
  const dose = { unit: 'mg/kg', value: mgPerKg(2.1) } as const;
  const plan = planOf({
    kind: 'infusion',
    drug: 'Ketamine',
    weightKg: kilograms(72),
    dose,
    concentrationMgPerMl: mgPerMl(1),
    durationMs: 6 * 60 * MINUTE,
  });
  const rate = mlPerHour(30);
  return [
    [
      0,
      {
        type: 'session-opened',
        chairId: chairId('chair-1'),
        patientInitials: 'L.V.',
        indication: 'Chronic pain',
        plannedInfusionMs: 6 * 60 * MINUTE,
        plannedRecoveryMs: 60 * MINUTE,
        origin: 'simulated',
      },
    ],
    phase(5, 'intake', 'baseline'),
    [12, { type: 'dose-planned', plan, ordered: dose, findings: [], reason: null, authorisations: [] }],
    [
      29.9,
      {
        type: 'baseline-frozen',
        baseline: { systolic: 124, diastolic: 78, mean: 93, heartRate: 72, readings: 3 },
      },
    ],
    phase(30, 'baseline', 'infusing'),
    [
      90,
      {
        type: 'dose-rate-changed',
        from: plan.kind === 'infusion' ? plan.rateMlPerH : rate,
        to: rate,
        concentrationMgPerMl: mgPerMl(1),
        plannedMg: plan.doseMg,
        findings: [],
        reason: 'Pain 6/10',
        authorisations: [],
      },
    ],
    [
      150,
      {
        type: 'dose-bolus',
        mg: milligrams(5),
        findings: [],
        reason: 'Breakthrough pain',
        authorisations: [],
      },
    ],
    phase(262, 'infusing', 'paused'),
    phase(274, 'paused', 'infusing'),
    ...effectOf('nausea', 'moderate', 84, 121),
    ...effectOf('dissociation', 'mild', 62, 430),
    ...effectOf('headache', 'mild', 300, 341),
    [
      122,
      { type: 'drug-given', name: 'Ondansetron', amount: 4, unit: 'mg', route: 'i.v.', reason: 'nausea' },
    ],
    phase(420, 'infusing', 'recovery'),
    phase(479.9, 'recovery', 'discharged'),
  ];
};

const effectOf = (
  kind: 'nausea' | 'dissociation' | 'headache',
  severity: 'mild' | 'moderate',
  from: number,
  to: number,
): readonly Entry[] => {
  const onsetAt = epochMs(START + from * MINUTE);
  const effect = eventId(`long-${kind}`);
  return [
    [from, { type: 'side-effect-noted', kind, severity, onsetAt, text: null }, effect],
    [to, { type: 'side-effect-ended', effect }],
  ];
};

const alarmsOf = (
  priority: AlarmPriority,
  title: string,
  message: string,
  minutes: readonly number[],
): readonly Entry[] =>
  minutes.flatMap((begin) => {
    const on = (type: ConditionEvent['type'], when: number, by: string | null) => {
      const alarm: AlarmEvent = {
        type,
        at: at(when * MINUTE),
        by,
        alarm: {
          key: title,
          conditionId: title,
          category: 'physiological',
          priority,
          state: 'active',
          metric: null,
          monitorId: null,
          title,
          message,
          value: null,
          limit: null,
          peak: null,
          onsetAt: at((begin - 0.2) * MINUTE),
          raisedAt: at(begin * MINUTE),
          clearedAt: null,
          acknowledged: null,
          occurrence: 1,
        },
      };
      return [when, { type: 'alarm', alarm } satisfies SessionEventBody] as const;
    };
    return [
      on('raised', begin, null),
      on('acknowledged', begin + 0.4, 'N. Nurse'),
      on('cleared', begin + 5, null),
    ];
  });
