/**
 * What a recording can tell the alarm engine: the patient, the equipment and the course of the session. What
 * people do to alarms and what limits are in force is not part of it: an evaluation asks what the engine would
 * have said, so those are its own choice.
 */
import type { AlarmInput } from '../alarm/input.ts';
import type { ActiveAlarm, AlarmEvent } from '../alarm/types.ts';

/** One thing that happened, as the engine takes it. A trace is a list of them in order of time. */
export type TraceInput = Extract<
  AlarmInput,
  {
    type:
      | 'observations'
      | 'device-condition'
      | 'link'
      | 'monitor-removed'
      | 'phase'
      | 'baseline'
      | 'nibp-schedule'
      | 'storage'
      | 'clock-jump'
      | 'symptom';
  }
>;

/** The frames of values in a trace. */
export type TraceFrame = Extract<TraceInput, { type: 'observations' }>;

/** True for the inputs that carry values. */
export const isFrame = (input: TraceInput): input is TraceFrame => input.type === 'observations';

/** The events that tell of one alarm (the others tell what a person did to the signals). */
export type EventOfAlarm = Extract<AlarmEvent, { readonly alarm: ActiveAlarm }>;

/** True for the events that tell of one alarm. */
export const isOfAlarm = (event: AlarmEvent): event is EventOfAlarm => 'alarm' in event;
