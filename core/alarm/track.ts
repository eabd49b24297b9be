/**
 * Delay and hysteresis of one condition (F-1, F-2). A condition is on when it has been true for its delay; it
 * is off again when it has been well inside for its clearing time. A gap in the numbers neither restarts a
 * running delay nor ends anything; silence of 30 s, or a sensor that is off for 10 s, restarts the delay.
 */
import { elapsedMs, type Instant } from '../time.ts';
import type { Sample } from './judgement.ts';
import type { Track } from './state.ts';

/** The track after one look; undefined: nothing to remember. The same object if nothing changed. */
export const advance = (track: Track | undefined, sample: Sample, at: Instant): Track | undefined => {
  if (track === undefined) return sample.truth === 'true' ? begin(sample, at) : undefined;
  return track.on ? running(track, sample, at) : waiting(track, sample, at);
};

const begin = (sample: Sample, at: Instant): Track => {
  const since = sample.since ?? at;
  return { since, on: elapsedMs(since, at) >= sample.delayMs, insideSince: null };
};

const waiting = (track: Track, sample: Sample, at: Instant): Track | undefined => {
  if (sample.truth === 'unknown') return track;
  if (sample.truth !== 'true') return undefined;
  return elapsedMs(track.since, at) >= sample.delayMs ? { ...track, on: true } : track;
};

const running = (track: Track, sample: Sample, at: Instant): Track | undefined => {
  if (sample.truth === 'unknown') return track;
  if (sample.truth !== 'inside') {
    return track.insideSince === null ? track : { ...track, insideSince: null };
  }
  const insideSince = track.insideSince ?? at;
  if (elapsedMs(insideSince, at) >= sample.clearAfterMs) return undefined;
  return track.insideSince === null ? { ...track, insideSince } : track;
};
