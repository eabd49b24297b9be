/** One family's driver that hears a line among others, and what it makes of it. */
import type { DetectCandidate } from '../../core/api/detect-views.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { Instant } from '../../core/time.ts';
import type { Driver, DriverOutput } from '../../devices/device.ts';
import { framedTransport } from '../../devices/transport/line-batching.ts';
import type { Transport, TransportEvent } from '../../devices/transport/transport.ts';
import type { Trial } from './plan.ts';

/** One frame is believed when it carried a value and is at least so long (bytes); shorter ones must come twice. */
const LONG_FRAME_BYTES = 24;
/** What was understood must outweigh what was refused by this factor. */
const OUTWEIGHS = 2;

export interface Listener {
  readonly trial: Trial;
  /** What happened on the line; requests of the driver come out of `ask`. */
  take(event: TransportEvent): void;
  tick(now: Instant): void;
  /** From now on the driver's requests go out; its own beginning first. */
  startAsking(now: Instant): void;
  stopAsking(): void;
  /** What it made of the line so far. */
  result(): DetectCandidate;
}

/**
 * Whether a family understood the line: at least two frames, or a long one with a value, and not a few lucky ones in
 * much noise.
 */
export const isUnderstood = ({ frames, acceptedBytes, rejectedBytes, values }: DetectCandidate): boolean =>
  (frames >= 2 || (frames === 1 && acceptedBytes >= LONG_FRAME_BYTES && values.length > 0)) &&
  acceptedBytes >= OUTWEIGHS * rejectedBytes;

/**
 * Best first: values seen, then bytes understood. Of two that understood alike, the one that answered its own question,
 * then the one whose usual settings these are.
 */
export const byEvidence = (a: DetectCandidate, b: DetectCandidate): number =>
  numbersIn(b) - numbersIn(a) ||
  b.acceptedBytes - a.acceptedBytes ||
  Number(b.after === 'asking') - Number(a.after === 'asking') ||
  Object.keys(a.line).length - Object.keys(b.line).length;

const numbersIn = ({ values }: DetectCandidate): number =>
  values.filter(({ value }) => value !== null).length;

/**
 * A driver of `trial` on a line whose events are given to `take`.
 * @param ask gets the driver's requests while it may ask.
 */
export const createListener = (
  trial: Trial,
  settings: string | null,
  now: Instant,
  ask: (bytes: Uint8Array, purpose: string) => void,
): Listener => {
  const { profile, options, line } = trial;
  let driver: Driver | null = profile.createDriver(options);
  let isAsking = false;
  let hasAsked = false;
  const counts = { frames: 0, acceptedBytes: 0, rejectedBytes: 0 };
  const rejected: Record<string, number> = {};
  const values = new Map<MetricId, number | null>();

  const refuse = (reason: string, byteCount: number): void => {
    rejected[reason] = (rejected[reason] ?? 0) + 1;
    counts.rejectedBytes += byteCount;
  };
  const takeOutputs = (outputs: readonly DriverOutput[]): void => {
    for (const output of outputs) {
      if (output.type === 'frame') {
        counts.frames += 1;
        counts.acceptedBytes += output.byteCount;
      } else if (output.type === 'rejected') refuse(output.reason, output.byteCount);
      else if (output.type === 'observation') {
        values.set(output.observation.metric, output.observation.value);
      } else if (output.type === 'request' && isAsking) ask(output.bytes, output.purpose);
    }
  };
  /** A driver that fails on a stranger's bytes is out of the race, and is seen to be. */
  const drive = (act: (driver: Driver) => readonly DriverOutput[]): void => {
    if (driver === null) return;
    let outputs: readonly DriverOutput[];
    try {
      outputs = act(driver);
    } catch (error) {
      driver = null;
      refuse(`driver failed: ${error instanceof Error ? error.message : String(error)}`, 0);
      return;
    }
    takeOutputs(outputs);
  };

  let feed: (event: TransportEvent) => void = () => undefined;
  const tap: Transport = {
    label: profile.id,
    open: (listener) => {
      feed = listener;
    },
    write: () => Promise.resolve(),
    close: () => Promise.resolve(),
  };
  framedTransport(tap, profile.framing).open((event) => {
    if (event.type === 'data') drive((it) => it.receive(event.bytes, event.at));
    else if (event.type === 'dropped') refuse('overrun', event.byteCount);
  });
  drive((it) => it.start(now));

  return {
    trial,
    take: (event) => feed(event),
    tick: (at) => drive((it) => it.tick(at)),
    startAsking: (at) => {
      isAsking = true;
      hasAsked = true;
      drive((it) => it.start(at));
    },
    stopAsking: () => {
      isAsking = false;
    },
    result: () => ({
      family: profile.id,
      title: profile.title,
      settings,
      line,
      ...counts,
      rejected: { ...rejected },
      values: [...values].map(([metric, value]) => ({ metric, value })),
      after: hasAsked ? 'asking' : 'listening',
    }),
  };
};
