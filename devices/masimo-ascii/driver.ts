/** Masimo ASCII 1 driver: lines in, observations and the oximeter's own words out. It never sends anything. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import {
  absent,
  type Observation,
  present,
  type Reading,
  type Receipt,
} from '../../core/observation/observation.ts';
import { epochMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { type Continuity, createContinuity, type Verdict } from '../framing/line-continuity.ts';
import { createMessageClock } from '../framing/message-clock.ts';
import { createSilence } from '../framing/silence.ts';
import { ALARM, EXC, type MasimoLine, masimoCodec } from './codec.ts';
import { createConditionTracker } from './conditions.ts';

export const MASIMO_METRICS = [
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
  'MDC_BLD_PERF_INDEX',
] as const satisfies readonly MetricId[];

/** Silence longer than this means that the link is lost (ms): five lines. */
export const MASIMO_QUIET_MS = 5000;

/** One line a second (Rad-8 operator's manual, serial output; measured on a Rad-8). */
export const LINE_PERIOD_MS = 1000;

/** With one of these no sensor measures a patient: the numbers are no reading, even if they stand there. */
const NOT_MEASURED =
  EXC.noSensor | EXC.defectiveSensor | EXC.sensorOff | EXC.unrecognisedSensor | EXC.pulseSearch;
/** Of these, the ones that mean a fault rather than an absence. */
const FAULTY = EXC.defectiveSensor | EXC.unrecognisedSensor;
const DOUBTFUL = EXC.lowPerfusion | EXC.interference | EXC.ambientLight | EXC.lowSignalIq;

interface Received {
  readonly line: MasimoLine;
  readonly byteCount: number;
  readonly at: Instant;
}

/** The driver of one oximeter. */
export const createMasimoDriver = (): Driver => {
  const decoder = masimoCodec.decoder();
  const conditions = createConditionTracker();
  let continuity = newContinuity();
  let lateness = createMessageClock({ isWallClock: true });
  const silence = createSilence(MASIMO_QUIET_MS);
  let identity = '';

  const whoOf = (line: MasimoLine): readonly DriverOutput[] => {
    const model = modelOf(line);
    const who = `${model} ${line.serial}`;
    if (who === identity) return [];
    identity = who;
    return [{ type: 'identity', identity: { model, serial: line.serial, software: null } }];
  };

  const onVerdict = (verdict: Verdict<Received>): readonly DriverOutput[] => {
    const { line, byteCount, at } = verdict.line;
    if (!verdict.accepted) return [{ type: 'rejected', reason: 'range', detail: verdict.detail, byteCount }];
    silence.heard(at);
    const late = lateness.next(line.clockMs, at);
    const receipt: Receipt = {
      receivedAt: at,
      deviceTime: epochMs(line.clockMs),
      ageAtReceiptMs: late.isOlder ? 0 : late.ms,
    };
    return [
      { type: 'frame', byteCount },
      ...whoOf(line),
      ...conditions.update(line),
      ...observations(line, receipt).map((observation) => ({ type: 'observation', observation }) as const),
    ];
  };

  const onDecoded = (decoded: Decoded<MasimoLine>, at: Instant): readonly DriverOutput[] => {
    if (decoded.ok) {
      return continuity.push({ line: decoded.message, byteCount: decoded.byteCount, at }).flatMap(onVerdict);
    }
    continuity.passOver();
    const { reason, detail, byteCount } = decoded;
    return [{ type: 'rejected', reason, detail, byteCount }];
  };

  return {
    start() {
      decoder.end();
      continuity = newContinuity();
      lateness = createMessageClock({ isWallClock: true });
      identity = '';
      return conditions.forget();
    },
    receive: (chunk, now) => decoder.push(chunk).flatMap((decoded) => onDecoded(decoded, now)),
    tick: (now) => (silence.hasBegun(now) ? conditions.forget() : []),
    end(now) {
      const unfinished = decoder.end().flatMap((decoded) => onDecoded(decoded, now));
      return [...continuity.end().flatMap(onVerdict), ...unfinished];
    },
  };
};

const newContinuity = (): Continuity<Received> =>
  createContinuity<Received>({
    periodMs: LINE_PERIOD_MS,
    steps: [
      { step: 1, settle: 6 },
      { step: 3, settle: 20 },
      { step: 1.5, settle: 3 },
    ],
    clockMs: ({ line }) => line.clockMs,
    signature: ({ line }) => signatureOf(line),
    isOtherMonitor: (a, b) => isOtherSerial(a.line.serial, b.line.serial),
    numbers: ({ line }) => readings(line).map((reading) => reading?.value ?? null),
    isAnnounced: ({ line: previous }, { line }, index) =>
      index === 0
        ? begins(previous, line, ALARM.spo2Low, 'spo2', -1) ||
          begins(previous, line, ALARM.spo2High, 'spo2', 1)
        : index === 1 &&
          (begins(previous, line, ALARM.pulseLow, 'pulseRate', -1) ||
            begins(previous, line, ALARM.pulseHigh, 'pulseRate', 1)),
    isContradictory: ({ line }) =>
      (line.exceptions & NOT_MEASURED) !== 0 && (line.spo2 !== null || line.pulseRate !== null),
  });

/** What is constant in one oximeter's stream: its serial number, its keys, and whether PI has a per cent sign. */
const signatureOf = ({ serial, perfusionIndex, others, form }: MasimoLine): string => {
  const keys = others.map(({ key, text }) => `${key}:${text.length}`).join(' ');
  return `${serial} ${perfusionIndex === undefined} ${form.piHasPercent} ${form.status} ${keys}`;
};

/** A damaged serial number differs in few of its ten digits; it takes more than that to be another oximeter. */
const OTHER_SERIAL_DIGITS = 4;
const isOtherSerial = (a: string | null, b: string | null): boolean => {
  if (a === null || b === null) return a !== b;
  return [...a].filter((digit, index) => digit !== b[index]).length >= OTHER_SERIAL_DIGITS;
};

/** True when the oximeter's alarm comes with this line, and the number moved to its side. */
const begins = (
  previous: MasimoLine,
  line: MasimoLine,
  bit: number,
  field: 'spo2' | 'pulseRate',
  direction: 1 | -1,
): boolean => {
  const isNew = (previous.alarm & bit) === 0 && (line.alarm & bit) !== 0;
  const [before, now] = [previous[field], line[field]];
  return isNew && before !== null && now !== null && (now - before) * direction > 0;
};

/**
 * A number under the exception bits. A sensor that is faulty: `invalid`; none, off the patient, or searching:
 * `unavailable`, whatever number stands there. Poor signal, or the measurement not running: `questionable`.
 */
const readingOf = (line: MasimoLine, value: number | null): Reading => {
  if ((line.exceptions & FAULTY) !== 0) return { validity: 'invalid', value: null };
  if ((line.exceptions & NOT_MEASURED) !== 0 || value === null)
    return { validity: 'unavailable', value: null };
  const isDoubtful = (line.exceptions & DOUBTFUL) !== 0 || (line.exceptions & EXC.setRunning) === 0;
  return { validity: isDoubtful ? 'questionable' : 'valid', value };
};

/** In the order of `MASIMO_METRICS`; null where the line has no such field. */
const readings = (line: MasimoLine): readonly (Reading | null)[] => [
  readingOf(line, line.spo2),
  readingOf(line, line.pulseRate),
  line.perfusionIndex === undefined ? null : readingOf(line, line.perfusionIndex),
];

const observations = (line: MasimoLine, receipt: Receipt): readonly Observation[] => {
  return readings(line).flatMap((reading, index) => {
    const metric = MASIMO_METRICS[index];
    if (metric === undefined || reading === null) return [];
    return reading.value === null
      ? [absent(metric, reading.validity, receipt)]
      : [present(metric, reading.value, receipt, reading.validity)];
  });
};

/** The line does not name its model; its layout tells the boards apart (Rad-8 and Rad-87 share one). */
const modelOf = ({ form, others }: MasimoLine): string => {
  const isRadical = form.status === 'wide' || others.some(({ key }) => key === 'PVI');
  return isRadical ? 'Radical-7 (by its line)' : 'Rad-8 (by its line)';
};
