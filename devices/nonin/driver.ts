/**
 * Nonin driver: it only listens. Lines and format 8 carry no check, and the checks of packets are sums of eight bits: a number
 * must be near the one before, or be said twice. Packets come three times a second, so that this costs them a third of one.
 */
import { absent, present, type Reading } from '../../core/observation/observation.ts';
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { Decoded, Driver, DriverOutput } from '../device.ts';
import { createConditionTable } from '../framing/condition-table.ts';
import { createNumberAgreement } from '../framing/number-agreement.ts';
import { createSilence } from '../framing/silence.ts';
import { createUnmappedLatch } from '../framing/unmapped-latch.ts';
import {
  type AsciiLine,
  FRAMES_PER_PACKET,
  type NoninFormat,
  type NoninMessage,
  noninCodec,
  type Packet,
  SLOT,
  SPOT_STATUS,
  STATUS,
} from './codec.ts';
import {
  findingsOf,
  NO_SIGNS,
  type NoninMetric,
  readingsOf,
  type Signs,
  type View,
  viewOfFormat8,
  viewOfPacket,
  viewOfSpotCheck,
} from './observe.ts';
import { createSignMemory } from './signs.ts';

/** Silence after which the link is lost (ms): some seconds' messages missed. Spot checks come when somebody measures. */
export const maxQuietOf = (format: NoninFormat): number => (format === '13' ? 30_000 : 4_000);
/** How often the numbers of packets are told while they stay the same (ms; our choice). */
const TELL_EVERY_MS = 900;
/** A frame of format 8 is believed after so many that followed each other without a byte between them. */
const FORMAT8_RUN = 3;
/** The pleth at 75 samples a second. */
const SAMPLE_MS = 1000 / 75;
/** Packets further apart than this have a gap between them (ms; our choice: two packets). */
const WAVE_GAP_MS = 700;

const newLink = (format: NoninFormat) => ({
  decoder: noninCodec(format).decoder(),
  signs: createSignMemory(),
  agreements: {
    MDC_PULS_OXIM_SAT_O2: createNumberAgreement({
      tolerance: format === '8' ? 2 : 3,
      maxGapMs: maxQuietOf(format),
    }),
    MDC_PULS_OXIM_PULS_RATE: createNumberAgreement({
      tolerance: format === '8' ? 6 : 12,
      maxGapMs: maxQuietOf(format),
    }),
  },
  /** What the last packets told. */
  told: new Map<NoninMetric, { readonly said: string; readonly at: Instant }>(),
  lastPacketAt: null as Instant | null,
  isBroken: true,
  run: 0,
  firmware: null as number | null,
});

/** The driver of one oximeter. */
export const createNoninDriver = (format: NoninFormat): Driver => {
  let link = newLink(format);
  const silence = createSilence(maxQuietOf(format));
  const conditions = createConditionTable();
  const unmapped = createUnmappedLatch();
  /** The last spot check that was told, over reconnects: a unit may send it again until somebody acknowledges it, which nobody here does. */
  let lastSpot = '';

  const tell = (metric: NoninMetric, reading: Reading, receivedAt: Instant): DriverOutput => {
    const receipt = { receivedAt, deviceTime: null };
    const observation =
      reading.value === null
        ? absent(metric, reading.validity, receipt)
        : present(metric, reading.value, receipt, reading.validity);
    return { type: 'observation', observation };
  };

  const tellAll = (view: View, at: Instant): readonly DriverOutput[] =>
    readingsOf(view).map(([metric, reading]) => tell(metric, reading, at));

  /** The readings of this message that the one before supports; one that is absent needs no support. */
  const agreed = (view: View, at: Instant) =>
    readingsOf(view).filter(([metric, reading]) => link.agreements[metric].offer(reading.value, at));
  const tellAgreed = (view: View, at: Instant): readonly DriverOutput[] =>
    agreed(view, at).map(([metric, reading]) => tell(metric, reading, at));

  const report = (signs: Signs): readonly DriverOutput[] => conditions.update('signs', findingsOf(signs));

  const onPacket = (packet: Packet, at: Instant): readonly DriverOutput[] => {
    const view = viewOfPacket(packet);
    const isAfterGap =
      link.isBroken || link.lastPacketAt === null || elapsedMs(link.lastPacketAt, at) > WAVE_GAP_MS;
    link.isBroken = false;
    link.lastPacketAt = at;
    return [
      ...identity(packet),
      ...report(link.signs.next(view.signs)),
      { type: 'waveform', block: plethOf(packet, at, isAfterGap) },
      ...agreed(view, at)
        .filter(([metric, reading]) => isDue(metric, reading, at))
        .map(([metric, reading]) => tell(metric, reading, at)),
    ];
  };

  /** Three packets a second say the same: told once a second, and when it changes. */
  const isDue = (metric: NoninMetric, { value, validity }: Reading, at: Instant): boolean => {
    const before = link.told.get(metric);
    const said = `${value} ${validity}`;
    if (before?.said === said && elapsedMs(before.at, at) < TELL_EVERY_MS) return false;
    link.told.set(metric, { said, at });
    return true;
  };

  const identity = ({ frames, format: number }: Packet): readonly DriverOutput[] => {
    const firmware = frames[SLOT.firmware]?.value ?? 0;
    if (firmware === link.firmware) return [];
    link.firmware = firmware;
    return [
      {
        type: 'identity',
        identity: { model: `Nonin (format ${number})`, serial: null, software: String(firmware) },
      },
    ];
  };

  const onLine = (line: AsciiLine, at: Instant): readonly DriverOutput[] => [
    ...unmapped.tell('averaging', line.isFastAveraging ? 'fast' : 'normal'),
    ...unmapped.tell('breath in the last interval', line.hasBreath ? 'yes' : '-'),
    ...unmapped.tell('event mark', line.isMarked ? 'yes' : '-'),
    ...tellAgreed({ spo2: line.spo2, pulse: line.pulse, signs: NO_SIGNS }, at),
  ];

  const onMessage = (message: NoninMessage, byteCount: number, at: Instant): readonly DriverOutput[] => {
    const frame: DriverOutput = { type: 'frame', byteCount };
    switch (message.kind) {
      case 'line':
        return [frame, ...onLine(message, at)];
      case 'packet':
        return [frame, ...onPacket(message, at)];
      case 'format-8': {
        link.run += 1;
        if (link.run < FORMAT8_RUN) return [frame];
        const view = viewOfFormat8(message);
        return [frame, ...report(view.signs), ...tellAgreed(view, at)];
      }
      case 'spot-check': {
        if ((message.status & SPOT_STATUS.memory) !== 0)
          return [
            { type: 'rejected', reason: 'range', detail: 'a stored measurement, not a new one', byteCount },
          ];
        const spot = JSON.stringify(message);
        if (spot === lastSpot)
          return [
            { type: 'rejected', reason: 'range', detail: 'a measurement that was sent before', byteCount },
          ];
        lastSpot = spot;
        const view = viewOfSpotCheck(message);
        return [frame, ...report(view.signs), ...tellAll(view, at)];
      }
      default:
        return message satisfies never;
    }
  };

  const take = (decoded: Decoded<NoninMessage>, at: Instant): readonly DriverOutput[] => {
    if (decoded.ok) {
      silence.heard(at);
      return onMessage(decoded.message, decoded.byteCount, at);
    }
    link.isBroken = true;
    link.run = 0;
    const { reason, detail, byteCount } = decoded;
    return [{ type: 'rejected', reason, detail, byteCount }];
  };

  return {
    start() {
      link = newLink(format);
      return conditions.forget();
    },
    receive: (chunk, now) => link.decoder.push(chunk).flatMap((decoded) => take(decoded, now)),
    tick: (now) => (silence.hasBegun(now) ? conditions.forget() : []),
    end: (now) => link.decoder.end().flatMap((decoded) => take(decoded, now)),
  };
};

/** The packet's pleth as fractions of full scale; a sensor alarm makes it a gap. */
const plethOf = ({ format, frames }: Packet, receivedAt: Instant, isAfterGap: boolean) => {
  const full = format === 2 ? 0xff : 0xffff;
  return {
    wave: 'MDC_PULS_OXIM_PLETH',
    unit: '1',
    periodMs: SAMPLE_MS,
    samples: frames
      .slice(0, FRAMES_PER_PACKET)
      .map(({ status, pleth }) => ((status & STATUS.sensorAlarm) !== 0 ? null : pleth / full)),
    range: { low: 0, high: 1 },
    receivedAt,
    isAfterGap,
  } as const;
};
