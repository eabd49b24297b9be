/**
 * The session as a flowsheet: a line for each step of time with the last value within it and that value's age, a line
 * for each cuff reading and one for each entry of the record at their own times. Columns: docs/exports.md.
 */
import { deliveredMg } from '../../core/dose/delivery.ts';
import type { DoseState } from '../../core/dose/dose-state.ts';
import type { StoredFrame } from '../../core/observation/stored-frame.ts';
import { eventText } from '../../core/record/event-text.ts';
import { isReadingExcluded } from '../../core/review/exclusions.ts';
import { readingDoubt } from '../../core/review/pressures.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { NibpReading } from '../../core/session/events.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';
import { isLeftOut } from '../left-out.ts';
import { isoUtc, zoneReader } from '../zone-time.ts';
import { type Cell, rounded, secondsCell, textCell } from './cells.ts';
import { type Heard, type Lane, laneCells, laneHeadings, lanesOf, NOTHING_HEARD } from './lanes.ts';
import { placesOf } from './places.ts';

const PLACE_COLUMNS = ['row', 'time', 'local time', 'elapsed (min)', 'since infusion (min)', 'phase'];
const CUFF_COLUMNS = [
  'NIBP sys (mm[Hg])',
  'NIBP dia (mm[Hg])',
  'NIBP mean (mm[Hg])',
  'NIBP PR ({beat}/min)',
  'NIBP age (s)',
  'NIBP mark',
  'NIBP monitor',
];
const DOSE_COLUMNS = ['pump rate (mL/h)', 'drug given (mg)'];
const ENTRY_COLUMNS = ['entry', 'event', 'text', 'by'];

const blank = (columns: readonly unknown[]): readonly Cell[] => columns.map(() => null);

/** A line with its moment; lines of one moment stand in the order step, cuff, event. */
interface Line {
  readonly at: EpochMs;
  readonly cells: readonly Cell[];
}

export function* flowsheetRows(
  document: SessionDocument,
  stepMs: number,
  timeZone: string,
): Generator<readonly Cell[]> {
  const { session } = document;
  const lanes = lanesOf(document);
  const placeOf = placesOf(document);
  const read = zoneReader(timeZone);
  const headings = lanes.flatMap(laneHeadings);
  const doseColumns = session.visit.dose === null ? [] : DOSE_COLUMNS;
  yield [...PLACE_COLUMNS, ...headings, ...CUFF_COLUMNS, ...doseColumns, ...ENTRY_COLUMNS, 'origin'];

  const line = (row: string, at: EpochMs, parts: Partial<Record<Part, readonly Cell[]>>): Line => {
    const { phase, elapsedMs, sinceInfusionMs } = placeOf(at);
    const { date, time } = read(at);
    return {
      at,
      cells: [
        row,
        isoUtc(at),
        `${date} ${time}`,
        minutes(elapsedMs),
        sinceInfusionMs === null ? null : minutes(sinceInfusionMs),
        phase,
        ...(parts.lanes ?? blank(headings)),
        ...(parts.cuff ?? blank(CUFF_COLUMNS)),
        ...(parts.dose ?? blank(doseColumns)),
        ...(parts.entry ?? blank(ENTRY_COLUMNS)),
        session.origin,
      ],
    };
  };

  const { dose } = session.visit;
  const cuffs = document.readings.map((reading) =>
    line('cuff', reading.receivedAt.wall, {
      cuff: [
        reading.systolic,
        reading.diastolic,
        reading.mean,
        reading.pulseRate,
        secondsCell(reading.ageAtReceiptMs),
        cuffMark(document, reading),
        textCell(reading.monitorId),
      ],
    }),
  );
  const zoneClock = (at: EpochMs) => read(at).time.slice(0, 5);
  const entries = document.events.map((event) =>
    line('event', event.at.wall, {
      entry: [
        event.sequence,
        event.body.type,
        textCell(eventText(event, zoneClock, session.visit)),
        textCell(event.by),
      ],
    }),
  );
  const others = [...cuffs, ...entries].sort((a, b) => a.at - b.at);
  let next = 0;
  for (const { end, heard } of steps(document, lanes, stepMs)) {
    for (; (others[next]?.at ?? Number.POSITIVE_INFINITY) < end; next += 1) yield others[next]?.cells ?? [];
    yield line('interval', end, {
      lanes: heard.flatMap((one) => laneCells(one, end)),
      ...(dose === null ? {} : { dose: doseCells(dose, end) }),
    }).cells;
  }
  for (const { cells } of others.slice(next)) yield cells;
}

const cuffMark = ({ exclusions }: SessionDocument, reading: NibpReading): Cell => {
  const marks = [
    ...(reading.questionable === true
      ? ['questionable']
      : readingDoubt(reading) === null
        ? []
        : ['no possible pressure']),
    ...(isReadingExcluded(exclusions, reading) ? ['excluded'] : []),
  ];
  return marks.length === 0 ? null : marks.join('; ');
};

type Part = 'lanes' | 'cuff' | 'dose' | 'entry';

const minutes = (ms: number): number => rounded(ms / 60_000, 2);

/** What was running at the end of the step, and what had been given by then, by what was entered. */
const doseCells = (dose: DoseState, end: EpochMs): readonly Cell[] => {
  const running = dose.segments.find(
    ({ startedAt, endedAt }) => startedAt <= end && (endedAt === null || endedAt > end),
  );
  return [running?.rateMlPerH ?? 0, rounded(deliveredMg(dose, end), 2)];
};

interface Step {
  readonly end: EpochMs;
  /** Of each lane, in their order. */
  readonly heard: readonly Heard[];
}

/** The steps from the opening to the end of the visit; they end on whole multiples of the step since 1970 (UTC). */
function* steps(document: SessionDocument, lanes: readonly Lane[], stepMs: number): Generator<Step> {
  const { frames, figures, session } = document;
  const last = Math.ceil(figures.to / stepMs) * stepMs;
  let next = 0;
  for (let end = Math.ceil(session.openedAt / stepMs) * stepMs; end <= last; end += stepMs) {
    const heard = new Map<string, Heard>();
    for (let frame = frames[next]; frame !== undefined && frame.at.wall <= end; frame = frames[next]) {
      // What came before the first step's own stretch is too old to stand in it.
      if (frame.at.wall > end - stepMs) hear(document, frame, heard);
      next += 1;
    }
    yield {
      end: epochMs(end),
      heard: lanes.map((lane) => heard.get(laneKey(lane)) ?? NOTHING_HEARD),
    };
  }
}

const laneKey = ({ metric, monitorId }: Pick<Lane, 'metric' | 'monitorId'>): string =>
  `${metric} ${monitorId}`;

const hear = (document: SessionDocument, frame: StoredFrame, heard: Map<string, Heard>): void => {
  for (const observation of frame.observations) {
    const { metric, receivedAt, ageAtReceiptMs } = observation;
    const key = laneKey({ metric, monitorId: frame.monitorId });
    const before = heard.get(key) ?? NOTHING_HEARD;
    if (observation.value === null) {
      heard.set(key, { ...before, since: observation.validity });
      continue;
    }
    const { value, validity } = observation;
    const seen = { value, validity, from: epochMs(receivedAt.wall - ageAtReceiptMs) };
    heard.set(
      key,
      isLeftOut(document, frame, observation)
        ? { ...before, lastExcluded: seen, since: null }
        : { ...before, last: seen, since: null },
    );
  }
};
