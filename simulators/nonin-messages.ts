/** What a simulated Nonin oximeter says of its patient, in each of the formats. */
import {
  type AsciiLine,
  type Format8,
  FRAMES_PER_PACKET,
  NO_PULSE,
  NO_SPO2,
  type Packet,
  SLOT,
  SPOT_STATUS,
  type SpotCheck,
  STATUS,
  STATUS2,
  STATUS8,
} from '../devices/nonin/codec.ts';
import type { PatientState } from './patient.ts';
import { createOscillator, plethFraction } from './waveforms.ts';

type Oximeter = PatientState['oximeter'];

/** Nonin units read from 18 to 321 a minute. */
const PULSE = { low: 18, high: 321 } as const;
/** Below so much perfusion (%) the unit calls it low, below the second marginal (our choice). */
const LOW_PERFUSION = 0.3;
const MARGINAL_PERFUSION = 0.6;
const SAMPLE_MS = 1000 / 75;
const FIRMWARE = 31;

const isMeasuring = ({ probe, searching, pulseRate }: Oximeter): boolean =>
  probe === 'on' && !searching && pulseRate >= PULSE.low;
const spo2Of = (oximeter: Oximeter): number | null =>
  isMeasuring(oximeter) ? Math.round(oximeter.spo2) : null;
const pulseOf = (oximeter: Oximeter): number | null =>
  isMeasuring(oximeter) ? Math.min(PULSE.high, Math.round(oximeter.pulseRate)) : null;

export const lineOf = (oximeter: Oximeter): AsciiLine => ({
  kind: 'line',
  time: null,
  spo2: spo2Of(oximeter),
  pulse: pulseOf(oximeter),
  isFastAveraging: false,
  hasBreath: false,
  isMarked: false,
});

export const format8Of = (oximeter: Oximeter): Format8 => {
  const { perfusionIndex, motion, probe } = oximeter;
  const isOn = probe === 'on';
  const isLow = isOn && perfusionIndex < LOW_PERFUSION;
  return {
    kind: 'format-8',
    status:
      STATUS8.always |
      (isMeasuring(oximeter) ? 0 : STATUS8.outOfTrack) |
      (isLow ? STATUS8.lowPerfusion : 0) |
      (isOn && !isLow && perfusionIndex < MARGINAL_PERFUSION ? STATUS8.marginalPerfusion : 0) |
      (isOn && motion ? STATUS8.artefact : 0),
    pulse: pulseOf(oximeter) ?? NO_PULSE,
    spo2: spo2Of(oximeter) ?? NO_SPO2,
    status2: isOn ? 0 : STATUS2.sensorAlarm,
  };
};

/** The unit's clock is not set: what its bytes mean in detail is not known. */
export const spotCheckOf = (oximeter: Oximeter): SpotCheck => ({
  kind: 'spot-check',
  packetType: 13,
  clock: [20, 0, 1, 1, 0, 0, 0, 0],
  status: isMeasuring(oximeter) ? 0 : SPOT_STATUS.noMeasurement,
  pulse: pulseOf(oximeter) ?? NO_PULSE,
  spo2: spo2Of(oximeter) ?? NO_SPO2,
});

const perfusionBits = ({ perfusionIndex }: Oximeter): number => {
  if (perfusionIndex < LOW_PERFUSION) return STATUS.redPerfusion;
  return perfusionIndex < MARGINAL_PERFUSION
    ? STATUS.redPerfusion | STATUS.greenPerfusion
    : STATUS.greenPerfusion;
};

/** Packets one after the other; the pulse goes on from packet to packet. Perfusion is shown in the frames of a beat. */
export const createPacketSource = (format: 2 | 7): ((oximeter: Oximeter) => Packet) => {
  const beat = createOscillator();
  const full = format === 2 ? 0xff : 0xffff;
  return (oximeter) => {
    const isOn = oximeter.probe === 'on';
    const spo2 = spo2Of(oximeter) ?? NO_SPO2;
    const pulse = pulseOf(oximeter) ?? NO_PULSE;
    const values: Readonly<Record<number, number>> = {
      [SLOT.pulseHigh]: pulse >> 7,
      [SLOT.pulseLow]: pulse & 0x7f,
      [SLOT.spo2]: spo2,
      [SLOT.firmware]: FIRMWARE,
      8: spo2,
      9: spo2,
      10: spo2,
      13: pulse >> 7,
      14: pulse & 0x7f,
      15: spo2,
      16: spo2,
      19: pulse >> 7,
      20: pulse & 0x7f,
      21: pulse >> 7,
      22: pulse & 0x7f,
    };
    const shared =
      STATUS.always |
      (isMeasuring(oximeter) ? 0 : STATUS.outOfTrack) |
      (isOn ? 0 : STATUS.sensorAlarm) |
      (isOn && oximeter.motion ? STATUS.artefact : 0);
    const frames = Array.from({ length: FRAMES_PER_PACKET }, (_, index) => {
      const phase = beat.next(isOn ? oximeter.pulseRate : 0, SAMPLE_MS);
      const isBeat = isMeasuring(oximeter) && phase > 0.2 && phase < 0.45;
      return {
        status: shared | (isBeat ? perfusionBits(oximeter) : 0) | (index === 0 ? STATUS.sync : 0),
        pleth: isOn ? Math.round(full * (0.2 + 0.6 * plethFraction(phase))) : 0,
        value: values[index] ?? 0,
      };
    });
    return { kind: 'packet', format, frames };
  };
};
