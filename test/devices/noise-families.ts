/** What `noise-measure.ts` sends for each family. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import { moduleCodec } from '../../devices/berrymed-pm6750/codec.ts';
import { createBerryDriver } from '../../devices/berrymed-pm6750/driver.ts';
import type { Driver } from '../../devices/device.ts';
import { ivyCodec } from '../../devices/ivy-450c/codec.ts';
import { createIvyDriver } from '../../devices/ivy-450c/driver.ts';
import { type NoninFormat, type NoninMessage, noninCodec } from '../../devices/nonin/codec.ts';
import { createNoninDriver } from '../../devices/nonin/driver.ts';

/** The numbers of one message. */
export interface Sent {
  readonly heartRate: number;
  readonly respiration: number;
  readonly spo2: number;
  readonly pulse: number;
  readonly systolic: number;
}

export interface NoiseFamily {
  readonly periodMs: number;
  createDriver(): Driver;
  message(sent: Sent): Uint8Array;
  /** The numbers that this message tells. */
  truth(sent: Sent): Readonly<Partial<Record<MetricId, number>>>;
}

const ivy: NoiseFamily = {
  periodMs: 1000,
  createDriver: () => createIvyDriver({ co2: 'mmHg', temperature: 'celsius', t1IsBody: true }),
  message: ({ heartRate, respiration, spo2, pulse, systolic }) => {
    const value = (number: number | null, label = '') => ({ state: '1', value: number, label, alarm: '' });
    const words = { label: '', alarm: '' };
    const none = { state: '3', systolic: null, diastolic: null, mean: null, ...words };
    const wave = new Uint8Array(50).fill(100);
    return ivyCodec.encode({
      waves: { ecg: new Uint8Array(200).fill(100), respiration: wave, pleth: wave, p1: wave, p2: wave },
      hr: value(heartRate, 'ECG-II-DIAG'),
      rr: value(respiration, 'APNEA: 20 SEC'),
      etco2: value(null),
      spo2: { state: '1', saturation: spo2, pulse, alarm: '' },
      nibp: { state: '4', systolic, diastolic: systolic - 45, mean: systolic - 30, pulse: 80, ...words },
      p1: none,
      p2: none,
      t1: value(null),
      t2: value(null),
    });
  },
  truth: ({ heartRate, respiration, spo2, pulse, systolic }) => ({
    MDC_ECG_HEART_RATE: heartRate,
    MDC_TTHOR_RESP_RATE: respiration,
    MDC_PULS_OXIM_SAT_O2: spo2,
    MDC_PULS_OXIM_PULS_RATE: pulse,
    MDC_PRESS_BLD_NONINV_SYS: systolic,
    MDC_PRESS_BLD_NONINV_DIA: systolic - 45,
    MDC_PRESS_BLD_NONINV_MEAN: systolic - 30,
    MDC_PULS_RATE_NON_INV: 80,
  }),
};

/** The three frames of values of one second; the cuff's reading stands there and is not to be told. */
const berry: NoiseFamily = {
  periodMs: 1000,
  createDriver: () => createBerryDriver({ cuff: { patient: 'adult', targetMmHg: 160 }, t1IsBody: true }),
  message: ({ heartRate, respiration, spo2, pulse, systolic }) =>
    new Uint8Array(
      Buffer.concat(
        [
          { kind: 'ecg', status: 0, heartRate, respiration, st: 0, arrhythmia: 1 } as const,
          {
            kind: 'nibp',
            status: 0,
            cuff: 0,
            systolic,
            mean: systolic - 30,
            diastolic: systolic - 45,
          } as const,
          { kind: 'spo2', status: 0, spo2, pulse } as const,
        ].map((message) => moduleCodec.encode(message)),
      ),
    ),
  truth: ({ heartRate, respiration, spo2, pulse }) => ({
    MDC_ECG_HEART_RATE: heartRate,
    MDC_TTHOR_RESP_RATE: respiration,
    MDC_PULS_OXIM_SAT_O2: spo2,
    MDC_PULS_OXIM_PULS_RATE: pulse,
  }),
};

const oximetry = ({ spo2, pulse }: Sent) => ({ MDC_PULS_OXIM_SAT_O2: spo2, MDC_PULS_OXIM_PULS_RATE: pulse });
const nonin = (
  format: NoninFormat,
  periodMs: number,
  messageOf: (sent: Sent) => NoninMessage,
): NoiseFamily => ({
  periodMs,
  createDriver: () => createNoninDriver(format),
  message: (sent) => noninCodec(format).encode(messageOf(sent)),
  truth: oximetry,
});

const noninLine = nonin('auto', 1000, ({ spo2, pulse }) => ({
  kind: 'line',
  time: null,
  spo2,
  pulse,
  isFastAveraging: false,
  hasBreath: false,
  isMarked: false,
}));
const noninFormat8 = nonin('8', 1000, ({ spo2, pulse }) => ({
  kind: 'format-8',
  status: 0x80,
  pulse,
  spo2,
  status2: 0,
}));
const noninPacket = nonin('auto', 333, ({ spo2, pulse }) => {
  const values = [pulse >> 7, pulse & 0x7f, spo2];
  return {
    kind: 'packet',
    format: 2,
    frames: Array.from({ length: 25 }, (_, index) => ({
      status: index === 0 ? 0x81 : 0x80,
      pleth: 100,
      value: values[index] ?? 0,
    })),
  };
});

export const NOISE_FAMILIES: Readonly<Record<string, NoiseFamily>> = {
  'ivy-450c': ivy,
  'berrymed-pm6750': berry,
  'nonin-line': noninLine,
  'nonin-format8': noninFormat8,
  'nonin-packet': noninPacket,
};
