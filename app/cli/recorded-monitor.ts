/** A driver fed from a recording: the recording's clock is its only clock. Used by `decode` and `replay`. */
import type { Observation } from '../../core/observation/observation.ts';
import { addMs, type EpochMs, elapsedMs, type Instant } from '../../core/time.ts';
import type { DeviceProfile, DriverOptions, DriverOutput } from '../../devices/device.ts';
import { DRIVER_TICK_MS } from '../../station/device-session.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import type { RecordingEvent } from '../recording.ts';

/** Counts of one decoding, as printed. */
export interface DecodeCounts {
  readonly device: string;
  readonly bytes: number;
  readonly frames: number;
  readonly rejectedBytes: number;
  readonly checksumErrors: number;
  /** Refusals by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  readonly observations: number;
}

export interface RecordedMonitor {
  /** What the driver makes of the next event; empty for most. */
  take(event: RecordingEvent): readonly Observation[];
  counts(): DecodeCounts;
}

/** Ticks for a silence longer than this are skipped (ms): every time-out of a driver is over by then. */
const MAX_TICKED_SILENCE_MS = 10 * 60_000;

/** A monitor of the given family, with these options of its driver. What the driver asks for goes nowhere. */
export const recordedMonitor = (
  profile: DeviceProfile,
  options: DriverOptions = resolveOptions(profile, {}),
): RecordedMonitor => {
  const driver = profile.createDriver(options);
  const rejected: Record<string, number> = {};
  const counts = { bytes: 0, frames: 0, rejectedBytes: 0, observations: 0 };
  let lastTick: Instant | null = null;

  const sift = (outputs: readonly DriverOutput[]): readonly Observation[] => {
    const observations: Observation[] = [];
    for (const output of outputs) {
      if (output.type === 'observation') observations.push(output.observation);
      else if (output.type === 'frame') counts.frames += 1;
      else if (output.type === 'rejected') {
        rejected[output.reason] = (rejected[output.reason] ?? 0) + 1;
        counts.rejectedBytes += output.byteCount;
      }
    }
    counts.observations += observations.length;
    return observations;
  };

  /** The ticks that a device session would have given until `now`. */
  const catchUp = (now: Instant): readonly DriverOutput[] => {
    const outputs: DriverOutput[] = [];
    if (lastTick === null) return outputs;
    const silentMs = elapsedMs(lastTick, now);
    if (silentMs > MAX_TICKED_SILENCE_MS) lastTick = addMs(lastTick, silentMs - MAX_TICKED_SILENCE_MS);
    while (elapsedMs(lastTick, now) >= DRIVER_TICK_MS) {
      lastTick = addMs(lastTick, DRIVER_TICK_MS);
      outputs.push(...driver.tick(lastTick));
    }
    return outputs;
  };

  return {
    take(event) {
      switch (event.type) {
        case 'open':
          lastTick = event.at;
          return sift(driver.start(event.at));
        case 'data':
          counts.bytes += event.bytes.length;
          return sift([...catchUp(event.at), ...driver.receive(event.bytes, event.at)]);
        case 'closed': {
          const ticked = catchUp(event.at);
          lastTick = null;
          return sift([...ticked, ...driver.end(event.at)]);
        }
        case 'begin':
        case 'warning':
          return [];
        default:
          return event satisfies never;
      }
    },
    counts: () => ({
      device: profile.id,
      bytes: counts.bytes,
      frames: counts.frames,
      rejectedBytes: counts.rejectedBytes,
      checksumErrors: rejected.checksum ?? 0,
      rejected: { ...rejected },
      observations: counts.observations,
    }),
  };
};

/**
 * An observation as one line of JSON. `time` is the monitor's own clock, read as UTC, where the protocol carries
 * one; else the time of receipt of a capture, or for plain bytes `elapsed`, seconds from their start.
 * `ageAtReceiptMs` is there only when the value may have been old already.
 */
export const observationLine = (observation: Observation, device: string, isCapture: boolean): string => {
  const { deviceTime, receivedAt, ageAtReceiptMs } = observation;
  const isTimed = deviceTime !== null || isCapture;
  return JSON.stringify({
    ...(isTimed
      ? { time: isoTime(deviceTime ?? receivedAt.wall) }
      : { elapsed: Math.round(receivedAt.mono) / 1_000 }),
    code: observation.metric,
    value: observation.value,
    unit: observation.unit,
    validity: observation.validity,
    device,
    ...(ageAtReceiptMs > 0 ? { ageAtReceiptMs } : {}),
  });
};

const isoTime = (at: EpochMs): string => new Date(at).toISOString();
