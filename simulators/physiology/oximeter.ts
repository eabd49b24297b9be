/**
 * The pulse oximeter as a sensor: off, searching, or giving averaged numbers. While there is nothing to measure
 * it says 0, as the real ones do on their screens and lines, never the last number.
 */

import type { PatientState } from '../patient.ts';
import { between, type Stream, smoothNoise, stream } from '../random.ts';
import { arterialSaturation, type Body, meanHeartRate } from './body.ts';
import { movedTowards, openWindow } from './envelope.ts';

/** Saturation is averaged over the last ten seconds: the number runs about five seconds behind the blood. */
const SATURATION_WINDOW_S = [0, 2, 4, 6, 8, 10] as const;
const PULSE_WINDOW_S = [1, 4, 7] as const;
/** Below this perfusion the sensor finds no pulse (%). */
const PULSE_FOUND_ABOVE = 0.05;
const LOWEST_PERFUSION = 0.02;

/** What the oximeter gives at a moment. */
export type Oximeter = (seconds: number) => PatientState['oximeter'];

/** The oximeter on this body. The probe was on long before the monitor was switched on. */
export const createOximeter = (body: Body, seed: number): Oximeter => {
  const searchTime = stream(seed, 'oximeter.search');
  const movement = stream(seed, 'oximeter.motion');

  return (seconds) => {
    const off = openWindow(body.events['probe-off'], seconds);
    const motion = openWindow(body.events.motion, seconds) !== null;
    const perfusion = perfusionIndex(body, seconds);
    const pulse = meanHeartRate(body, seconds) > 0;
    const searching =
      off === null && (!pulse || perfusion < PULSE_FOUND_ABOVE || isSearching(body, searchTime, seconds));
    const probe = off === null ? 'on' : off.how;
    if (off !== null || searching) {
      return { probe, searching, spo2: 0, pulseRate: 0, perfusionIndex: LOWEST_PERFUSION, motion };
    }
    const shake = motion ? smoothNoise(movement, seconds / 3) : 0;
    return {
      probe,
      searching,
      spo2: Math.min(
        100,
        average(SATURATION_WINDOW_S, (ago) => arterialSaturation(body, seconds - ago)) -
          2.5 * Math.abs(shake),
      ),
      pulseRate: average(PULSE_WINDOW_S, (ago) => meanHeartRate(body, seconds - ago)) + 9 * shake,
      perfusionIndex: Math.min(20, perfusion * (1 + 0.5 * Math.abs(shake))),
      motion,
    };
  };
};

/** For five to eight seconds after the probe went on again. */
const isSearching = (body: Body, searchTime: Stream, seconds: number): boolean =>
  body.events['probe-off'].some((event, index) => {
    const since = seconds - (event.atS + event.durationS);
    return since >= 0 && since < between(searchTime, index, 5, 8);
  });

/** Perfusion at the finger (%). */
export const perfusionIndex = (body: Body, seconds: number): number => {
  const resting =
    body.patient.perfusionIndex * Math.exp(0.12 * smoothNoise(body.noise.perfusion, seconds / 25));
  return Math.max(LOWEST_PERFUSION, movedTowards(resting, body.events['low-perfusion'], seconds));
};

const average = (agos: readonly number[], at: (ago: number) => number): number => {
  let sum = 0;
  for (const ago of agos) sum += at(ago);
  return sum / agos.length;
};
