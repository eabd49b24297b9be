/** What the monitor says about itself: its battery, and a message of its own. */
import type { PatientState } from '../patient.ts';
import type { EventsByKind } from './body.ts';
import { openWindow } from './envelope.ts';

/** The monitor's own state at a moment; of several messages the one that came last. */
export const monitorSays = (
  events: Pick<EventsByKind, 'battery-low' | 'monitor-alarm'>,
  seconds: number,
): PatientState['monitor'] => ({
  batteryLow: openWindow(events['battery-low'], seconds) !== null,
  alarmText: openWindow(events['monitor-alarm'].toReversed(), seconds)?.text ?? null,
});
