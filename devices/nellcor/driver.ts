/** Nellcor driver: lines in, observations and the oximeter's own words out. The one byte it may send is XON. */
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { DeviceLimits } from '../../core/observation/device-report.ts';
import {
  absent,
  type Observation,
  present,
  type Reading,
  type Receipt,
} from '../../core/observation/observation.ts';
import { elapsedMs, epochMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { type Continuity, createContinuity, type Verdict } from '../framing/line-continuity.ts';
import { createMessageClock } from '../framing/message-clock.ts';
import { createSilence } from '../framing/silence.ts';
import {
  type DataLine,
  type HeaderLine,
  N560,
  type NellcorMessage,
  nellcorCodec,
  type StatusCode,
} from './codec.ts';
import { createConditionTracker } from './conditions.ts';

export const NELLCOR_METRICS = [
  'MDC_PULS_OXIM_SAT_O2',
  'MDC_PULS_OXIM_PULS_RATE',
] as const satisfies readonly MetricId[];

/** One data line every 2 s (operator's manuals, data port appendix; measured on an N-560). */
export const LINE_PERIOD_MS = 2000;

/** The oximeter heeds XON/XOFF: whoever stopped it, this lets it go on, and it means nothing else to it. */
export const XON = 0x11;
/** Silence after which XON is sent (ms; our choice: two lines missed), again and again while it lasts. */
const XON_AFTER_MS = 6000;

/** Codes that say that the numbers beside them are no reading. */
const NO_READING: readonly StatusCode[] = ['PS', 'SD', 'SO', 'LP', 'LM'];
/** Of these, the ones beside which a working oximeter prints `---`: numbers there must be confirmed as such. */
const NO_NUMBER: readonly StatusCode[] = ['SD', 'SO', 'LP', 'LM'];

interface Received {
  readonly line: DataLine;
  readonly byteCount: number;
  readonly at: Instant;
}

/** Silence longer than this means that the link is lost (ms); XON went out before. */
export const NELLCOR_QUIET_MS = 7000;

/** The driver of one oximeter. */
export const createNellcorDriver = (): Driver => {
  const decoder = nellcorCodec.decoder();
  const conditions = createConditionTracker();
  let continuity = newContinuity();
  let lateness = createMessageClock({ isWallClock: true });
  const silence = createSilence(NELLCOR_QUIET_MS);
  let identity = '';
  let limits = '';
  /** Between the header of a printout of stored values and the next live header. */
  let isTrendPrintout = false;
  /** When the line was last heard, or last asked to go on. */
  let quietSince: Instant | null = null;

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
      ...conditions.update(line.codes),
      ...observations(line, receipt).map((observation) => ({ type: 'observation', observation }) as const),
    ];
  };

  const onHeader = (header: HeaderLine): readonly DriverOutput[] => {
    const out: DriverOutput[] = [];
    const who = `${header.model} ${header.software}`;
    if (who !== identity) {
      identity = who;
      out.push({
        type: 'identity',
        identity: { model: header.model, serial: null, software: header.software },
      });
    }
    const both = limitsOf(header);
    if (JSON.stringify(both) !== limits) {
      limits = JSON.stringify(both);
      out.push(...both.map((one) => ({ type: 'limits', limits: one }) as const));
    }
    return out;
  };

  const onMessage = (message: NellcorMessage, byteCount: number, at: Instant): readonly DriverOutput[] => {
    if (message.kind === 'data') {
      if (!isTrendPrintout) return continuity.push({ line: message, byteCount, at }).flatMap(onVerdict);
      const detail = 'stored trend, not live';
      return [{ type: 'rejected', reason: 'range', detail, byteCount }];
    }
    if (message.kind === 'trend') isTrendPrintout = true;
    if (message.kind === 'header' || message.kind === 'title') isTrendPrintout = false;
    const frame: DriverOutput = { type: 'frame', byteCount };
    return message.kind === 'header' ? [frame, ...onHeader(message)] : [frame];
  };

  const onDecoded = (decoded: Decoded<NellcorMessage>, at: Instant): readonly DriverOutput[] => {
    if (decoded.ok) return onMessage(decoded.message, decoded.byteCount, at);
    continuity.passOver();
    const { reason, detail, byteCount } = decoded;
    return [{ type: 'rejected', reason, detail, byteCount }];
  };

  const end = (at: Instant): readonly DriverOutput[] => {
    const unfinished = decoder.end().flatMap((decoded) => onDecoded(decoded, at));
    return [...continuity.end().flatMap(onVerdict), ...unfinished];
  };

  return {
    start(now) {
      decoder.end();
      quietSince = now;
      continuity = newContinuity();
      lateness = createMessageClock({ isWallClock: true });
      identity = '';
      limits = '';
      isTrendPrintout = false;
      return conditions.forget();
    },
    receive(chunk, now) {
      quietSince = now;
      return decoder.push(chunk).flatMap((decoded) => onDecoded(decoded, now));
    },
    tick(now) {
      const gone = silence.hasBegun(now) ? conditions.forget() : [];
      if (quietSince === null || elapsedMs(quietSince, now) < XON_AFTER_MS) return gone;
      quietSince = now;
      return [...gone, { type: 'request', bytes: Uint8Array.of(XON), purpose: 'let the output go on (XON)' }];
    },
    end,
  };
};

const newContinuity = (): Continuity<Received> =>
  createContinuity<Received>({
    periodMs: LINE_PERIOD_MS,
    steps: [
      { step: 1, settle: 6 },
      { step: 3, settle: 20 },
    ],
    clockMs: ({ line }) => line.clockMs,
    signature: ({ line }) => {
      // A line that a damaged byte cut short has lost its status codes with its blanks.
      const isFull = line.width !== null && line.width >= N560.width;
      return `${line.spo2.end} ${line.pulseRate.end} ${line.amplitude.end} ${isFull}`;
    },
    // The line does not say who sends it.
    isOtherMonitor: () => false,
    numbers: ({ line }) => [
      readingOf(line, line.spo2.value).value,
      readingOf(line, line.pulseRate.value).value,
    ],
    isAnnounced: ({ line: previous }, { line }, index) =>
      index === 0
        ? begins(previous, line, 'SL', 'spo2', -1) || begins(previous, line, 'SH', 'spo2', 1)
        : begins(previous, line, 'PL', 'pulseRate', -1) || begins(previous, line, 'PH', 'pulseRate', 1),
    isContradictory: ({ line }) =>
      hasAny(line, NO_NUMBER) && (line.spo2.value !== null || line.pulseRate.value !== null),
  });

/** True when star and alarm code come with this line, and the number moved to their side. */
const begins = (
  previous: DataLine,
  line: DataLine,
  code: StatusCode,
  column: 'spo2' | 'pulseRate',
  direction: 1 | -1,
): boolean => {
  const [before, now] = [previous[column], line[column]];
  const isNew = !before.starred && now.starred && line.codes.includes(code);
  return isNew && before.value !== null && now.value !== null && (now.value - before.value) * direction > 0;
};

const hasAny = (line: DataLine, codes: readonly StatusCode[]): boolean =>
  codes.some((code) => line.codes.includes(code));

/**
 * A column's number under the status codes. Pulse search, sensor off or disconnected: nothing is measured
 * (`unavailable`), whatever number stands there. Pulse lost: measured, and no reading came of it (`invalid`).
 * Interference, or a number without a pulse amplitude: `questionable`.
 */
const readingOf = (line: DataLine, value: number | null): Reading => {
  if (hasAny(line, ['LP', 'LM'])) return { validity: 'invalid', value: null };
  if (hasAny(line, NO_READING) || value === null) return { validity: 'unavailable', value: null };
  const isDoubtful = line.codes.includes('MO') || line.amplitude.value === null;
  return { validity: isDoubtful ? 'questionable' : 'valid', value };
};

const observations = (line: DataLine, receipt: Receipt): readonly Observation[] => {
  return ([line.spo2, line.pulseRate] as const).map((column, index) => {
    const metric = NELLCOR_METRICS[index] ?? NELLCOR_METRICS[0];
    const reading = readingOf(line, column.value);
    return reading.value === null
      ? absent(metric, reading.validity, receipt)
      : present(metric, reading.value, receipt, reading.validity);
  });
};

const limitsOf = (header: HeaderLine): readonly DeviceLimits[] => [
  { metric: 'MDC_PULS_OXIM_SAT_O2', ...header.spo2 },
  { metric: 'MDC_PULS_OXIM_PULS_RATE', ...header.pulseRate },
];
