/** Builders for the tests of the S/5 interface: records with a few groups set, and drivers fed with bytes. */
import type { Observation } from '../../../core/observation/observation.ts';
import { instant } from '../../../core/time.ts';
import type { Driver, DriverOutput } from '../../../devices/device.ts';
import {
  type BasicClass,
  blankBasic,
  displayedRecord,
  driCodec,
  type PhysiologicalRecord,
  STATUS_ACTIVE,
} from '../../../devices/ge-s5-dri/codec.ts';
import { createDriDriver, type DriDriverOptions } from '../../../devices/ge-s5-dri/driver.ts';

export const hexToBytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

export const at = (seconds: number) => instant(1_700_000_000_000 + seconds * 1000, seconds * 1000);

export const newDriver = (options: Partial<DriDriverOptions> = {}): Driver =>
  createDriDriver({ intervalS: 5, alarms: true, waves: true, t1IsBody: false, ...options });

export const observationsOf = (outputs: readonly DriverOutput[]): readonly Observation[] =>
  outputs.flatMap((output) => (output.type === 'observation' ? [output.observation] : []));

/** Metric, value and validity of the observations, in order. */
export const briefly = (outputs: readonly DriverOutput[]) =>
  observationsOf(outputs).map(({ metric, value, validity }) => ({ metric, value, validity }));

/** The reasons of all refusals, in order. */
export const refusalsOf = (outputs: readonly DriverOutput[]): readonly string[] =>
  outputs.flatMap((output) => (output.type === 'rejected' ? [output.reason] : []));

export const conditionsOf = (outputs: readonly DriverOutput[]) =>
  outputs.flatMap((output) => (output.type === 'condition' ? [output.condition] : []));

/** The observation lines by which two decodes of one stream are compared. */
export const linesOf = (outputs: readonly DriverOutput[]): readonly string[] =>
  observationsOf(outputs).map(({ metric, value, deviceTime }) => `${metric} ${value} ${deviceTime}`);

/** True when every line of `part`, counted with its repetitions, is in `whole`. */
export const isSubset = (part: readonly string[], whole: readonly string[]): boolean => {
  const left = new Map<string, number>();
  for (const line of whole) left.set(line, (left.get(line) ?? 0) + 1);
  return part.every((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count > 0;
  });
};

/** Everything a fresh driver makes of a whole stream, at one instant. */
export const decodeStream = (bytes: Uint8Array, driver = newDriver()): readonly DriverOutput[] => {
  const opening = driver.start(at(0));
  return [...opening, ...driver.receive(bytes, at(1)), ...driver.end(at(2))];
};

export const RECORD_TIME_S = 1_715_950_000;

/** A record at level 10 with some groups replaced; by default everything is unplugged. */
export const record = (
  groups: Partial<BasicClass>,
  { number = 1, timeS = RECORD_TIME_S, level = 10 } = {},
): PhysiologicalRecord =>
  displayedRecord({ ...blankBasic(), ...groups }, { recordNumber: number & 0xff, level, timeS });

export const wire = (...records: readonly PhysiologicalRecord[]): Uint8Array =>
  Uint8Array.from(records.flatMap((one) => [...driCodec.encode(one)]));

/** ECG group and its extra HR, equal, from the ECG. */
export const ecg = (
  hr: number,
  { status = 0x4b, impedanceRr = 15 } = {},
): Pick<BasicClass, 'ecg' | 'ecgExtra'> => ({
  ecg: { status, label: 0x1200, values: { hr, st1: 0, st2: -32767, st3: -32767, impedanceRr } },
  ecgExtra: { hr, hrMax: hr, hrMin: hr },
});

export const spo2 = (saturation: number, pulse = 70, status = STATUS_ACTIVE): Pick<BasicClass, 'spo2'> => ({
  spo2: { status, label: 0, values: { saturation, pulse, modulation: 400, svo2: -32767 } },
});

/** A cuff group; pressures in mmHg, `null` for "invalid". */
export const nibp = (
  label: number,
  values: readonly [number, number, number] | null,
  pulse = -32767,
): Pick<BasicClass, 'nibp'> => {
  const [systolic, diastolic, mean] = values?.map((mmHg) => mmHg * 100) ?? [];
  return {
    nibp: {
      status: STATUS_ACTIVE,
      label,
      values: { systolic: systolic ?? -32767, diastolic: diastolic ?? -32767, mean: mean ?? -32767, pulse },
    },
  };
};
