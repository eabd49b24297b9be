/**
 * May the infusion start? The baseline and the newest vitals held against the start limits. The gate says
 * what it sees; whether a reason and whose word is enough is the session's business (core/session/guards.ts).
 * Limits: our choice after published clinic practice (see docs/alarms.md); a physician must approve them.
 */
import type { BloodPressureBaseline } from '../session/events.ts';

/**
 * `green`: start. `amber`: rest 5 min, repeat, physician informed. `red`: a physician signs an override with
 * a reason. `blocked`: start disabled; override by physician and a second person.
 */
export type GateLevel = 'green' | 'amber' | 'red' | 'blocked';

/** The newest usable numbers; null: there is none. On room air. */
export interface GateVitals {
  readonly spo2: number | null;
  readonly heartRate: number | null;
}

export interface StartGate {
  readonly level: GateLevel;
  /** Worst first; empty when green. */
  readonly reasons: readonly Reason[];
}

/** What the gate judges. */
export type GateQuantity = 'systolic' | 'diastolic' | 'spo2' | 'heartRate';

interface Reason {
  readonly level: Exclude<GateLevel, 'green'>;
  /** The quantity that stops; null when it is missing. */
  readonly quantity: GateQuantity | null;
  readonly text: string;
}

interface GateRow {
  readonly level: Reason['level'];
  readonly quantity: GateQuantity;
  readonly stops: (value: number) => boolean;
  readonly limit: string;
}

const WORDS: Readonly<Record<GateQuantity, string>> = {
  systolic: 'Baseline SYS',
  diastolic: 'Baseline DIA',
  spo2: 'SpO₂',
  heartRate: 'Heart rate',
};

const atLeast = (level: Reason['level'], quantity: GateQuantity, limit: number): GateRow => ({
  level,
  quantity,
  stops: (value) => value >= limit,
  limit: `≥ ${limit}`,
});
const above = (level: Reason['level'], quantity: GateQuantity, limit: number): GateRow => ({
  level,
  quantity,
  stops: (value) => value > limit,
  limit: `> ${limit}`,
});
const below = (level: Reason['level'], quantity: GateQuantity, limit: number): GateRow => ({
  level,
  quantity,
  stops: (value) => value < limit,
  limit: `< ${limit}`,
});

/** Worst first: of each quantity only the first row that stops is named. */
const ROWS: readonly GateRow[] = [
  atLeast('blocked', 'systolic', 180),
  atLeast('blocked', 'diastolic', 110),
  below('blocked', 'systolic', 90),
  below('blocked', 'spo2', 92),
  below('blocked', 'heartRate', 50),
  above('blocked', 'heartRate', 130),
  atLeast('red', 'systolic', 160),
  atLeast('red', 'diastolic', 100),
  atLeast('amber', 'systolic', 140),
  atLeast('amber', 'diastolic', 90),
];

const SEVERITY: readonly GateLevel[] = ['green', 'amber', 'red', 'blocked'];

/** Holds baseline and vitals against the gate. A number that is missing blocks: not knowing is not green. */
export const startGate = (baseline: BloodPressureBaseline | null, current: GateVitals): StartGate => {
  const values: Readonly<Record<GateQuantity, number | null>> = {
    systolic: baseline?.systolic ?? null,
    diastolic: baseline?.diastolic ?? null,
    ...current,
  };
  const missing: Reason[] = [
    ...(baseline === null
      ? [{ level: 'blocked' as const, quantity: null, text: 'No blood-pressure baseline' }]
      : []),
    ...(current.spo2 === null ? [{ level: 'blocked' as const, quantity: null, text: 'No SpO₂' }] : []),
    ...(current.heartRate === null
      ? [{ level: 'blocked' as const, quantity: null, text: 'No heart rate' }]
      : []),
  ];
  const named = new Set<GateQuantity>();
  const found = ROWS.flatMap((row): Reason[] => {
    const value = values[row.quantity];
    if (value === null || named.has(row.quantity) || !row.stops(value)) return [];
    named.add(row.quantity);
    return [
      { level: row.level, quantity: row.quantity, text: `${WORDS[row.quantity]} ${value} ${row.limit}` },
    ];
  });
  const reasons = [...missing, ...found].sort(
    (a, b) => SEVERITY.indexOf(b.level) - SEVERITY.indexOf(a.level),
  );
  return { level: reasons[0]?.level ?? 'green', reasons };
};

/** Distance of a pressure from the baseline (share of it) that recovery may have: the PADSS band (BP-9). */
export const RECOVERY_BAND = { full: 0.2, half: 0.4 } as const;

/**
 * The pressure's part of a discharge score (PADSS, BP-9): 2 within 20 % of the baseline, 1 within 40 %, 0
 * beyond; null without a baseline or a reading.
 */
export const recoveryPressureScore = (
  baseline: BloodPressureBaseline | null,
  systolic: number | null,
): 0 | 1 | 2 | null => {
  if (baseline === null || systolic === null) return null;
  const share = Math.abs(systolic - baseline.systolic) / baseline.systolic;
  if (share <= RECOVERY_BAND.full) return 2;
  return share <= RECOVERY_BAND.half ? 1 : 0;
};
