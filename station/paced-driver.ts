/**
 * A driver for a line that runs faster or slower than life (a recording played at some speed): it lives on the line's
 * own time, so that its time-outs, its questions and what it makes of the monitor's clock are those of the recording.
 * What it says is put back on the station's time.
 */
import { type Instant, instant } from '../core/time.ts';
import type { DeviceProfile, Driver, DriverOutput } from '../devices/device.ts';

/** The family as it is on a line of this speed: 10 is ten seconds of the line in each of the station's. */
export const pacedProfile = (profile: DeviceProfile, speed: number): DeviceProfile =>
  speed === 1
    ? profile
    : {
        ...profile,
        maxQuietMs: (options) => profile.maxQuietMs(options) / speed,
        createDriver: (options) => paced(profile.createDriver(options), speed),
      };

const paced = (driver: Driver, speed: number): Driver => {
  let origin: Instant | null = null;
  let ticked: Instant | null = null;
  const scaled = (at: Instant, factor: number): Instant => {
    origin ??= at;
    return instant(
      origin.wall + (at.wall - origin.wall) * factor,
      origin.mono + (at.mono - origin.mono) * factor,
    );
  };
  const told = (outputs: readonly DriverOutput[]): readonly DriverOutput[] =>
    outputs.map((output) => {
      if (output.type === 'observation') {
        const { observation } = output;
        const receivedAt = scaled(observation.receivedAt, 1 / speed);
        return { type: 'observation', observation: { ...observation, receivedAt } };
      }
      if (output.type === 'waveform') {
        const { block } = output;
        const periodMs = block.periodMs / speed;
        const receivedAt = scaled(block.receivedAt, 1 / speed);
        return { type: 'waveform', block: { ...block, periodMs, receivedAt } };
      }
      return output;
    });
  /** The ticks that fall between two moments of a fast line: a driver counts on about four a second of its own. */
  const tickTo = (now: Instant): readonly DriverOutput[] => {
    const at = scaled(now, speed);
    const outputs: DriverOutput[] = [];
    let from: Instant = ticked ?? at;
    const gapMs = at.mono - from.mono;
    // After a long stall only its end counts: every time-out is over by then.
    if (gapMs > MAX_TICKED_MS) from = instant(at.wall - MAX_TICKED_MS, at.mono - MAX_TICKED_MS);
    for (let ms = TICK_MS; from.mono + ms <= at.mono; ms += TICK_MS) {
      ticked = instant(from.wall + ms, from.mono + ms);
      outputs.push(...driver.tick(ticked));
    }
    ticked ??= at;
    return outputs;
  };
  return {
    start: (now) => {
      ticked = scaled(now, speed);
      return told(driver.start(ticked));
    },
    receive: (chunk, now) => told([...tickTo(now), ...driver.receive(chunk, scaled(now, speed))]),
    tick: (now) => told(tickTo(now)),
    end: (now) => told(driver.end(scaled(now, speed))),
    // No cuff: a recording inflates none.
  };
};

const TICK_MS = 250;
const MAX_TICKED_MS = 60_000;
