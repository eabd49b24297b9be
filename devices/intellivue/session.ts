/**
 * The connection to the monitor: asked for, accepted, described, polled; begun anew after a refusal, an abort or silence. A state
 * machine without a clock: it says what to send and what changed.
 * Source: README, "Association"; times are given there, or are our choice where it says so.
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { DriverOutput } from '../device.ts';
import { EXTENDED_OPTIONS, type UserInfo } from './association.ts';
import { type IntellivueMessage, intellivueCodec } from './codec.ts';
import { abortRequest, associationRequest, createAnswer, type PollKind } from './requests.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { TICKS_PER_MS } from './time.ts';

/** An unanswered request for the connection is repeated. */
const ASK_AGAIN_MS = 2_000;
/** After hanging up, what is still on its way is let pass. */
const PAUSE_MS = 1_000;
/** The monitor describes itself at once after accepting; in the capture in the next frame. */
const DESCRIBE_WITHIN_MS = 5_000;
/** Without numerics for so long the connection counts as lost. */
const LOST_AFTER_MS = 10_000;
/** Refusals in a row that a person should know of. */
const TELL_REFUSALS = 2;

/** The monitor hangs up when it hears nothing for so long; it follows from the period that was agreed on. */
export const silenceLimitMs = (minPollPeriod: number): number => {
  const periodMs = minPollPeriod / TICKS_PER_MS;
  if (periodMs <= 3_300) return 10_000;
  return periodMs <= 43_000 ? 3 * periodMs : 130_000;
};

type Phase =
  | { readonly name: 'closed' }
  | { readonly name: 'asking'; readonly since: Instant }
  | { readonly name: 'pausing'; readonly since: Instant }
  | { readonly name: 'accepted'; readonly since: Instant; readonly info: UserInfo }
  | { readonly name: 'running'; readonly schedule: Schedule; heardAt: Instant };

/** The connection of one line. All methods return what to send. */
export interface Session {
  open(now: Instant): readonly DriverOutput[];
  tick(now: Instant): readonly DriverOutput[];
  /** A message about the connection. */
  hear(message: IntellivueMessage, now: Instant): readonly DriverOutput[];
  /** Data of this kind came; without a connection of ours the monitor still believes in an earlier one. */
  data(kind: PollKind, now: Instant): readonly DriverOutput[];
  readonly isRunning: boolean;
  readonly isRefused: boolean;
  readonly isWithoutNumerics: boolean;
}

const request = (bytes: Uint8Array, purpose: string): DriverOutput => ({ type: 'request', bytes, purpose });

/** A session that asks for these kinds of data; it says nothing before `open`. */
export const createSession = (kinds: readonly PollKind[]): Session => {
  let phase: Phase = { name: 'closed' };
  let refusals = 0;
  /** When the monitor last said anything on this connection. */
  let spokenAt: Instant | null = null;

  const ask = (now: Instant): readonly DriverOutput[] => {
    phase = { name: 'asking', since: now };
    return [request(associationRequest(), 'data connection')];
  };

  const hangUp = (now: Instant, purpose: string): readonly DriverOutput[] => {
    phase = { name: 'pausing', since: now };
    return [request(abortRequest(), purpose)];
  };

  const run = (info: UserInfo | null, now: Instant): readonly DriverOutput[] => {
    const canExtend = info === null || (info.extendedOptions & EXTENDED_OPTIONS.numericsEverySecond) !== 0;
    const hasWaves = info === null || (info.extendedOptions & EXTENDED_OPTIONS.waves) !== 0;
    const polled = kinds.filter((kind) => kind !== 'waves' || hasWaves);
    const schedule = createSchedule(polled, canExtend, silenceLimitMs(info?.minPollPeriod ?? 0));
    phase = { name: 'running', schedule, heardAt: now };
    refusals = 0;
    return next(schedule, now);
  };

  const next = (schedule: Schedule, now: Instant): readonly DriverOutput[] => {
    const asked = schedule.next(now);
    return asked === null ? [] : [request(intellivueCodec.encode(asked.message), asked.purpose)];
  };

  return {
    open: ask,
    tick(now) {
      switch (phase.name) {
        case 'closed':
          return [];
        case 'asking':
          if (elapsedMs(phase.since, now) < ASK_AGAIN_MS) return [];
          // It does not refuse, it is silent.
          refusals = 0;
          return ask(now);
        case 'pausing':
          return elapsedMs(phase.since, now) >= PAUSE_MS ? ask(now) : [];
        case 'accepted':
          return elapsedMs(phase.since, now) >= DESCRIBE_WITHIN_MS
            ? hangUp(now, 'the monitor accepted and did not describe itself')
            : [];
        case 'running':
          // One that refuses its values goes on saying so; silent, it was switched off and knows no connection.
          return elapsedMs(
            phase.schedule.isWithoutNumerics ? (spokenAt ?? phase.heardAt) : phase.heardAt,
            now,
          ) >= LOST_AFTER_MS
            ? hangUp(now, 'no values for 10 s')
            : next(phase.schedule, now);
        default:
          return phase satisfies never;
      }
    },
    hear(message, now) {
      spokenAt = now;
      switch (message.kind) {
        case 'association-accept':
          phase = { name: 'accepted', since: now, info: message.info };
          return [];
        case 'association-refuse':
          refusals += 1;
          // An earlier connection may still stand, of a station that crashed.
          return hangUp(now, 'the monitor refused');
        case 'abort':
        case 'release-response':
          phase = { name: 'pausing', since: now };
          return [];
        case 'mds-create': {
          const answer = request(createAnswer(message.invokeId), 'answer to the description');
          if (phase.name === 'running') return [answer];
          return [answer, ...run(phase.name === 'accepted' ? phase.info : null, now)];
        }
        case 'error':
          if (phase.name === 'running') phase.schedule.refused(message.invokeId);
          return [];
        default:
          return [];
      }
    },
    data(kind, now) {
      spokenAt = now;
      if (phase.name === 'asking') return hangUp(now, 'an earlier connection still stands');
      if (phase.name !== 'running') return [];
      phase.schedule.heard(kind, now);
      if (kind === 'numerics') phase.heardAt = now;
      return [];
    },
    get isRunning() {
      return phase.name === 'running';
    },
    get isRefused() {
      return refusals >= TELL_REFUSALS;
    },
    get isWithoutNumerics() {
      return phase.name === 'running' && phase.schedule.isWithoutNumerics;
    },
  };
};
