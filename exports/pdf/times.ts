/** Times as the clinic reads them: its zone, named once, and minutes from the start of the infusion. */
import type { SessionDocument } from '../../core/review/session-document.ts';
import { infusionStartedAt } from '../../core/session/session.ts';
import type { EpochMs } from '../../core/time.ts';

export interface ClinicTimes {
  /**
   * "14:03"; with the day before it when it is not the day of the visit, and with its difference from UTC after it when that is
   * not the one of the visit's start. The same for the others.
   */
  readonly clock: (at: EpochMs) => string;
  /** "14:03", for an axis: the clock and nothing else. */
  readonly axis: (at: EpochMs) => string;
  /** "14:03:25", likewise. */
  readonly second: (at: EpochMs) => string;
  /** "2026-03-01". */
  readonly day: (at: EpochMs) => string;
  /** "2026-03-01 14:03". */
  readonly moment: (at: EpochMs) => string;
  /** Whole minutes since the infusion started, "−5" before; empty when it never did. */
  readonly minute: (at: EpochMs) => string;
  /** "America/New_York (UTC−05:00)"; both differences when the clocks were changed meanwhile. */
  readonly zone: string;
}

/** @throws RangeError when `timeZone` is no IANA name that this runtime knows. */
export const clinicTimes = (document: SessionDocument, timeZone: string): ClinicTimes => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit', second: '2-digit' } as const),
  });
  const partsOf = (at: EpochMs) => {
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
    return {
      day: `${parts.year}-${parts.month}-${parts.day}`,
      clock: `${parts.hour}:${parts.minute}`,
      second: parts.second ?? '',
    };
  };
  const visitDay = partsOf(document.session.openedAt).day;
  const start = infusionStartedAt(document.session);
  const { from, to } = document.figures;
  const offsetAt = offsetReader(timeZone);
  const first = offsetAt(from);
  /** " (UTC−05:00)" where the clocks were not as at the start: in the night in which they are set back times come twice. */
  const other = (at: EpochMs): string => (offsetAt(at) === first ? '' : ` (${offsetAt(at)})`);
  const placed = (day: string, time: string): string => (day === visitDay ? time : `${day} ${time}`);
  return {
    clock: (at) => {
      const { day, clock } = partsOf(at);
      return `${placed(day, clock)}${other(at)}`;
    },
    axis: (at) => partsOf(at).clock,
    second: (at) => {
      const { day, clock, second } = partsOf(at);
      return `${placed(day, `${clock}:${second}`)}${other(at)}`;
    },
    day: (at) => partsOf(at).day,
    moment: (at) => {
      const { day, clock } = partsOf(at);
      return `${day} ${clock}${other(at)}`;
    },
    minute: (at) => (start === null ? '' : minuteText((at - start) / 60_000)),
    zone: zoneText(timeZone, [...new Set([first, offsetAt(to)])]),
  };
};

/** A number of minutes as it is printed, with a true minus. */
export const minuteText = (minutes: number): string => {
  const whole = Math.round(minutes);
  return whole < 0 ? `−${-whole}` : String(whole);
};

const zoneText = (timeZone: string, offsets: readonly string[]): string =>
  offsets.length === 1 && offsets[0] === timeZone ? timeZone : `${timeZone} (${offsets.join(', then ')})`;

/** "UTC−05:00": what the clocks of the zone differ from UTC by, at a moment. */
const offsetReader = (timeZone: string): ((at: EpochMs) => string) => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    return name === 'GMT' ? 'UTC' : name.replace('GMT', 'UTC').replace('-', '−');
  };
};

/** "45 s", "12 min", "12 min 30 s", "1 h 05 min": a length of time, to the second below an hour. */
export const spanText = (ms: number): string => {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours > 0) return `${hours} h ${String(minutes).padStart(2, '0')} min`;
  return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`;
};
