/**
 * Measures what gets through the S/5 driver on a bad line. Run by hand:
 *   node test/devices/ge-s5-dri/corruption-measure.ts [frames] [seed] [basic|full] [cleanIn]
 * Corrupts `frames` frames, each in one of the ways of `DAMAGES`, between clean ones (one in `cleanIn`; 0: none),
 * and prints as JSON how many of them made the driver say a value that was not sent, per kind of damage.
 */
import {
  blankBasic,
  displayedRecord,
  driCodec,
  type PhysiologicalRecord,
} from '../../../devices/ge-s5-dri/codec.ts';
import { at, ecg, newDriver, nibp, observationsOf, RECORD_TIME_S, spo2 } from './support.ts';

/** mulberry32: small, seeded, good enough to choose places. */
const seeded = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const [frames = 10_000_000, seed = 1] = process.argv.slice(2, 4).map(Number);
const form = process.argv[4] === 'full' ? 'full' : 'basic';
const cleanIn = Number(process.argv[5] ?? 8);
const random = seeded(seed);
const upTo = (limit: number): number => Math.floor(random() * limit);

const POOL = 4096;

/** A patient at one second: everything plugged in, all numbers moving, a cuff reading every three minutes. */
const recordAt = (second: number): PhysiologicalRecord => {
  const wave = (period: number): number => Math.sin((2 * Math.PI * second) / period);
  const since = second % 180;
  const turn = Math.floor(second / 180);
  const label = since < 2 ? 0x02b : since < 60 ? 0x00b : since < 150 ? 0x10b : 0x12b;
  const systolic = 118 + ((turn * 7) % 40);
  const basic = {
    ...blankBasic(),
    ...ecg(Math.round(78 + 12 * wave(97)), { impedanceRr: Math.round(15 + 3 * wave(61)) }),
    ...spo2(Math.round(9650 + 200 * wave(113)), Math.round(78 + 12 * wave(97))),
    ...nibp(label, [systolic, systolic - 42, systolic - 28], 76),
    co2: {
      status: 3,
      label: 9,
      values: {
        endTidal: Math.round(450 + 40 * wave(31)),
        inspired: 20,
        rr: Math.round(15 + 3 * wave(61)),
        ambient: 7598,
      },
    },
    t1: { status: 3, label: 6, values: { temperature: 3680 + Math.round(10 * wave(700)) } },
  };
  const timeS = RECORD_TIME_S + second;
  const record = displayedRecord(basic, { recordNumber: second & 0xff, level: 10, timeS });
  if (form === 'basic') return record;
  const extended = ([1, 2, 3] as const).map((number) => ({
    type: 1 as const,
    class: number,
    timeS,
    marker: 0,
    reserved: 0,
    classWordRest: 0xa1,
    // Half of it moves, half is still, as in a monitor with some of these modules.
    data: Uint8Array.from({ length: 270 }, (_, index) => (index % 2 === 0 ? 0 : (second * index) & 0xff)),
  }));
  return { ...record, subrecords: [...record.subrecords, ...extended] };
};

const cut = (bytes: Uint8Array, from: number, removed: number, inserted: number): Uint8Array => {
  const result = new Uint8Array(bytes.length - removed + inserted);
  result.set(bytes.subarray(0, from));
  for (let index = 0; index < inserted; index += 1) result[from + index] = upTo(256);
  result.set(bytes.subarray(from + removed), from + inserted);
  return result;
};

/** Ways to damage a frame, flags excluded half of the time; `next` is the frame after it. */
const DAMAGES: Readonly<Record<string, (bytes: Uint8Array, next: Uint8Array) => Uint8Array>> = {
  'two to eight bytes replaced at random places': (bytes) => {
    const result = bytes.slice();
    for (let count = 2 + upTo(7); count > 0; count -= 1) result[upTo(result.length)] = upTo(256);
    return result;
  },
  'two to sixteen bits flipped at random places': (bytes) => {
    const result = bytes.slice();
    for (let count = 2 + upTo(15); count > 0; count -= 1) {
      const place = upTo(result.length);
      result[place] = (result[place] ?? 0) ^ (1 << upTo(8));
    }
    return result;
  },
  'a burst of 2 to 8 random bytes': (bytes) => {
    const length = 2 + upTo(7);
    return cut(bytes, upTo(bytes.length - length), length, length);
  },
  'a burst of 9 to 64 random bytes': (bytes) => {
    const length = 9 + upTo(56);
    return cut(bytes, upTo(bytes.length - length), length, length);
  },
  '1 to 8 bytes lost and as many inserted elsewhere': (bytes) => {
    const length = 1 + upTo(8);
    const shorter = cut(bytes, upTo(bytes.length - length), length, 0);
    return cut(shorter, upTo(shorter.length), 0, length);
  },
  '1 to 8 bytes inserted': (bytes) => cut(bytes, upTo(bytes.length), 0, 1 + upTo(8)),
  '1 to 8 bytes lost': (bytes) => {
    const length = 1 + upTo(8);
    return cut(bytes, upTo(bytes.length - length), length, 0);
  },
  'the beginning of one frame and the end of the next': (bytes, next) => {
    const place = 1 + upTo(Math.min(bytes.length, next.length) - 2);
    const result = new Uint8Array(next.length);
    result.set(bytes.subarray(0, place));
    result.set(next.subarray(place), place);
    return result;
  },
};
const KINDS = Object.keys(DAMAGES);

const pool = Array.from({ length: POOL + 1 }, (_, second) => {
  const record = recordAt(second);
  const driver = newDriver();
  driver.start(at(0));
  const bytes = driCodec.encode(record);
  const sent = new Map(
    observationsOf(driver.receive(bytes, at(0))).flatMap(({ metric, value }) =>
      value === null ? [] : [[metric, value]],
    ),
  );
  for (const [metric, field] of [
    ['MDC_PRESS_BLD_NONINV_SYS', 'systolic'],
    ['MDC_PRESS_BLD_NONINV_DIA', 'diastolic'],
    ['MDC_PRESS_BLD_NONINV_MEAN', 'mean'],
    ['MDC_PULS_RATE_NON_INV', 'pulse'],
  ] as const) {
    const [basic] = record.subrecords;
    if (basic === undefined || basic.type === 4 || basic.class !== 0) throw new Error('no basic class');
    sent.set(metric, basic.basic.nibp.values[field] / (field === 'pulse' ? 1 : 100));
  }
  return { bytes, sent };
});

const equal = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

const wrong: Record<string, number> = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
/** Of them: the value was sent one record earlier or later. */
let neighbours = 0;
const wrongMetrics: Record<string, number> = {};
let corrupted = 0;
let heldBack = 0;
let passedChecksum = 0;
let cleanOffered = 0;
let cleanLost = 0;
const driver = newDriver();
const startedAt = performance.now();

while (corrupted < frames) {
  driver.start(at(0));
  const kindOf = new Map<number, string>();
  const blamed = new Set<number>();
  const cleanSeconds = new Set<number>();
  for (let second = 0; second < POOL && corrupted < frames; second += 1) {
    const { bytes } = pool[second] ?? { bytes: new Uint8Array() };
    const isClean = second === 0 || (cleanIn > 0 && upTo(cleanIn) === 0);
    let sentBytes = bytes;
    if (isClean) {
      cleanOffered += 1;
      cleanSeconds.add(second);
    } else {
      const kind = KINDS[upTo(KINDS.length)] ?? '';
      sentBytes = DAMAGES[kind]?.(bytes, pool[second + 1]?.bytes ?? bytes) ?? bytes;
      if (equal(sentBytes, bytes)) continue;
      corrupted += 1;
      kindOf.set(second, kind);
    }
    for (const output of driver.receive(sentBytes, at(second))) {
      if (output.type === 'rejected' && output.reason === 'range') heldBack += 1;
      if (output.type === 'frame') {
        if (!isClean) passedChecksum += 1;
        continue;
      }
      if (output.type !== 'observation' || output.observation.value === null) continue;
      const { metric, value, deviceTime } = output.observation;
      const when = (deviceTime ?? 0) / 1000 - RECORD_TIME_S;
      cleanSeconds.delete(when);
      if (pool[when]?.sent.get(metric) === value) continue;
      wrongMetrics[metric] = (wrongMetrics[metric] ?? 0) + 1;
      if (!blamed.has(second)) {
        blamed.add(second);
        if ([when - 1, when + 1].some((beside) => pool[beside]?.sent.get(metric) === value)) neighbours += 1;
        const kind = kindOf.get(when) ?? kindOf.get(second) ?? 'unknown';
        wrong[kind] = (wrong[kind] ?? 0) + 1;
      }
    }
  }
  cleanLost += cleanSeconds.size;
}

console.log(
  JSON.stringify(
    {
      form,
      frameBytes: pool[0]?.bytes.length,
      seed,
      cleanIn,
      corrupted,
      passedChecksumAndStructure: passedChecksum + heldBack,
      refusedByComparison: heldBack,
      framesWithAValueThatWasNotSent: Object.values(wrong).reduce((sum, count) => sum + count, 0),
      ofThemAValueOfTheRecordBesideIt: neighbours,
      perDamage: wrong,
      perMetric: wrongMetrics,
      cleanFrames: { offered: cleanOffered, lost: cleanLost },
      seconds: Math.round((performance.now() - startedAt) / 1000),
    },
    null,
    2,
  ),
);
