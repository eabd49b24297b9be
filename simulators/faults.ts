/**
 * What can happen to the bytes between a monitor and its host. A wrapper that works for every simulator. Which
 * byte is damaged depends on its place in the stream and the seed, never on how the stream was cut into calls.
 */
import { bits, type Stream, stream, uniform } from './random.ts';
import type { ScenarioLineFault } from './scenario.ts';
import type { DeviceSimulator } from './simulator.ts';

/** A fault of the line in [fromMs, toMs) of the time given to `advanceTo`; `toMs` may be Infinity. */
export type LineFault =
  /** The cable is out: nothing passes either way, what was sent is lost. */
  | { readonly kind: 'cut'; readonly fromMs: number; readonly toMs: number }
  /** Something on the way holds the monitor's bytes back and delivers them at once, late, at the end. */
  | { readonly kind: 'stall'; readonly fromMs: number; readonly toMs: number }
  /** What the monitor sends is lost; what the host asks still reaches it. */
  | { readonly kind: 'silence'; readonly fromMs: number; readonly toMs: number }
  /** What the monitor sends arrives late by `delayMs`, in order. */
  | { readonly kind: 'delay'; readonly fromMs: number; readonly toMs: number; readonly delayMs: number }
  | {
      readonly kind: 'noise';
      readonly fromMs: number;
      readonly toMs: number;
      /** Chance (0 to 1), for each byte, of one flipped bit. */
      readonly flipPerByte: number;
      /** Chance, for each byte, to be lost. */
      readonly dropPerByte: number;
      /** Chance, for each byte, of a foreign byte before it. */
      readonly insertPerByte: number;
    };

/** A stalled line holds no more than this; what comes then is lost, as in a full buffer. */
const HELD_BYTES_MAX = 65_536;
/** And a late one this many. */
const LATE_BYTES_MAX = 1_048_576;

/** What befalls a line: fixed, or asked for at every step, where a person adds to it while it runs. */
export type FaultsOf<Fault> = readonly Fault[] | (() => readonly Fault[]);

/** The faults as they are now. */
export const faultsNow = <Fault>(faults: FaultsOf<Fault>): readonly Fault[] =>
  typeof faults === 'function' ? faults() : faults;

/**
 * The simulator behind a faulty line. `source` may overlap; a cut wins over everything. What is added while it runs must
 * begin after the last step.
 */
export const withLineFaults = (
  simulator: DeviceSimulator,
  source: FaultsOf<LineFault>,
  seed: number,
): DeviceSimulator => {
  let faults = faultsNow(source);
  let edges = edgesOf(faults);
  const toHost = damage(seed, 'line.to-host');
  const toMonitor = damage(seed, 'line.to-monitor');
  let nowMs = 0;
  let held: Uint8Array[] = [];
  let heldCount = 0;
  const late = createLateBytes();

  const refresh = (): void => {
    const now = faultsNow(source);
    if (now === faults) return;
    faults = now;
    edges = edgesOf(now);
  };
  const active = <Kind extends LineFault['kind']>(kind: Kind, atMs: number) =>
    faults.find(
      (fault): fault is Extract<LineFault, { kind: Kind }> =>
        fault.kind === kind && fault.fromMs <= atMs && atMs < fault.toMs,
    );
  const damaged = (apply: Damage, bytes: Uint8Array, atMs: number): Uint8Array => {
    return apply(bytes, active('noise', atMs) ?? QUIET);
  };

  /** What leaves the monitor's end of the line of bytes that it sent at `atMs`. */
  const sentAt = (bytes: Uint8Array, atMs: number): readonly Uint8Array[] => {
    const isLost = active('cut', atMs) !== undefined || active('silence', atMs) !== undefined;
    const sent = isLost ? NOTHING : damaged(toHost, bytes, atMs);
    if (active('stall', atMs) !== undefined) {
      const room = sent.subarray(0, Math.max(0, HELD_BYTES_MAX - heldCount));
      held.push(room);
      heldCount += room.length;
      return [];
    }
    const released = held;
    held = [];
    heldCount = 0;
    return [...released, sent];
  };

  /** What the host has got by `untilMs` of it and of what was late. */
  const outward = (bytes: Uint8Array, atMs: number, untilMs: number): readonly Uint8Array[] => {
    if (active('cut', atMs) !== undefined) late.lose();
    return late.pass(sentAt(bytes, atMs), atMs + (active('delay', atMs)?.delayMs ?? 0), untilMs);
  };

  return {
    advanceTo: (elapsedMs) => {
      refresh();
      const parts: Uint8Array[] = [];
      for (const edge of edges) {
        if (edge <= nowMs || edge >= elapsedMs) continue;
        parts.push(...outward(simulator.advanceTo(edge), nowMs, edge));
        nowMs = edge;
      }
      parts.push(...outward(simulator.advanceTo(elapsedMs), nowMs, elapsedMs));
      nowMs = elapsedMs;
      return joined(parts);
    },
    receive: (bytes) => {
      refresh();
      if (active('cut', nowMs) !== undefined) return NOTHING;
      return joined(outward(simulator.receive(damaged(toMonitor, bytes, nowMs)), nowMs, nowMs));
    },
  };
};

/** The line faults of a scenario in milliseconds; a monitor that is switched off is not a fault of the line. */
export const lineFaultsOf = (line: readonly ScenarioLineFault[]): readonly LineFault[] =>
  line.flatMap((fault): LineFault[] => {
    if (fault.kind === 'restart') return [];
    const fromMs = fault.atS * 1000;
    const toMs = fault.durationS === undefined ? Number.POSITIVE_INFINITY : fromMs + fault.durationS * 1000;
    return [
      fault.kind === 'delay'
        ? { kind: 'delay', fromMs, toMs, delayMs: fault.delayS * 1000 }
        : { ...fault, fromMs, toMs },
    ];
  });

const edgesOf = (faults: readonly LineFault[]): readonly number[] =>
  [...new Set(faults.flatMap((fault) => [fault.fromMs, fault.toMs]))].sort((a, b) => a - b);

/** Bytes on their way: each part arrives when it is due, never before those sent before it. */
const createLateBytes = () => {
  let waiting: { readonly dueMs: number; readonly part: Uint8Array }[] = [];
  let count = 0;
  return {
    lose: (): void => {
      waiting = [];
      count = 0;
    },
    pass: (parts: readonly Uint8Array[], dueMs: number, untilMs: number): readonly Uint8Array[] => {
      if (waiting.length === 0 && dueMs <= untilMs) return parts;
      const earliestMs = Math.max(dueMs, waiting.at(-1)?.dueMs ?? 0);
      for (const part of parts) {
        const room = part.subarray(0, Math.max(0, LATE_BYTES_MAX - count));
        if (room.length === 0) continue;
        waiting.push({ dueMs: earliestMs, part: room });
        count += room.length;
      }
      const arrived = waiting.filter((entry) => entry.dueMs <= untilMs).map((entry) => entry.part);
      waiting = waiting.slice(arrived.length);
      count -= arrived.reduce((sum, part) => sum + part.length, 0);
      return arrived;
    },
  };
};

type Rates = Pick<Extract<LineFault, { kind: 'noise' }>, 'flipPerByte' | 'dropPerByte' | 'insertPerByte'>;
type Damage = (bytes: Uint8Array, rates: Rates) => Uint8Array;

const QUIET: Rates = { flipPerByte: 0, dropPerByte: 0, insertPerByte: 0 };
const NOTHING = new Uint8Array(0);

/** One direction of the line: counts its bytes, and damages the n-th by the n-th random numbers. */
const damage = (seed: number, name: string): Damage => {
  const flips = stream(seed, `${name}.flip`);
  const drops = stream(seed, `${name}.drop`);
  const inserts = stream(seed, `${name}.insert`);
  const choices = stream(seed, `${name}.choice`);
  const happens = (source: Stream, place: number, chance: number) =>
    chance > 0 && uniform(source, place) < chance;
  let place = 0;

  return (bytes, rates) => {
    const out: number[] = [];
    for (const byte of bytes) {
      const choice = bits(choices, place);
      if (happens(inserts, place, rates.insertPerByte)) out.push((choice >>> 8) & 0xff);
      if (!happens(drops, place, rates.dropPerByte)) {
        out.push(happens(flips, place, rates.flipPerByte) ? byte ^ (1 << (choice & 7)) : byte);
      }
      place += 1;
    }
    return Uint8Array.from(out);
  };
};

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const only = parts.length === 1 ? parts[0] : undefined;
  return only ?? new Uint8Array(Buffer.concat(parts));
};
