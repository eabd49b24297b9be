/**
 * Plays a recording as if the monitor were there: the same chunks, with the same pauses between them. What a
 * host writes goes nowhere: the answers are in the recording already.
 */
import type { Instant } from '../../core/time.ts';
import type { SerialSettings } from '../device.ts';
import { lifecycle, notOpen } from './lifecycle.ts';
import type { Transport } from './transport.ts';

/** Bytes that arrived together, `offsetMs` milliseconds after the recording began. */
export interface ReplayChunk {
  readonly offsetMs: number;
  readonly bytes: Uint8Array;
}

/** Runs a function once after a delay (ms, 0 and more); returns how to call it off. */
export type Schedule = (delayMs: number, run: () => void) => () => void;

export interface ReplayOptions {
  readonly label: string;
  /** 1 is as fast as it was, 10 ten times faster; Infinity without any pause. Above 0. */
  readonly speed: number;
  readonly schedule: Schedule;
  /**
   * The time a chunk is stamped with: a station gives its clock (a `ReadClock` fits); a command that prints the
   * times of the recording computes them from the offset.
   */
  readonly stamp: (offsetMs: number) => Instant;
}

/** Chunks in one go before the event loop gets a turn, at unlimited speed. */
const CHUNKS_PER_TURN = 256;

/** A transport that plays `chunks`, in order of their offsets, and closes without a cause at their end. */
export const replayTransport = (
  chunks: Iterable<ReplayChunk>,
  { label, speed, schedule, stamp }: ReplayOptions,
): Transport => {
  if (!(speed > 0)) throw new RangeError(`speed ${speed}: a number above 0`);
  const life = lifecycle(label);
  let callOff: () => void = () => undefined;

  const play = () => {
    const upcoming = chunks[Symbol.iterator]();
    let playedMs = 0;
    const step = () => {
      for (let count = 0; count < CHUNKS_PER_TURN; count += 1) {
        const next = upcoming.next();
        if (next.done) {
          life.closed(null);
          return;
        }
        const chunk = next.value;
        const waitMs = Math.max(0, chunk.offsetMs - playedMs) / speed;
        playedMs = Math.max(playedMs, chunk.offsetMs);
        if (waitMs > 0) {
          callOff = schedule(waitMs, () => {
            deliver(chunk);
            step();
          });
          return;
        }
        deliver(chunk);
        if (life.phase() !== 'open') return;
      }
      callOff = schedule(0, step);
    };
    step();
  };
  const deliver = (chunk: ReplayChunk) => life.data(chunk.bytes, stamp(chunk.offsetMs));

  return {
    label,
    open(listener) {
      life.begin(listener);
      callOff = schedule(0, () => {
        life.opened();
        play();
      });
    },
    async write() {
      if (life.phase() !== 'open') throw notOpen(label);
    },
    async close() {
      callOff();
      life.closed(null);
    },
  };
};

/** Bytes a second that a line with these settings carries: each byte costs a start bit, its data, parity and stop bits. */
export const lineBytesPerSecond = (settings: SerialSettings): number =>
  settings.baudRate / (1 + settings.dataBits + (settings.parity === 'none' ? 0 : 1) + settings.stopBits);

/** How much a real port reads at once, roughly (ms of line time); sets the grain of synthetic times. */
const SLICE_MS = 20;

/**
 * Gives bytes without times the times they would have had on a busy line: slices of about 20 ms, each stamped
 * with the moment its last byte would have arrived. `startByte` is the position of `bytes` in their stream; the
 * slices then end at the same positions however the stream was read.
 */
export function* atLineRate(
  bytes: Uint8Array,
  settings: SerialSettings,
  startByte = 0,
): Generator<ReplayChunk, void, undefined> {
  const bytesPerMs = lineBytesPerSecond(settings) / 1_000;
  const sliceBytes = Math.max(1, Math.round(bytesPerMs * SLICE_MS));
  let from = 0;
  while (from < bytes.length) {
    const to = Math.min(bytes.length, from + sliceBytes - ((startByte + from) % sliceBytes));
    yield { offsetMs: (startByte + to) / bytesPerMs, bytes: bytes.subarray(from, to) };
    from = to;
  }
}
