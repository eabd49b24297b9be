/**
 * What people did to the signals of a chair, in the fixed words of alarm rules section 4: AUDIO PAUSED, AUDIO
 * OFF, ALARM PAUSED, ALARM OFF. Everything here is counted, never ended: only the station ends a pause.
 */
import type { LimitSide } from '../../core/alarm/limits.ts';
import { type AlarmParameter, PARAMETER_ROWS } from '../../core/alarm/parameters.ts';
import { limitMetricOf } from '../../core/alarm/source.ts';
import type { AlarmSnapshot, ReminderState } from '../../core/alarm/types.ts';
import type { ChairView } from '../../core/api/views.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { Instant } from '../../core/time.ts';
import { ageText, clockText, sinceMs } from './time-text.ts';

export type SignalState = 'audio-off' | 'alarm-off' | 'alarm-paused' | 'audio-paused';

/** The only words for the four states. */
export const SIGNAL_WORDS: Readonly<Record<SignalState, string>> = {
  'audio-off': 'AUDIO OFF',
  'alarm-off': 'ALARM OFF',
  'alarm-paused': 'ALARM PAUSED',
  'audio-paused': 'AUDIO PAUSED',
};

/** One thing that is paused or off on a chair. */
export interface SignalLine {
  readonly id: string;
  readonly state: SignalState;
  /** Null: the sound of the whole chair. */
  readonly parameter: AlarmParameter | null;
  /** "Respiration high"; "sound of this chair". */
  readonly subject: string;
  /** Time left (ms); null: it does not end by itself, or the station's time is not known. */
  readonly leftMs: number | null;
  /** "by AB". */
  readonly by: string;
  /** "by AB since 14:03". */
  readonly who: string;
  readonly reason: string | null;
}

const WHOLE_CHAIR = 'sound of this chair';
const whoText = (by: string, since: Instant) => ({
  by: `by ${by}`,
  who: `by ${by} since ${clockText(since.wall)}`,
});
const left = (until: Instant, now: Instant | null): number | null =>
  now === null ? null : Math.max(0, until.mono - now.mono);

/** Everything that is paused or off, what does not end by itself first. */
export const signalLines = (
  { audio, off, paused }: Pick<AlarmSnapshot, 'audio' | 'off' | 'paused'>,
  now: Instant | null,
): readonly SignalLine[] => [
  ...(audio.kind === 'off'
    ? [
        {
          id: 'audio',
          state: 'audio-off' as const,
          parameter: null,
          subject: WHOLE_CHAIR,
          leftMs: null,
          ...whoText(audio.by, audio.since),
          reason: audio.reason,
        },
      ]
    : []),
  ...off.map(({ parameter, since, by, reason }) => ({
    id: parameter,
    state: 'alarm-off' as const,
    parameter,
    subject: PARAMETER_ROWS[parameter].label,
    leftMs: null,
    ...whoText(by, since),
    reason,
  })),
  ...paused.map(({ parameter, since, until, by, reason }) => ({
    id: `${parameter}-paused`,
    state: 'alarm-paused' as const,
    parameter,
    subject: PARAMETER_ROWS[parameter].label,
    leftMs: left(until, now),
    ...whoText(by, since),
    reason,
  })),
  ...(audio.kind === 'paused'
    ? [
        {
          id: 'audio',
          state: 'audio-paused' as const,
          parameter: null,
          subject: WHOLE_CHAIR,
          leftMs: left(audio.until, now),
          ...whoText(audio.by, audio.since),
          reason: null,
        },
      ]
    : []),
];

const NIBP: readonly MetricId[] = [
  'MDC_PRESS_BLD_NONINV_SYS',
  'MDC_PRESS_BLD_NONINV_DIA',
  'MDC_PRESS_BLD_NONINV_MEAN',
];

/** On which numbers a parameter is shown, by the metric whose limits hold; `side` null: on the number as a whole. */
const SHOWN_ON: Readonly<
  Record<AlarmParameter, { readonly metrics: readonly MetricId[]; readonly side: LimitSide | null }>
> = {
  'spo2-low': { metrics: ['MDC_PULS_OXIM_SAT_O2'], side: 'low' },
  'hr-low': { metrics: ['MDC_ECG_HEART_RATE'], side: 'low' },
  'hr-high': { metrics: ['MDC_ECG_HEART_RATE'], side: 'high' },
  'rr-low': { metrics: ['MDC_RESP_RATE'], side: 'low' },
  'rr-high': { metrics: ['MDC_RESP_RATE'], side: 'high' },
  'etco2-low': { metrics: ['MDC_CONC_AWAY_CO2_ET'], side: 'low' },
  'etco2-high': { metrics: ['MDC_CONC_AWAY_CO2_ET'], side: 'high' },
  'nibp-low': { metrics: NIBP, side: 'low' },
  'nibp-high': { metrics: NIBP, side: 'high' },
  cuff: { metrics: NIBP, side: null },
  'oximeter-probe': { metrics: ['MDC_PULS_OXIM_SAT_O2', 'MDC_BLD_PERF_INDEX'], side: null },
  'ecg-leads': { metrics: ['MDC_ECG_HEART_RATE'], side: null },
  'co2-line': { metrics: ['MDC_CONC_AWAY_CO2_ET'], side: null },
  'respiration-sensor': { metrics: ['MDC_RESP_RATE'], side: null },
};

/** A pause or ALARM OFF as the number it concerns shows it. */
export interface NumericSignal extends SignalLine {
  readonly side: LimitSide | null;
}

/** What of a chair's alarms is paused or off for a number of `metric`. */
export const signalsOn = (
  alarms: Pick<AlarmSnapshot, 'off' | 'paused'>,
  metric: MetricId,
  now: Instant | null,
): readonly NumericSignal[] =>
  signalLines({ ...alarms, audio: { kind: 'on' } }, now).flatMap((line) => {
    if (line.parameter === null) return [];
    const { metrics, side } = SHOWN_ON[line.parameter];
    return metrics.includes(limitMetricOf(metric)) ? [{ ...line, side }] : [];
  });

/** How long after it sounded the reminder is shown as just due (ms). Our choice. */
const DUE_SHOWN_MS = 15_000;

/** The reminder while something is off, in words; null: nothing is off. */
export const reminderView = (
  reminder: ReminderState | null,
  now: Instant | null,
): { readonly text: string; readonly isDue: boolean } | null => {
  if (reminder === null) return null;
  const isDue = now !== null && reminder.lastAt !== null && sinceMs(reminder.lastAt, now) < DUE_SHOWN_MS;
  const every = `Reminder every ${Math.round(reminder.everyMs / 60_000)} min`;
  if (now === null) return { text: every, isDue };
  return { text: `${every}: off for ${ageText(sinceMs(reminder.since, now))}`, isDue };
};

/** That a session was taken up again after the station had stopped, with everything as it was; null: it was not. */
export const restoredText = (restored: ChairView['restored']): string | null => {
  if (restored === null) return null;
  const gap = restored.downForMs === null ? 'a time not known' : ageText(restored.downForMs);
  return `Restored ${clockText(restored.at.wall)}, not monitored for ${gap}: check limits and pauses`;
};
