/** Times as people in one zone read them. Machines get UTC. */
import type { EpochMs } from '../core/time.ts';

/** Day and time of a moment in one zone. */
export interface ZoneTime {
  readonly date: string;
  /** With seconds, 24 h. */
  readonly time: string;
}

/** True for a name that the zone tables know ("Europe/Berlin", "UTC"). */
export const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en-GB', { timeZone: name });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
};

/** A reader of moments in a zone: `2026-03-01`, `14:03:22`. @throws RangeError for an unknown zone. */
export const zoneReader = (timeZone: string): ((at: EpochMs) => ZoneTime) => {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  });
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
    const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
    return {
      date: `${part('year')}-${part('month')}-${part('day')}`,
      time: `${part('hour')}:${part('minute')}:${part('second')}`,
    };
  };
};

/** The moment for machines: ISO 8601 in UTC with milliseconds. */
export const isoUtc = (at: EpochMs): string => new Date(at).toISOString();
