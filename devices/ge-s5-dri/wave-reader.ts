/**
 * Wave records → blocks of samples, in the units people read. What a wave record lacks (which lead channel 1 shows, the
 * ambient pressure) is taken from the displayed values before it. A record whose check is right may still be damaged (8 bits:
 * one in 256), so it must also fit the line: level, plug id and clock of the displayed values, record number after record
 * number, one time span for all its waves, samples that a sensor can give; and after a refused frame nothing is drawn for a
 * while. What is not drawn is a gap.
 * Source: GE DRI record specification 8005313 and Computer Interface M1017617, 12th editions (waveforms).
 */
import type { WaveBlock, WaveId, WaveUnit } from '../../core/observation/waveform.ts';
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { DriverOutput } from '../device.ts';
import type { BasicClass } from './basic-class.ts';
import { ambientMmHg } from './co2.ts';
import { leadOfChannel1 } from './ecg.ts';
import type { RecordHeader } from './header.ts';
import type { WaveRecord } from './messages.ts';
import type { WaveSubrecord } from './wave.ts';

/** Samples a second by wave id, also of waves that no identifier is mapped to: all of a record cover one span. */
const RATES: ReadonlyMap<number, number> = new Map([
  ...[1, 2, 3, 35].map((id) => [id, 300] as const),
  ...[4, 5, 6, 7, 8, 16, 17, 18, 19, 20, 21, 32, 36, 37, 38, 39].map((id) => [id, 100] as const),
  ...[9, 10, 11, 12, 13, 14, 15, 23].map((id) => [id, 25] as const),
  [22, 500],
]);

/** How one wave is drawn: `perRaw` in `unit` for one raw step. */
interface Drawing {
  readonly wave: WaveId;
  readonly unit: WaveUnit;
  readonly perRaw: number;
  readonly range: { readonly low: number; readonly high: number };
}

/** Raw samples that a sensor can give; outside, the record is damaged. Our choice, far wider than any signal. */
const PLAUSIBLE: ReadonlyMap<number, readonly [low: number, high: number]> = new Map([
  [1, [-20_000, 20_000]], // µV
  [8, [-10_000, 10_000]], // 1/100 % modulation
  [9, [-500, 2_500]], // 1/100 %
  [15, [-20_000, 20_000]], // 1/100 ohm
]);

/** The waves the driver asks for: ECG channel 1, pleth, CO2, respiration; 450 samples/s of the 600 allowed. */
export const WANTED_WAVES: readonly number[] = [1, 8, 9, 15];

const STATUS = { gap: 1 << 0, leadOff: 1 << 3 } as const;
/** "-32000 and below are control codes". */
const LAST_CONTROL = -32_000;
/** Records come every 125 to 1000 ms; half a sample of slack on either side is left to rounding. */
const SPAN_MS = { low: 120, high: 1_050 } as const;
/** A record this late has lost its place: the wave begins anew (ms). */
const LATE_MS = 2_500;
/** After a refused frame nothing is drawn for this time (ms): a picture can wait until the line is clean. */
const CLEAN_FOR_MS = 5_000;
/** How far the clock of a wave record may be from that of the displayed values besides the time between them (s). */
const CLOCK_SLACK_S = 3;

interface Displayed {
  readonly header: RecordHeader;
  readonly basic: BasicClass;
  readonly at: Instant;
}

/** Reads the waves of one connection. */
export interface WaveReader {
  /** Displayed values that are believed. */
  displayed(displayed: Displayed): void;
  /** A frame was refused. */
  refused(now: Instant): void;
  /** The blocks of a record; a sentence instead when it does not fit. */
  take(record: WaveRecord, now: Instant): readonly DriverOutput[] | string;
}

/** A reader that has seen nothing yet. */
export const createWaveReader = (): WaveReader => {
  let latest: Displayed | null = null;
  let lastRefused: Instant | null = null;
  let lastRecord: { readonly number: number; readonly at: Instant } | null = null;
  /** Which waves the last record had, for gaps in a wave that went away and came back. */
  let running = new Set<WaveId>();
  const told = new Set<number>();

  const unmapped = ({ type }: WaveSubrecord): DriverOutput[] => {
    if (told.has(type)) return [];
    told.add(type);
    return [{ type: 'unmapped', id: `wave ${type}`, value: `${RATES.get(type) ?? '?'} samples/s` }];
  };

  return {
    displayed(displayed) {
      latest = displayed;
    },
    refused(now) {
      lastRefused = now;
    },
    take(record, now) {
      const doubt = misfit(record, latest, now);
      if (doubt !== null) {
        lastRecord = null;
        return doubt;
      }
      const { recordNumber } = record.header;
      const before = lastRecord;
      lastRecord = { number: recordNumber, at: now };
      const isDirty = lastRefused !== null && elapsedMs(lastRefused, now) < CLEAN_FOR_MS;
      if (latest === null || isDirty) {
        running = new Set();
        return [];
      }
      const follows =
        before !== null &&
        recordNumber === ((before.number + 1) & 0xff) &&
        elapsedMs(before.at, now) <= LATE_MS;
      const drawn = new Set<WaveId>();
      const outputs: DriverOutput[] = [];
      for (const subrecord of record.subrecords) {
        const drawing = drawingOf(subrecord.type, latest.basic);
        if (drawing === null) {
          outputs.push(...unmapped(subrecord));
        } else {
          const isContinued = follows && running.has(drawing.wave) && (subrecord.status & STATUS.gap) === 0;
          outputs.push({ type: 'waveform', block: blockOf(subrecord, drawing, !isContinued, now) });
          drawn.add(drawing.wave);
        }
      }
      running = drawn;
      return outputs;
    },
  };
};

/** Why a record cannot be what this monitor sent now; null: it can. */
const misfit = (record: WaveRecord, latest: Displayed | null, now: Instant): string | null => {
  const { header, subrecords } = record;
  if (header.reserved !== 0) return 'wave record with reserved bytes in use';
  if (new Set(subrecords.map(({ type }) => type)).size < subrecords.length) return 'the same wave twice';
  const spans = subrecords.flatMap(({ type, samples }) => {
    const rate = RATES.get(type);
    return rate === undefined ? [] : [{ ms: (1000 * samples.length) / rate, slack: 1000 / rate }];
  });
  if (spans.length < subrecords.length) return 'wave of an unknown kind';
  const longest = Math.max(...spans.map(({ ms }) => ms));
  if (longest < SPAN_MS.low || longest > SPAN_MS.high) return `a wave record of ${Math.round(longest)} ms`;
  if (spans.some(({ ms, slack }) => longest - ms > slack)) return 'waves of different length in one record';
  const odd = subrecords.find(({ type, samples }) => {
    const [low, high] = PLAUSIBLE.get(type) ?? [LAST_CONTROL, Number.POSITIVE_INFINITY];
    return samples.some((raw) => raw > LAST_CONTROL && (raw < low || raw > high));
  });
  if (odd !== undefined) return `a sample of wave ${odd.type} that no sensor gives`;
  if (latest === null) return null;
  if (header.level !== latest.header.level || header.plugId !== latest.header.plugId) {
    return 'wave record of another monitor';
  }
  const passedS = elapsedMs(latest.at, now) / 1000;
  const stepS = header.timeS - latest.header.timeS;
  return Math.abs(stepS - passedS) > CLOCK_SLACK_S + passedS ? 'wave record of another time' : null;
};

/** Null: nothing is mapped to this wave, or what is needed to scale it is not known. */
const drawingOf = (type: number, basic: BasicClass): Drawing | null => {
  switch (type) {
    case 1:
      return {
        wave: leadOfChannel1(basic.ecg.label),
        unit: 'mV',
        perRaw: 0.001,
        range: { low: -0.5, high: 1.5 },
      };
    case 8:
      // Modulation: the pulsating part of the light. 4 % fills the lane, as in the logs (perfusion index 3.8).
      return { wave: 'MDC_PULS_OXIM_PLETH', unit: '1', perRaw: 0.0001, range: { low: -0.03, high: 0.05 } };
    case 9: {
      const ambient = ambientMmHg(basic.co2);
      return ambient === null
        ? null
        : { wave: 'MDC_AWAY_CO2', unit: 'mm[Hg]', perRaw: ambient / 10_000, range: { low: 0, high: 60 } };
    }
    case 15:
      return { wave: 'MDC_TTHOR_RESP', unit: 'Ohm', perRaw: 0.01, range: { low: -2, high: 2 } };
    default:
      return null;
  }
};

const blockOf = (
  { type, status, samples }: WaveSubrecord,
  { wave, unit, perRaw, range }: Drawing,
  isAfterGap: boolean,
  receivedAt: Instant,
): WaveBlock => {
  const isSilent = (status & STATUS.leadOff) !== 0;
  return {
    wave,
    unit,
    periodMs: 1000 / (RATES.get(type) ?? Number.NaN),
    samples: samples.map((raw) => (isSilent || raw <= LAST_CONTROL ? null : raw * perRaw)),
    range,
    receivedAt,
    isAfterGap,
  };
};
