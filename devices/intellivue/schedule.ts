/**
 * When which data are asked for on a running connection. Extended polls are asked again long before they run out, and sooner when
 * nothing comes: in the real capture some requests were answered once or twice only. A monitor that does not know extended
 * polls is asked time and again by single ones. At most one request a tick: monitors take four frames in 128 ms.
 * All times are our choice within the rules of the README, "Association" and "Polls and results".
 */
import { elapsedMs, type Instant } from '../../core/time.ts';
import type { IntellivueMessage } from './codec.ts';
import { type PollKind, pollMessage, wavesChoice } from './requests.ts';

/** What to send now, and what it is for. */
export interface Asked {
  readonly message: IntellivueMessage;
  readonly purpose: string;
}

/** Asks for data while a connection runs. */
export interface Schedule {
  /** The next request, if one is due. */
  next(now: Instant): Asked | null;
  /** A result of this kind came. */
  heard(kind: PollKind, now: Instant): void;
  /** The monitor answered the request `invokeId` with an error. */
  refused(invokeId: number): void;
  /** The monitor refuses to send numerics, by either kind of poll. */
  readonly isWithoutNumerics: boolean;
}

/** How one kind of data is asked for. */
interface PollState {
  readonly kind: PollKind;
  isExtended: boolean;
  isOff: boolean;
  sentAt: Instant | null;
  heardAt: Instant | null;
  invokeId: number | null;
}

/** A quiet extended poll is asked again after this (ms): three cycles of numerics. Alarms may be quiet. */
const NUDGE_MS: Readonly<Record<PollKind, number>> = { numerics: 3_000, waves: 3_000, alerts: 10_000 };
const RENEW_MS: Readonly<Record<PollKind, number>> = { numerics: 10_000, waves: 10_000, alerts: 10_000 };
/** Single polls. */
const REPEAT_MS: Readonly<Record<PollKind, number>> = { numerics: 1_000, waves: 1_000, alerts: 2_000 };
/** A refused single poll for numerics is tried again. */
const RETRY_MS = 5_000;

/** A schedule for a connection that began now. `silenceMs`: the monitor hangs up when it hears nothing for so long. */
export const createSchedule = (
  kinds: readonly PollKind[],
  canExtend: boolean,
  silenceMs: number,
): Schedule => {
  const renewMs = Math.min(RENEW_MS.numerics, silenceMs / 2);
  const polls: PollState[] = kinds.map((kind) => ({
    kind,
    isExtended: kind === 'waves' || canExtend,
    isOff: false,
    sentAt: null,
    heardAt: null,
    invokeId: null,
  }));
  let invokeId = 1;
  let isWavesChosen = !kinds.includes('waves');
  let isWithoutNumerics = false;

  const nextId = (): number => {
    invokeId = invokeId >= 0xffff ? 2 : invokeId + 1;
    return invokeId;
  };

  const isDue = ({ kind, isExtended, isOff, sentAt, heardAt }: PollState, now: Instant): boolean => {
    if (isOff) return false;
    if (sentAt === null) return true;
    const sinceSentMs = elapsedMs(sentAt, now);
    if (!isExtended)
      return sinceSentMs >= (isWithoutNumerics && kind === 'numerics' ? RETRY_MS : REPEAT_MS[kind]);
    const quietMs = heardAt === null ? sinceSentMs : Math.min(sinceSentMs, elapsedMs(heardAt, now));
    return sinceSentMs >= (kind === 'numerics' ? renewMs : RENEW_MS[kind]) || quietMs >= NUDGE_MS[kind];
  };

  return {
    next(now) {
      const first = polls[0];
      if (!isWavesChosen && first?.sentAt !== null) {
        isWavesChosen = true;
        return { message: wavesChoice(nextId()), purpose: 'choice of waves' };
      }
      const poll = polls.find((one) => isDue(one, now));
      if (poll === undefined) return null;
      poll.sentAt = now;
      poll.invokeId = nextId();
      return { message: pollMessage(poll.kind, poll.isExtended, poll.invokeId), purpose: poll.kind };
    },
    heard(kind, now) {
      for (const poll of polls) if (poll.kind === kind) poll.heardAt = now;
      if (kind === 'numerics') isWithoutNumerics = false;
    },
    refused(refusedId) {
      const poll = polls.find((one) => one.invokeId === refusedId);
      if (poll === undefined) return;
      if (poll.isExtended && poll.kind !== 'waves') {
        poll.isExtended = false;
        poll.sentAt = null;
      } else if (poll.kind === 'numerics') isWithoutNumerics = true;
      else poll.isOff = true;
    },
    get isWithoutNumerics() {
      return isWithoutNumerics;
    },
  };
};
