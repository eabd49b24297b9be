/** Everything that can reach the alarm engine of one chair. The engine knows nothing else, no clock either. */
import type { MonitorId } from '../ids.ts';
import type { MetricId } from '../nomenclature/metrics.ts';
import type { Vital } from '../nomenclature/vitals.ts';
import type { DeviceCondition } from '../observation/device-report.ts';
import type { Observation } from '../observation/observation.ts';
import type { BloodPressureBaseline } from '../session/events.ts';
import type { Phase } from '../session/phase.ts';
import type { Instant } from '../time.ts';
import type { LimitSet } from './limits.ts';
import type { AlarmParameter } from './parameters.ts';

export type AlarmInput =
  /** One frame's worth of values of one monitor, received at the same instant. Their order does not matter. */
  | {
      readonly type: 'observations';
      readonly monitorId: MonitorId;
      readonly observations: readonly Observation[];
      readonly at: Instant;
    }
  | {
      readonly type: 'device-condition';
      readonly monitorId: MonitorId;
      readonly condition: DeviceCondition;
      readonly at: Instant;
    }
  /** The state of a monitor's line; `metrics` are those it normally delivers, `cause` is for people. */
  | {
      readonly type: 'link';
      readonly monitorId: MonitorId;
      readonly state: 'associated' | 'not-associated';
      readonly cause: string;
      readonly metrics: readonly MetricId[];
      readonly at: Instant;
    }
  | { readonly type: 'monitor-removed'; readonly monitorId: MonitorId; readonly at: Instant }
  /** The phase of the chair's session; null: no session is open. */
  | { readonly type: 'phase'; readonly phase: Phase | null; readonly at: Instant }
  | { readonly type: 'baseline'; readonly baseline: BloodPressureBaseline | null; readonly at: Instant }
  | { readonly type: 'limits'; readonly limits: LimitSet; readonly at: Instant }
  /** The planned time between cuff readings (ms); null: none are planned. */
  | { readonly type: 'nibp-schedule'; readonly intervalMs: number | null; readonly at: Instant }
  /** Why the record cannot be written now; null: it can. */
  | { readonly type: 'storage'; readonly fault: string | null; readonly at: Instant }
  /** Free space where the record lies (bytes); null: it could not be measured, what was known stays. */
  | { readonly type: 'disk'; readonly freeBytes: number | null; readonly at: Instant }
  /** Why this monitor's numbers may be another patient's, in words; null: nothing speaks for it. */
  | {
      readonly type: 'identity';
      readonly monitorId: MonitorId;
      readonly doubt: string | null;
      readonly at: Instant;
    }
  /** Since when no window has been able to sound an alarm, and why, in words; null: one is. */
  | {
      readonly type: 'audibility';
      readonly unheard: { readonly since: Instant; readonly why: string } | null;
      readonly at: Instant;
    }
  /** The vitals that must have a source under treatment, and those of them that somebody knowingly began without. */
  | {
      readonly type: 'vitals';
      readonly required: readonly Vital[];
      readonly waived: readonly Vital[];
      readonly at: Instant;
    }
  /** The computer's wall clock moved by itself or by a person's hand (ms, negative: back). */
  | { readonly type: 'clock-jump'; readonly byMs: number; readonly at: Instant }
  /** A person entered a symptom that makes a high pressure an emergency (headache, chest pain … see `BP-10`). */
  | { readonly type: 'symptom'; readonly symptom: string; readonly at: Instant }
  | { readonly type: 'acknowledge'; readonly key: string; readonly by: string; readonly at: Instant }
  | { readonly type: 'pause-audio'; readonly by: string; readonly at: Instant }
  /** Ends AUDIO PAUSED or AUDIO OFF. */
  | { readonly type: 'resume-audio'; readonly by: string; readonly at: Instant }
  /** AUDIO OFF. Whether it is allowed at all is the station's to know. Not outside a session. */
  | { readonly type: 'audio-off'; readonly by: string; readonly reason: string; readonly at: Instant }
  /** ALARM PAUSED for these parameters, or anew. Longer than the longest pause is cut to it. Not outside a session. */
  | {
      readonly type: 'pause-alarms';
      readonly parameters: readonly AlarmParameter[];
      readonly durationMs: number;
      readonly by: string;
      readonly reason: string | null;
      readonly at: Instant;
    }
  | {
      readonly type: 'resume-alarms';
      readonly parameters: readonly AlarmParameter[];
      readonly by: string;
      readonly at: Instant;
    }
  /** ALARM OFF. Does nothing where the phase forbids it (`mayBeOff`). */
  | {
      readonly type: 'alarm-off';
      readonly parameter: AlarmParameter;
      readonly by: string;
      readonly reason: string;
      readonly at: Instant;
    }
  | {
      readonly type: 'alarm-on';
      readonly parameter: AlarmParameter;
      readonly by: string;
      readonly at: Instant;
    }
  /** How often to remind while something is off (ms). */
  | { readonly type: 'reminder-interval'; readonly everyMs: number; readonly at: Instant }
  /** Time passes: about four times a second, whether or not data come. */
  | { readonly type: 'tick'; readonly at: Instant };
