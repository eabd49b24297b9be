import { describe, expect, it } from 'vitest';
import {
  at,
  conditionsOf,
  decodeStream,
  newDriver,
  nibp,
  observationsOf,
  RECORD_TIME_S,
  record,
  wire,
} from './support.ts';

const CUFF = ['MDC_PRESS_BLD_NONINV_SYS', 'MDC_PRESS_BLD_NONINV_DIA', 'MDC_PRESS_BLD_NONINV_MEAN'];
type Triple = readonly [number, number, number] | null;
type Step = readonly [label: number, values: Triple];

const OLD: Triple = [120, 80, 93];
const NEW: Triple = [91, 57, 69];

/** One record a second; returns what each record made known about the cuff. */
const story = (steps: readonly Step[]) => {
  const records = steps.map(([label, values], index) =>
    record(nibp(label, values), { number: index + 1, timeS: RECORD_TIME_S + index }),
  );
  const outputs = decodeStream(wire(...records));
  const told: Record<number, string> = {};
  for (const { metric, value, validity, deviceTime } of observationsOf(outputs)) {
    if (!CUFF.includes(metric)) continue;
    const second = (deviceTime ?? 0) / 1000 - RECORD_TIME_S;
    told[second] = [told[second], value ?? validity].filter((part) => part !== undefined).join(' ');
  }
  const faults = conditionsOf(outputs).filter(({ code }) => code === 'cuff-fault');
  return { told, faults: faults.map(({ present }) => present) };
};

const ONGOING = 'ongoing ongoing ongoing';
const rows: readonly (readonly [string, readonly Step[], Record<number, string>, readonly boolean[]])[] = [
  [
    'an old reading at the first record is history: not logged, however often it is repeated',
    [
      [0x10b, OLD],
      [0x10b, OLD],
      [0x10b, OLD],
    ],
    {},
    [],
  ],
  [
    'a reading at most 60 s old at the first record is logged once',
    [
      [0x00b, OLD],
      [0x00b, OLD],
      [0x10b, OLD],
    ],
    { 0: '120 80 93' },
    [],
  ],
  [
    'the sequence of the real logs: one start, one reading when bit 8 falls under bit 5, nothing when it ages',
    [
      [0x10b, OLD],
      [0x12b, OLD],
      [0x12b, OLD],
      [0x02b, NEW],
      [0x02b, NEW],
      [0x00b, NEW],
      [0x10b, NEW],
    ],
    { 1: ONGOING, 3: '91 57 69' },
    [],
  ],
  [
    'a reading that comes together with the end of measuring',
    [
      [0x10b, OLD],
      [0x12b, OLD],
      [0x00b, NEW],
      [0x00b, NEW],
    ],
    { 1: ONGOING, 2: '91 57 69' },
    [],
  ],
  [
    'a reading equal to the old one is new when bit 8 falls',
    [
      [0x10b, OLD],
      [0x12b, OLD],
      [0x02b, OLD],
      [0x00b, OLD],
    ],
    { 1: ONGOING, 2: '120 80 93' },
    [],
  ],
  [
    'a retry within 60 s: the old values under 002B are not new, the changed ones are',
    [
      [0x00b, OLD],
      [0x02b, OLD],
      [0x02b, OLD],
      [0x02b, NEW],
      [0x00b, NEW],
    ],
    { 0: '120 80 93', 1: ONGOING, 3: '91 57 69' },
    [],
  ],
  [
    'a retry that ages while it runs',
    [
      [0x00b, OLD],
      [0x02b, OLD],
      [0x12b, OLD],
      [0x02b, NEW],
      [0x00b, NEW],
    ],
    { 0: '120 80 93', 1: ONGOING, 3: '91 57 69' },
    [],
  ],
  [
    'a measurement that ends with bit 8 still set gave no reading: cuff fault until the next reading',
    [
      [0x10b, OLD],
      [0x12b, OLD],
      [0x10b, OLD],
      [0x10b, OLD],
      [0x12b, OLD],
      [0x00b, NEW],
    ],
    { 1: ONGOING, 2: 'invalid invalid invalid', 4: ONGOING, 5: '91 57 69' },
    [true, false],
  ],
  [
    'the first measurement of a monitor, without values before, that fails',
    [
      [0x10b, null],
      [0x12b, null],
      [0x10b, null],
    ],
    { 1: ONGOING, 2: 'invalid invalid invalid' },
    [true],
  ],
  [
    'a retry within 60 s that ends unchanged cannot be told from an equal reading: neither reading nor fault',
    [
      [0x00b, OLD],
      [0x02b, OLD],
      [0x00b, OLD],
    ],
    { 0: '120 80 93', 1: ONGOING, 2: 'unavailable unavailable unavailable' },
    [],
  ],
  [
    'bit 5 falling alone is no reading',
    [
      [0x10b, OLD],
      [0x12b, OLD],
      [0x12b, OLD],
      [0x10b, OLD],
    ],
    { 1: ONGOING, 3: 'invalid invalid invalid' },
    [true],
  ],
  [
    'values wiped while measuring are no reading; the same values afterwards are, because bit 8 has fallen',
    [
      [0x10b, OLD],
      [0x12b, OLD],
      [0x02b, null],
      [0x02b, OLD],
      [0x00b, OLD],
    ],
    { 1: ONGOING, 3: '120 80 93' },
    [],
  ],
  [
    'values that vanish and come back within 60 s are the same reading',
    [
      [0x00b, OLD],
      [0x00b, null],
      [0x00b, OLD],
    ],
    { 0: '120 80 93' },
    [],
  ],
  [
    'connected in the middle of a measurement: said once, and its reading logged when it comes',
    [
      [0x12b, OLD],
      [0x12b, OLD],
      [0x02b, NEW],
      [0x00b, NEW],
    ],
    { 0: ONGOING, 2: '91 57 69' },
    [],
  ],
  [
    'connected in the tail of a measurement: the standing reading is the last word',
    [
      [0x02b, NEW],
      [0x02b, NEW],
      [0x00b, NEW],
    ],
    { 0: `${ONGOING} 91 57 69` },
    [],
  ],
  [
    'a stasis run is neither a reading nor a fault',
    [
      [0x10b, OLD],
      [0x16b, OLD],
      [0x10b, OLD],
    ],
    { 1: ONGOING, 2: 'unavailable unavailable unavailable' },
    [],
  ],
  [
    'values that change although they are marked old are not logged as new (and are no fault)',
    [
      [0x10b, OLD],
      [0x12b, OLD],
      [0x12b, NEW],
      [0x12b, NEW],
      [0x10b, NEW],
    ],
    { 1: ONGOING, 4: 'unavailable unavailable unavailable' },
    [],
  ],
];

describe('S/5: when a cuff reading is new', () => {
  it.each(rows)('%s', (_, steps, told, faults) => {
    expect(story(steps)).toEqual({ told, faults });
  });

  it('gives one reading one time, and the pulse only when the monitor has it', () => {
    const outputs = decodeStream(
      wire(
        record(nibp(0x10b, OLD), { number: 1 }),
        record(nibp(0x00b, NEW, 66), { number: 2, timeS: RECORD_TIME_S + 5 }),
      ),
    );
    expect(
      observationsOf(outputs).map(({ metric, value, deviceTime }) => [metric, value, deviceTime]),
    ).toEqual([
      [CUFF[0], 91, (RECORD_TIME_S + 5) * 1000],
      [CUFF[1], 57, (RECORD_TIME_S + 5) * 1000],
      [CUFF[2], 69, (RECORD_TIME_S + 5) * 1000],
      ['MDC_PULS_RATE_NON_INV', 66, (RECORD_TIME_S + 5) * 1000],
    ]);
  });

  it.each([
    ['first seen after connecting: up to 60 s', [[0, 0x00b]], 60_000],
    [
      'the next record is 5 s later: up to 5 s',
      [
        [0, 0x10b],
        [5, 0x00b],
      ],
      5000,
    ],
    [
      'the records between were lost: the whole gap',
      [
        [0, 0x10b],
        [20, 0x00b],
      ],
      20_000,
    ],
    [
      'a long gap: never more than the 60 s that bit 8 tells',
      [
        [0, 0x10b],
        [600, 0x00b],
        [605, 0x00b],
      ],
      60_000,
    ],
  ] as const)('says how old the reading may be; %s', (_, steps, ageAtReceiptMs) => {
    const records = steps.map(([second, label], index) =>
      record(nibp(label, NEW), { number: index + 1, timeS: RECORD_TIME_S + second }),
    );
    const readings = observationsOf(decodeStream(wire(...records))).filter(({ value }) => value !== null);
    expect(readings.map((reading) => reading.ageAtReceiptMs)).toEqual([
      ageAtReceiptMs,
      ageAtReceiptMs,
      ageAtReceiptMs,
    ]);
  });

  it('a reading with one value missing says so for that value only', () => {
    const group = nibp(0x00b, NEW).nibp;
    if (group === undefined) throw new Error('no group');
    const partly = { ...group, values: { ...group.values, mean: -32764 } };
    const told = observationsOf(decodeStream(wire(record({ nibp: partly }))));
    expect(told.map(({ value, validity }) => value ?? validity)).toEqual([91, 57, 'underflow']);
  });

  it.each([
    ['a minute of the measurement is missing: a reading may have come and aged unseen', 60, 'unavailable'],
    ['less is missing: a reading would still be marked as new', 59, 'invalid'],
  ])('%s', (_, gapS, outcome) => {
    const outputs = decodeStream(
      wire(
        record(nibp(0x10b, OLD), { number: 1 }),
        record(nibp(0x12b, OLD), { number: 2, timeS: RECORD_TIME_S + 1 }),
        record(nibp(0x10b, OLD), { number: 3, timeS: RECORD_TIME_S + 1 + gapS }),
      ),
    );
    expect(observationsOf(outputs).map(({ validity }) => validity)).toEqual([
      ...['ongoing', 'ongoing', 'ongoing'],
      ...[outcome, outcome, outcome],
    ]);
  });

  it('a module that is not active tells nothing of the cuff', () => {
    const group = nibp(0x00b, NEW).nibp;
    if (group === undefined) throw new Error('no group');
    expect(observationsOf(decodeStream(wire(record({ nibp: { ...group, status: 1 } }))))).toEqual([]);
  });

  it('a record lost before the first one: its standing values are not logged under a second time', () => {
    const first = wire(record(nibp(0x00b, OLD), { number: 1 }));
    const second = wire(record(nibp(0x00b, OLD), { number: 2, timeS: RECORD_TIME_S + 1 }));
    const damaged = first.with(100, (first[100] ?? 0) ^ 4);
    expect(observationsOf(decodeStream(Uint8Array.from([...damaged, ...second])))).toEqual([]);
    expect(observationsOf(decodeStream(Uint8Array.from([0, ...first.slice(1), ...second])))).toEqual([]);
    // Fewer bytes than a record cannot have held one.
    const joined = Uint8Array.from([...first.slice(50), ...second]);
    expect(observationsOf(decodeStream(joined)).map(({ value }) => value)).toEqual([120, 80, 93]);
  });

  it('a reconnect starts the story afresh', () => {
    const driver = newDriver();
    driver.start(at(0));
    const before = driver.receive(wire(record(nibp(0x00b, OLD), { number: 1 })), at(1));
    driver.end(at(2));
    driver.start(at(3));
    const after = driver.receive(
      wire(record(nibp(0x10b, NEW), { number: 9, timeS: RECORD_TIME_S + 90 })),
      at(90),
    );
    expect([observationsOf(before).length, observationsOf(after).length]).toEqual([3, 0]);
  });
});
