/** A recording in the station's own pipeline, at any speed: the same numbers, also of families that are asked. */
import { describe, expect, it } from 'vitest';
import type { RecordingEvent } from '../../app/recording.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { replayTransport } from '../../devices/transport/replay.ts';
import { startDeviceSession } from '../../station/device-session.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { pacedProfile } from '../../station/paced-driver.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { recordingOf } from '../support/recorded.ts';
import { PAIRS } from './pairs.ts';

const SECONDS = 30;

/** What the session says of a recording played at this speed: metric and value, and whether all came when they were due. */
const play = async (profile: DeviceProfile, events: readonly RecordingEvent[], speed: number) => {
  const clock = fakeClock();
  const values: string[] = [];
  let areOnTime = true;
  const chunks = events.flatMap((event) =>
    event.type === 'data' ? [{ offsetMs: event.at.mono, bytes: event.bytes }] : [],
  );
  const session = startDeviceSession(
    pacedProfile(profile, speed),
    resolveOptions(profile, {}),
    () =>
      replayTransport(chunks, {
        label: 'recording',
        speed,
        schedule: (delayMs, run) => clock.after(delayMs, run),
        stamp: clock.now,
      }),
    clock,
    {
      outputs: (outputs, at) => {
        for (const output of outputs) {
          if (output.type !== 'observation') continue;
          const { metric, value, receivedAt } = output.observation;
          values.push(`${metric}=${value}`);
          // Never from the future, and no older than what a driver holds back.
          const lateMs = at.mono - receivedAt.mono;
          if (lateMs < -1 || lateMs > 10_000 / speed) areOnTime = false;
        }
      },
      status: () => undefined,
      raw: () => undefined,
    },
  );
  for (let passed = 0; passed < (SECONDS + 2) * 1000; passed += 250 * speed) await clock.advance(250);
  await session.stop();
  return { values, areOnTime };
};

describe.each(PAIRS.map(({ id, profile, simulator }) => [id, profile, simulator] as const))(
  'a recording of %s',
  (_id, profile, simulator) => {
    const events = recordingOf(profile, simulator, SECONDS);
    const usual = play(profile, events, 1);
    it.each([0.5, 4, 20])('gives at speed %d the values that it gives at its own', async (speed) => {
      const { values } = await usual;
      expect(values.length).toBeGreaterThan(3);
      const { values: those, areOnTime } = await play(profile, events, speed);
      expect(those).toEqual(values);
      expect(areOnTime).toBe(true);
    });
  },
);
