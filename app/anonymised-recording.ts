/** A recording without what identifies: the same values at the same times, in bytes that the family's codec made anew. */
import { type Instant, instant } from '../core/time.ts';
import type { DeviceProfile, DriverOptions } from '../devices/device.ts';
import type { Anonymity } from '../devices/framing/anonymise.ts';
import type { RecordingEvent } from './recording.ts';

/** A pause after which a message without an end mark counts as whole (ms): that of the drivers that wait for one. */
const QUIET_MS = 400;
/** A name so short may stand in a fixture by chance (characters). */
const SHORTEST_NAME = 4;

/** The part of a recording from `fromMs` to `toMs` (ms since its start), as if the line had been opened for it. */
export const partOf = (
  events: readonly RecordingEvent[],
  fromMs: number,
  toMs: number,
): readonly RecordingEvent[] => {
  const inside = events.filter(
    (event) => 'at' in event && event.at.mono >= fromMs && event.at.mono <= toMs && event.type !== 'closed',
  );
  const data = inside.filter((event) => event.type === 'data');
  const [first] = data;
  const last = data.at(-1);
  if (first === undefined || last === undefined) return [];
  const breaks = events.filter(
    (event) => event.type === 'closed' && event.at.mono > first.at.mono && event.at.mono < last.at.mono,
  );
  const ordered = [
    ...inside.filter((event) => event.type !== 'open'),
    ...breaks,
    ...opensAfter(events, breaks),
  ];
  return [
    { type: 'open', at: first.at },
    ...ordered.sort((a, b) => timeOf(a).mono - timeOf(b).mono || ORDER[a.type] - ORDER[b.type]),
    { type: 'closed', at: last.at },
  ];
};

const ORDER = { begin: 0, closed: 1, open: 2, data: 3, warning: 4 } as const;

const opensAfter = (
  events: readonly RecordingEvent[],
  breaks: readonly RecordingEvent[],
): readonly RecordingEvent[] =>
  breaks.flatMap((broken) => {
    const next = events.slice(events.indexOf(broken)).find(({ type }) => type === 'open');
    return next ?? [];
  });

const timeOf = (event: RecordingEvent): Instant => ('at' in event ? event.at : instant(0, 0));

/** What the family makes of a recording. @throws RangeError when a message cannot be encoded anew. */
export const anonymised = (
  events: readonly RecordingEvent[],
  anonymity: Extract<Anonymity, { readonly kind: 'blanks' }>,
  options: DriverOptions,
): readonly RecordingEvent[] => {
  const out: RecordingEvent[] = [];
  let making = anonymity.anonymiser(options);
  const put = (bytes: Uint8Array, at: Instant): void => {
    if (bytes.length > 0) out.push({ type: 'data', bytes, at });
  };
  let lastAt = instant(0, 0);
  for (const [index, event] of events.entries()) {
    switch (event.type) {
      case 'data': {
        lastAt = event.at;
        put(making.push(event.bytes), event.at);
        const next = events[index + 1];
        const isQuiet = next === undefined || timeOf(next).mono - event.at.mono >= QUIET_MS;
        if (isQuiet) put(making.quiet(), event.at);
        break;
      }
      case 'closed':
        put(making.end(), lastAt);
        making = anonymity.anonymiser(options);
        out.push(event);
        break;
      case 'open':
        lastAt = event.at;
        out.push(event);
        break;
      case 'begin':
      case 'warning':
        break;
      default:
        event satisfies never;
    }
  }
  return out;
};

/** Who the monitor said it is and whom it is connected to, as its driver understood it: none of it may be in a fixture. */
export const namesIn = (
  events: readonly RecordingEvent[],
  profile: DeviceProfile,
  options: DriverOptions,
): readonly string[] => {
  const driver = profile.createDriver(options);
  const names = new Set<string>();
  for (const event of events) {
    if (event.type !== 'data' && event.type !== 'open') continue;
    const outputs = event.type === 'open' ? driver.start(event.at) : driver.receive(event.bytes, event.at);
    for (const output of outputs) {
      if (output.type === 'identity') names.add(output.identity.serial ?? '');
      if (output.type === 'admission') names.add(output.patient ?? '');
    }
  }
  return [...names].filter((name) => name.length >= SHORTEST_NAME && /[1-9A-WYZa-wyz]/.test(name));
};

/** The first of `names` that stands in the bytes, as one-byte or two-byte characters; null: none does. */
export const survivorIn = (events: readonly RecordingEvent[], names: readonly string[]): string | null => {
  const bytes = Buffer.concat(events.flatMap((event) => (event.type === 'data' ? [event.bytes] : [])));
  return names.find((name) => bytes.includes(name, 0, 'latin1') || bytes.includes(wide(name))) ?? null;
};

const wide = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();
