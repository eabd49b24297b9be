/**
 * The basic class: 270 bytes of group data inside a displayed or trend subrecord. One table row per group gives
 * its offset in the subrecord and its values in order; status (u32) and label (u16) come before the values.
 * Source: GE DRI record specification 8005313, 12th edition (basic class), confirmed by the real B450/B650 logs.
 *
 * Each value has the range, in its raw unit, outside of which we call it odd (our choice, far wider than any
 * sensor); `null` where the document's facts do not let us say. An odd value never refuses a record for good:
 * see `succession.ts`.
 */

type RawRange = readonly [low: number, high: number] | null;

const PRESSURE: RawRange = [-10_000, 32_767]; // 1/100 mmHg
const RATE: RawRange = [0, 400]; // 1/min
const BREATHS: RawRange = [0, 250]; // 1/min
const ST: RawRange = [-10_000, 10_000]; // 1/100 mm
const AIRWAY: RawRange = [-10_000, 15_000]; // 1/100 cmH2O
const GAS: RawRange = [-500, 11_000]; // 1/100 %

const pressureFields = { systolic: PRESSURE, diastolic: PRESSURE, mean: PRESSURE, pulse: RATE } as const;
const temperatureFields = { temperature: [-1000, 6000] as RawRange } as const; // 1/100 degC

/** All groups, in the order of their offsets. */
export const GROUPS = {
  ecg: { at: 4, fields: { hr: RATE, st1: ST, st2: ST, st3: ST, impedanceRr: BREATHS } },
  p1: { at: 20, fields: pressureFields },
  p2: { at: 34, fields: pressureFields },
  p3: { at: 48, fields: pressureFields },
  p4: { at: 62, fields: pressureFields },
  nibp: { at: 76, fields: pressureFields },
  t1: { at: 90, fields: temperatureFields },
  t2: { at: 98, fields: temperatureFields },
  t3: { at: 106, fields: temperatureFields },
  t4: { at: 114, fields: temperatureFields },
  spo2: {
    at: 122,
    fields: { saturation: [0, 10_000], pulse: RATE, modulation: [0, 32_767], svo2: [0, 10_000] },
  },
  co2: {
    at: 136,
    // 1/100 %, 1/100 %, 1/min, 1/10 mmHg
    fields: { endTidal: [-100, 2500], inspired: [-100, 2500], rr: BREATHS, ambient: [3000, 9000] },
  },
  o2: { at: 150, fields: { endTidal: GAS, inspired: GAS } },
  n2o: { at: 160, fields: { endTidal: GAS, inspired: GAS } },
  agent: { at: 170, fields: { endTidal: [-100, 4000], inspired: [-100, 4000], mac: [0, 3000] } },
  flow: {
    at: 182,
    fields: {
      rr: BREATHS,
      peak: AIRWAY,
      peep: AIRWAY,
      plateau: AIRWAY,
      tidalIn: null,
      tidalOut: null,
      compliance: null,
      minuteVolume: null,
    },
  },
  output: { at: 204, fields: { co: null, bloodTemperature: null, field214: null, wedge: null } },
  nmt: { at: 218, fields: { field224: null, field226: null, field228: null } },
  svo2: { at: 236, fields: { saturation: null } },
  p5: { at: 244, fields: pressureFields },
  p6: { at: 258, fields: pressureFields },
} as const satisfies Record<string, { readonly at: number; readonly fields: Record<string, RawRange> }>;

type Groups = typeof GROUPS;
/** The name of a group. */
export type GroupName = keyof Groups;
/** The names of all groups. */
export const GROUP_NAMES = Object.keys(GROUPS) as readonly GroupName[];

/** One group as sent: raw status, raw label, raw values (see `raw-value.ts` for what is a measurement). */
export interface Group<Field extends string> {
  readonly status: number;
  readonly label: number;
  readonly values: { readonly [F in Field]: number };
}

/** The basic class in the monitor's own units. */
export type BasicClass = {
  readonly [G in GroupName]: Group<Extract<keyof Groups[G]['fields'], string>>;
} & {
  /** Heart rate from the ECG only (level 2 and later); it has no status or label of its own. */
  readonly ecgExtra: { readonly hr: number; readonly hrMax: number; readonly hrMin: number };
  /** Two bytes that the specification reserves. */
  readonly reserved: number;
};

const ECG_EXTRA_AT = 230;
const RESERVED_AT = 272;
const GROUP_HEADER_BYTES = 6;

/** The raw ranges of a group, field by field. */
export const fieldRanges = (group: GroupName): Readonly<Record<string, RawRange>> => GROUPS[group].fields;

/** Reads the basic class out of a whole subrecord (offsets count from the subrecord's start). */
export const parseBasic = (view: DataView): BasicClass => {
  const groups = Object.fromEntries(
    GROUP_NAMES.map((name) => {
      const { at, fields } = GROUPS[name];
      const values = Object.fromEntries(
        Object.keys(fields).map((field, index) => [
          field,
          view.getInt16(at + GROUP_HEADER_BYTES + 2 * index, true),
        ]),
      );
      return [name, { status: view.getUint32(at, true), label: view.getUint16(at + 4, true), values }];
    }),
  );
  // The table is walked completely, so every group and field of the type is there; fromEntries cannot say so.
  return {
    ...(groups as unknown as Pick<BasicClass, GroupName>),
    ecgExtra: {
      hr: view.getInt16(ECG_EXTRA_AT, true),
      hrMax: view.getInt16(ECG_EXTRA_AT + 2, true),
      hrMin: view.getInt16(ECG_EXTRA_AT + 4, true),
    },
    reserved: view.getUint16(RESERVED_AT, true),
  };
};

/** Writes the basic class into a whole subrecord. */
export const writeBasic = (basic: BasicClass, view: DataView): void => {
  for (const name of GROUP_NAMES) {
    const { at, fields } = GROUPS[name];
    const group: Group<string> = basic[name];
    view.setUint32(at, group.status, true);
    view.setUint16(at + 4, group.label, true);
    for (const [index, field] of Object.keys(fields).entries()) {
      view.setInt16(at + GROUP_HEADER_BYTES + 2 * index, group.values[field] ?? 0, true);
    }
  }
  view.setInt16(ECG_EXTRA_AT, basic.ecgExtra.hr, true);
  view.setInt16(ECG_EXTRA_AT + 2, basic.ecgExtra.hrMax, true);
  view.setInt16(ECG_EXTRA_AT + 4, basic.ecgExtra.hrMin, true);
  view.setUint16(RESERVED_AT, basic.reserved, true);
};
