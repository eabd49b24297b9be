/**
 * The numerics of the simulated monitor: handles, labels and states as in the real capture where it has them. An object without
 * a value is described and carries none, as respiration does there.
 * Choices where no source says what a monitor does: a running measurement keeps the old cuff values with the bit "ongoing"; a
 * failed one takes them away ("invalid") under a new time stamp.
 */
import {
  ATTRIBUTE,
  type Attribute,
  attributeWith,
  buildAbsoluteTime,
  buildFloat32,
  FLOAT_NAN,
  type ObservedValue,
  type PolledContext,
  type PolledObject,
  STATE,
  UNIT,
} from '../../devices/intellivue/codec.ts';
import type { PatientState } from '../patient.ts';

const LABEL_PARTITION = 0x0002_0000;
/** Update period 1 s, category measured, access and relevance as in the capture. */
const SPEC = { continuous: '000020000001422800000000', episodic: '000020000001522801030000' } as const;

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

interface Numeric {
  readonly handle: number;
  readonly label: number;
  readonly text: string;
  readonly isEpisodic?: boolean;
  /** Empty: nothing is measured. */
  readonly content: readonly Attribute[];
}

const objectOf = ({ handle, label, text, isEpisodic = false, content }: Numeric): PolledObject => ({
  handle,
  attributes: [
    attributeWith.u16(ATTRIBUTE.handle, handle),
    attributeWith.bytes(ATTRIBUTE.type, [0, 1, 0, 6]),
    attributeWith.bytes(ATTRIBUTE.metricSpec, fromHex(isEpisodic ? SPEC.episodic : SPEC.continuous)),
    attributeWith.u32(ATTRIBUTE.label, LABEL_PARTITION | label),
    attributeWith.text(ATTRIBUTE.labelString, text.padEnd(6)),
    ...content,
  ],
});

/** One value; null: there is none, and `state` says why. */
const value = (
  physioId: number,
  unit: number,
  number: number | null,
  { state = 0, decimals = 0 }: { readonly state?: number; readonly decimals?: number } = {},
): ObservedValue => ({
  physioId,
  unit,
  state: number === null ? state | STATE.invalid : state,
  bits: number === null ? FLOAT_NAN : buildFloat32(number, decimals),
});

const ecg = ({ ecg: { leads, heartRate, artefact } }: PatientState): readonly Numeric[] => {
  const isOn = leads === 'on';
  const hr = value(0x4182, UNIT.perMinute, isOn && heartRate > 0 ? Math.round(heartRate) : null, {
    state: isOn && artefact ? STATE.questionable : 0,
  });
  return [
    { handle: 0x82cf, label: 0x4182, text: 'HR', content: [attributeWith.value(hr)] },
    {
      handle: 0x82e8,
      label: 0x4261,
      text: 'PVC',
      content: [attributeWith.value(value(0x4261, UNIT.perMinute, isOn ? 0 : null))],
    },
  ];
};

const respiration = ({ ecg, respiration: { rate } }: PatientState): Numeric => ({
  handle: 0x82d6,
  label: 0x500a,
  text: 'RR',
  content:
    ecg.leads === 'on' && rate !== null
      ? [attributeWith.value(value(0x500a, UNIT.breathsPerMinute, Math.round(rate)))]
      : [],
});

const oximetry = ({ oximeter }: PatientState): readonly Numeric[] => {
  const isMeasuring = oximeter.probe === 'on' && !oximeter.searching;
  const state = isMeasuring && oximeter.motion ? STATE.questionable : 0;
  const one = (physioId: number, unit: number, number: number, decimals = 0) => [
    attributeWith.value(value(physioId, unit, isMeasuring ? number : null, { state, decimals })),
  ];
  return [
    {
      handle: 0x8400,
      label: 0x4bb8,
      text: 'SpO₂',
      content: one(0x4bb8, UNIT.percent, Math.round(oximeter.spo2)),
    },
    {
      handle: 0x8406,
      label: 0x4822,
      text: 'Pulse',
      content: one(0x4822, UNIT.perMinute, Math.round(oximeter.pulseRate)),
    },
    {
      handle: 0x840a,
      label: 0x4bb0,
      text: 'Perf',
      content: one(0x4bb0, UNIT.dimensionless, oximeter.perfusionIndex, 2),
    },
  ];
};

const gas = ({ respiration: { rate, etco2MmHg } }: PatientState): readonly Numeric[] =>
  etco2MmHg === null
    ? []
    : [
        {
          handle: 0x8501,
          label: 0x50b0,
          text: 'etCO₂',
          content: [attributeWith.value(value(0x50b0, UNIT.mmHg, etco2MmHg, { decimals: 1 }))],
        },
        {
          handle: 0x8502,
          label: 0x5012,
          text: 'awRR',
          content: [
            attributeWith.value(
              value(0x5012, UNIT.breathsPerMinute, rate === null ? null : Math.round(rate)),
            ),
          ],
        },
      ];

const temperature = ({ temperatureCel }: PatientState): readonly Numeric[] =>
  temperatureCel === null
    ? []
    : [
        {
          handle: 0x8601,
          label: 0x4b48,
          text: 'Temp',
          content: [attributeWith.value(value(0x4b48, UNIT.celsius, temperatureCel, { decimals: 1 }))],
        },
      ];

const cuff = (
  { cuff: { measuring, last } }: PatientState,
  epochOf: (elapsedMs: number) => number,
): readonly Numeric[] => {
  const reading = last?.kind === 'reading' ? last : null;
  const state = (measuring ? STATE.ongoing : 0) | (last === null ? STATE.unavailable : 0);
  const one = (physioId: number, number: number | undefined): ObservedValue => ({
    physioId,
    unit: UNIT.mmHg,
    state: number === undefined && last !== null ? state | STATE.invalid : state,
    bits: number === undefined ? FLOAT_NAN : buildFloat32(Math.round(number)),
  });
  const stamp =
    last === null
      ? []
      : [attributeWith.bytes(ATTRIBUTE.absoluteTimeStamp, buildAbsoluteTime(epochOf(last.endedAtMs)))];
  return [
    {
      handle: 0x8272,
      label: 0x4a04,
      text: 'NBP',
      isEpisodic: true,
      content: [
        ...stamp,
        attributeWith.compound([
          one(0x4a05, reading?.systolic),
          one(0x4a06, reading?.diastolic),
          one(0x4a07, reading?.mean),
        ]),
      ],
    },
    {
      handle: 0x8275,
      label: 0xf0e5,
      text: 'Pulse',
      isEpisodic: true,
      content:
        reading === null
          ? []
          : [attributeWith.value(value(0xf0e5, UNIT.perMinute, Math.round(reading.pulseRate)))],
    },
  ];
};

/**
 * All numerics, by module. `isFirst`: the first result after connecting describes the objects and carries no values, as in the
 * capture.
 */
export const numericsOf = (
  state: PatientState,
  epochOf: (elapsedMs: number) => number,
  isFirst: boolean,
): readonly PolledContext[] => {
  const modules: readonly (readonly Numeric[])[] = [
    cuff(state, epochOf),
    [...ecg(state), respiration(state)],
    oximetry(state),
    gas(state),
    temperature(state),
  ];
  return modules.flatMap((numerics, index) =>
    numerics.length === 0
      ? []
      : [
          {
            context: index + 1,
            objects: numerics.map((numeric) => objectOf(isFirst ? { ...numeric, content: [] } : numeric)),
          },
        ],
  );
};
