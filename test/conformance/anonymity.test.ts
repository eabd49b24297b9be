/**
 * A customer's capture becomes a fixture: for every family the values stay, and nothing comes through that the family
 * does not know to be harmless.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anonymised, namesIn, partOf, survivorIn } from '../../app/anonymised-recording.ts';
import { observationLine, recordedMonitor } from '../../app/cli/recorded-monitor.ts';
import type { RecordingEvent } from '../../app/recording.ts';
import type { DeviceProfile } from '../../devices/device.ts';
import { resolveOptions } from '../../station/driver-options.ts';
import { recordingOf } from '../support/recorded.ts';
import { PAIRS } from './pairs.ts';
import { simulated } from './run.ts';

const SECONDS = 40;
const SECRET = 'DOE^JANE MRN47118';

const observationsOf = (events: readonly RecordingEvent[], profile: DeviceProfile): readonly string[] => {
  const monitor = recordedMonitor(profile);
  return events.flatMap((event) =>
    monitor.take(event).map((observation) => observationLine(observation, profile.id, true)),
  );
};

const bytesOf = (events: readonly RecordingEvent[]): Buffer =>
  Buffer.concat(events.flatMap((event) => (event.type === 'data' ? [event.bytes] : [])));

const cleaned = (events: readonly RecordingEvent[], profile: DeviceProfile): readonly RecordingEvent[] => {
  if (profile.anonymity.kind === 'refuses') throw new Error(profile.anonymity.why);
  return anonymised(events, profile.anonymity, resolveOptions(profile, {}));
};

describe.each(PAIRS.map(({ id, profile, simulator }) => [id, profile, simulator] as const))(
  'a fixture of %s',
  (_id, profile, simulator) => {
    const options = resolveOptions(profile, {});
    if (profile.anonymity.kind === 'refuses') {
      it('cannot be made, and the family says why', () => {
        expect(profile.anonymity).toMatchObject({ why: expect.stringMatching(/\w/) });
      });
      return;
    }

    it('decodes to the values of the recording, at their times', () => {
      const events = recordingOf(profile, simulator, SECONDS);
      const before = observationsOf(events, profile);
      const after = cleaned(events, profile);
      expect(before.length).toBeGreaterThan(3);
      expect(observationsOf(after, profile)).toEqual(before);
      // Made twice it is the same: nothing is left to be blanked.
      expect(observationsOf(cleaned(after, profile), profile)).toEqual(before);
    });

    it('has none of the names that the monitor gave', () => {
      const events = recordingOf(profile, simulator, SECONDS);
      const names = namesIn(events, profile, options);
      expect(survivorIn(cleaned(events, profile), names)).toBeNull();
    });

    it('has nothing of what stands between the messages, and still the same values', () => {
      const events = recordingOf(profile, simulator, SECONDS, Buffer.from(`${SECRET}\r\n`));
      const after = cleaned(events, profile);
      expect(bytesOf(events).includes(SECRET)).toBe(true);
      expect(bytesOf(after).includes('MRN4711')).toBe(false);
      expect(bytesOf(after).includes('JANE')).toBe(false);
      expect(observationsOf(after, profile)).toEqual(observationsOf(events, profile));
    });

    it('has nothing of any text that is no message', () => {
      fc.assert(
        fc.property(fc.stringMatching(/^[B-WYZ]{6,30}$/), (text) => {
          const at = simulated(0);
          const events: readonly RecordingEvent[] = [
            { type: 'open', at },
            { type: 'data', bytes: Buffer.from(`${text}\r\n\r${text}`), at },
            { type: 'closed', at },
          ];
          expect(bytesOf(cleaned(events, profile)).includes(text.slice(0, 5))).toBe(false);
        }),
        { numRuns: 50 },
      );
    });

    it('of a part begins and ends with that part', () => {
      const events = recordingOf(profile, simulator, SECONDS);
      const part = partOf(events, 10_000, 20_000);
      const times = part.flatMap((event) => (event.type === 'data' ? [event.at.mono] : []));
      expect(Math.min(...times)).toBeGreaterThanOrEqual(10_000);
      expect(Math.max(...times)).toBeLessThanOrEqual(20_000);
      expect(observationsOf(cleaned(part, profile), profile)).toEqual(observationsOf(part, profile));
    });
  },
);
