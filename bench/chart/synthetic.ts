/** An invented infusion visit of any length, for measuring and looking at the live trend. Seeded: always the same. */
import type { CurrentValue, TrendView } from '../../core/api/views.ts';
import { eventId, monitorId, sessionId } from '../../core/ids.ts';
import { METRICS, type MetricId } from '../../core/nomenclature/metrics.ts';
import { absent, present } from '../../core/observation/observation.ts';
import type { NibpReading, SessionEvent, SessionEventBody } from '../../core/session/events.ts';
import { epochMs, type Instant, instant } from '../../core/time.ts';

export const SESSION = sessionId('synthetic');
const MONITOR = monitorId('monitor');
const NIBP_EVERY_S = 300;
/** Wall minus monotonic clock of the invented station. */
const ORIGIN = 1_700_000_000_000;

export const at = (wall: number): Instant => instant(wall, wall - ORIGIN);

/** A repeatable number in 0 … 1 for a whole number. */
const noise = (n: number): number => {
  let x = (n * 2_654_435_761) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 2_246_822_519) >>> 0;
  return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32;
};

/** Moments of the visit as shares of its length. */
export const MOMENTS = { baseline: 0.02, infusion: 0.16, pause: 0.5, resume: 0.56, recovery: 0.84 } as const;

/** Strength of the drug's effect, 0 … 1, at a share of the visit. */
const effect = (share: number): number =>
  share < MOMENTS.infusion
    ? 0
    : share < MOMENTS.recovery
      ? 1 - Math.exp(-(share - MOMENTS.infusion) * 12)
      : Math.exp(-(share - MOMENTS.recovery) * 14);

const CONTINUOUS = (Object.keys(METRICS) as MetricId[]).filter(
  (metric) => METRICS[metric].kind === 'continuous',
);

const level = (metric: MetricId, share: number, second: number): number => {
  const e = effect(share);
  const wobble = noise(second * 31 + METRICS[metric].code) * 4 - 2 + 2 * Math.sin(second / 40);
  const dip = Math.max(0, 1 - Math.abs(share - 0.7) / 0.02);
  const spike = second % 1_777 === 900 ? 38 : 0;
  switch (metric) {
    case 'MDC_ECG_HEART_RATE':
      return Math.round(72 + 18 * e + wobble + spike);
    case 'MDC_PULS_OXIM_PULS_RATE':
      return Math.round(71 + 18 * e + wobble + noise(second) * 3);
    case 'MDC_PULS_OXIM_SAT_O2':
      return Math.round(Math.min(100, 98 - 1.5 * e + wobble / 3 - 11 * dip));
    case 'MDC_RESP_RATE':
    case 'MDC_TTHOR_RESP_RATE':
    case 'MDC_CO2_RESP_RATE':
      return Math.round(15 - 3 * e + wobble / 2);
    case 'MDC_BLD_PERF_INDEX':
      return 2.5 + wobble / 4;
    case 'MDC_CONC_AWAY_CO2_ET':
      return Math.round(38 + wobble);
    default:
      return 36.6 + wobble / 50;
  }
};

/** The cuff at a second of the visit. */
const pressure = (share: number, second: number): Pick<NibpReading, 'systolic' | 'diastolic' | 'mean'> => {
  const e = effect(share);
  const spike = Math.max(0, 1 - Math.abs(share - 0.36) / 0.05);
  const systolic = Math.round(124 + 26 * e + 24 * spike + 6 * (noise(second) - 0.5));
  const diastolic = Math.round(78 + 13 * e + 8 * spike + 4 * (noise(second + 1) - 0.5));
  return { systolic, diastolic, mean: Math.round(diastolic + (systolic - diastolic) / 3) };
};

export interface Visit {
  readonly begin: number;
  readonly end: number;
}

const shareOf = (visit: Visit, wall: number): number => (wall - visit.begin) / (visit.end - visit.begin);

/** Everything that is received in one second of the visit. */
export const secondOf = (visit: Visit, wall: number): readonly CurrentValue[] => {
  const share = shareOf(visit, wall);
  const second = Math.round((wall - visit.begin) / 1000);
  // The cable was out for a while, and after that the probe was moved about.
  const isCableOut = share > 0.6 && share < 0.64;
  const isMoved = share > 0.44 && share < 0.47;
  const isProbeOff = share > 0.25 && share < 0.262;
  const receipt = { receivedAt: at(wall), deviceTime: null };
  const values: CurrentValue[] = [];
  if (!isCableOut) {
    for (const metric of CONTINUOUS) {
      const isOximeter = metric.startsWith('MDC_PULS_OXIM');
      const observation =
        isOximeter && isProbeOff
          ? absent(metric, 'unavailable', receipt)
          : present(
              metric,
              level(metric, share, second),
              receipt,
              isMoved && isOximeter ? 'questionable' : 'valid',
            );
      values.push({ observation, monitorId: MONITOR });
    }
  }
  if (second > 0 && second % NIBP_EVERY_S === 60) {
    const reading = pressure(share, second);
    const parts: readonly (readonly [MetricId, number | null])[] = [
      ['MDC_PRESS_BLD_NONINV_SYS', reading.systolic],
      ['MDC_PRESS_BLD_NONINV_DIA', reading.diastolic],
      ['MDC_PRESS_BLD_NONINV_MEAN', reading.mean],
    ];
    for (const [metric, value] of parts) {
      if (value !== null) values.push({ observation: present(metric, value, receipt), monitorId: MONITOR });
    }
  }
  return values;
};

/** What the record would answer for a stretch of the visit. */
export const historyOf = (visit: Visit, from: number, to: number, buckets: number): TrendView => {
  const bucketMs = Math.max(1_000, (to - from) / buckets);
  const series = new Map<
    MetricId,
    { at: ReturnType<typeof epochMs>; min: number; max: number; last: number }[]
  >();
  const nibp: NibpReading[] = [];
  const first = visit.begin + Math.ceil((Math.max(from, visit.begin) - visit.begin) / 1000) * 1000;
  for (let wall = first; wall < Math.min(to, visit.end); wall += 1_000) {
    const second = Math.round((wall - visit.begin) / 1000);
    for (const { observation } of secondOf(visit, wall)) {
      const { metric, value } = observation;
      if (value === null) continue;
      if (metric === 'MDC_PRESS_BLD_NONINV_SYS') {
        const reading = pressure(shareOf(visit, wall), second);
        nibp.push({
          ...reading,
          pulseRate: null,
          receivedAt: at(wall),
          ageAtReceiptMs: 0,
          monitorId: MONITOR,
        });
      }
      const list = series.get(metric) ?? [];
      series.set(metric, list);
      const start = from + Math.floor((wall - from) / bucketMs) * bucketMs;
      const bucket = list.at(-1);
      if (bucket === undefined || bucket.at !== start)
        list.push({ at: epochMs(start), min: value, max: value, last: value });
      else {
        bucket.min = Math.min(bucket.min, value);
        bucket.max = Math.max(bucket.max, value);
        bucket.last = value;
      }
    }
  }
  return {
    sessionId: SESSION,
    from: epochMs(from),
    to: epochMs(to),
    bucketMs,
    series: [...series].map(([metric, list]) => ({ metric, buckets: list })),
    nibp,
  };
};

/** The record of the visit. */
export const eventsOf = (visit: Visit): readonly SessionEvent[] => {
  const when = (share: number): number => visit.begin + share * (visit.end - visit.begin);
  const alarm = (share: number, priority: 'high' | 'medium' | 'low', title: string, message: string) =>
    [
      share,
      {
        type: 'alarm',
        alarm: {
          type: 'raised',
          at: at(when(share)),
          by: null,
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
            onsetAt: at(when(share)),
            raisedAt: at(when(share)),
            clearedAt: null,
            acknowledged: null,
            occurrence: 1,
          },
        },
      } satisfies SessionEventBody,
    ] as const;
  const phase = (
    share: number,
    from: 'intake' | 'baseline' | 'infusing' | 'paused',
    to: 'baseline' | 'infusing' | 'paused' | 'recovery',
  ) => [share, { type: 'phase-changed', from, to, reason: null } satisfies SessionEventBody] as const;
  const bodies: readonly (readonly [number, SessionEventBody])[] = [
    phase(MOMENTS.baseline, 'intake', 'baseline'),
    [
      MOMENTS.infusion,
      {
        type: 'baseline-frozen',
        baseline: { systolic: 124, diastolic: 78, mean: 93, heartRate: 72, readings: 3 },
      },
    ],
    phase(MOMENTS.infusion, 'baseline', 'infusing'),
    [0.2, { type: 'note-added', kind: 'medication', text: 'Ondansetron 4 mg i.v.', corrects: null }],
    alarm(0.253, 'low', 'SpO₂ PROBE OFF', 'SpO₂ probe off'),
    [0.3, { type: 'note-added', kind: 'side-effect', text: 'Feels as if floating, calm', corrects: null }],
    alarm(0.355, 'medium', 'NIBP SYS HIGH', 'SYS 166 ≥ 160'),
    alarm(0.362, 'medium', 'NIBP SYS RISE', 'SYS 166 = baseline 124 + 42'),
    phase(MOMENTS.pause, 'infusing', 'paused'),
    phase(MOMENTS.resume, 'paused', 'infusing'),
    [0.602, { type: 'link-changed', monitorId: MONITOR, state: 'quiet', text: 'no data for 10 s' }],
    alarm(0.695, 'medium', 'SpO₂ LOW', 'SpO₂ 89 < 90'),
    alarm(0.7, 'high', 'SpO₂ LOW', 'SpO₂ 84 < 85'),
    phase(MOMENTS.recovery, 'infusing', 'recovery'),
  ];
  return bodies.map(([share, body], index) => ({
    id: eventId(`e${index}`),
    sessionId: SESSION,
    sequence: index + 1,
    at: at(when(share)),
    by: 'synthetic',
    body,
  }));
};
