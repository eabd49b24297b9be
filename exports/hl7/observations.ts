/** Values as order groups: one OBR for each step of the continuous values and one for each cuff reading. */
import type { MonitorId } from '../../core/ids.ts';
import type { MetricId } from '../../core/nomenclature/metrics.ts';
import type { Reading } from '../../core/observation/observation.ts';
import type { Exclusion } from '../../core/review/exclusions.ts';
import { readingDoubt } from '../../core/review/pressures.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import type { NibpReading } from '../../core/session/events.ts';
import { type EpochMs, epochMs } from '../../core/time.ts';
import { readingExclusion, stepValues } from '../step-values.ts';
import { ABSENT_FLAGS, MONITOR_CODE, metricCode, metricUnit, monitorPlace, placeOf } from './nomenclature.ts';
import { components, formatted, line, segment, stamp } from './text.ts';

/** The rows under one OBR. */
export interface Group {
  readonly from: EpochMs;
  /** Null: everything in it is of one moment. */
  readonly to: EpochMs | null;
  readonly rows: readonly Row[];
}

interface Row {
  readonly monitorId: MonitorId;
  readonly metric: MetricId;
  readonly reading: Reading;
  readonly at: EpochMs;
  readonly isAperiodic: boolean;
  /** Said under the value, one note each. */
  readonly notes: readonly string[];
  readonly exclusion: Exclusion | null;
}

/** All values of the session, oldest group first. */
export const groupsOf = (document: SessionDocument, stepMs: number): readonly Group[] =>
  [...stepGroups(document, stepMs), ...document.readings.map((one) => cuffGroup(document, one))].sort(
    (a, b) => a.from - b.from,
  );

const stepGroups = (document: SessionDocument, stepMs: number): readonly Group[] => {
  const steps = new Map<number, Row[]>();
  for (const { monitorId, metric, at, observation, exclusion } of stepValues(document, stepMs)) {
    const step = Math.floor(at / stepMs);
    const rows = steps.get(step) ?? [];
    const notes = ageNotes(at, observation.ageAtReceiptMs);
    rows.push({ monitorId, metric, reading: observation, at, isAperiodic: false, notes, exclusion });
    steps.set(step, rows);
  }
  return [...steps].map(([step, rows]) => ({
    from: epochMs(step * stepMs),
    to: epochMs((step + 1) * stepMs),
    rows,
  }));
};

const cuffGroup = ({ exclusions }: SessionDocument, reading: NibpReading): Group => {
  const exclusion = readingExclusion(exclusions, reading);
  const at = reading.receivedAt.wall;
  const doubt = readingDoubt(reading);
  const notes = [...ageNotes(at, reading.ageAtReceiptMs), ...(doubt === null ? [] : [doubt])];
  const validity = doubt === null ? 'valid' : 'questionable';
  const row = (metric: MetricId, value: number | null): readonly Row[] =>
    value === null
      ? []
      : [
          {
            monitorId: reading.monitorId,
            metric,
            reading: { validity, value },
            at,
            isAperiodic: true,
            notes,
            exclusion,
          },
        ];
  return {
    from: at,
    to: null,
    rows: [
      ...row('MDC_PRESS_BLD_NONINV_SYS', reading.systolic),
      ...row('MDC_PRESS_BLD_NONINV_DIA', reading.diastolic),
      ...row('MDC_PRESS_BLD_NONINV_MEAN', reading.mean),
      ...row('MDC_PULS_RATE_NON_INV', reading.pulseRate),
    ],
  };
};

const ageNotes = (at: EpochMs, ageMs: number): readonly string[] =>
  ageMs <= 0
    ? []
    : [`Received at this time; it may have been measured as early as ${stamp(epochMs(at - ageMs))}.`];

/** The OBX and NTE segments of one group: each monitor, then its values. OBX-1 counts on within the group. */
export const groupSegments = (document: SessionDocument, { rows }: Group): readonly string[] => {
  const monitors = [...new Set(rows.map(({ monitorId }) => monitorId))];
  const segments: string[] = [];
  let set = 0;
  for (const monitor of monitors) {
    const place = placeAmong(document, monitor);
    set += 1;
    segments.push(
      obx(set, { type: '', code: MONITOR_CODE, place: monitorPlace(place), value: '', unit: '' }, [
        ...EMPTY_TO_STATUS,
        'X',
        ...EMPTY_TO_EQUIPMENT,
        equipmentOf(document, monitor),
      ]),
    );
    for (const row of rows.filter(({ monitorId }) => monitorId === monitor)) {
      set += 1;
      segments.push(...rowSegments(document, row, place, set));
    }
  }
  return segments;
};

/** OBX-7 to OBX-10, and OBX-12 to OBX-17, of a row that has none of them. */
const EMPTY_TO_STATUS = ['', '', '', ''];
const EMPTY_TO_EQUIPMENT = ['', '', '', '', '', ''];

const rowSegments = (
  document: SessionDocument,
  { metric, reading, at, isAperiodic, notes, exclusion }: Row,
  place: number,
  set: number,
): readonly string[] => {
  const isLive = document.session.origin === 'live';
  const flags = [
    ...(reading.value === null ? [ABSENT_FLAGS[reading.validity]] : []),
    ...(reading.validity === 'questionable' ? ['QUES'] : []),
    ...(isLive ? [] : ['TEST']),
  ];
  const said = exclusion === null ? notes : [...notes, exclusionWords(exclusion)];
  return [
    obx(
      set,
      {
        type: 'NM',
        code: metricCode(metric),
        place: placeOf(place, metric),
        value: reading.value === null ? '' : decimal(reading.value),
        unit: metricUnit(metric),
      },
      [
        '',
        flags.join('~'),
        '',
        '',
        statusOf(document, reading, exclusion),
        '',
        '',
        stamp(at),
        '',
        '',
        isAperiodic ? components('', 'APERIODIC') : '',
      ],
    ),
    ...said.map((text, index) => segment('NTE', String(index + 1), 'L', formatted(text))),
  ];
};

/** X: no value; W: taken back, whatever was sent before; F: of a record that a physician signed; R: as it was received. */
const statusOf = (
  { signOff }: SessionDocument,
  { value }: Reading,
  exclusion: Exclusion | null,
): 'X' | 'W' | 'F' | 'R' => {
  if (value === null) return 'X';
  if (exclusion !== null) return 'W';
  return signOff.state === 'signed' ? 'F' : 'R';
};

const exclusionWords = ({ by, at, reason }: Exclusion): string =>
  `Left out of the figures as an artefact by ${by} ${stamp(at)}: ${reason}`;

/** NM has no exponent (HL7 v2.6, 2.A.47). */
const decimal = (value: number): string => {
  const text = String(value);
  return text.includes('e') ? value.toFixed(6).replace(/\.?0+$/, '') : text;
};

/** 1 for the first monitor of the document; one that is not listed comes after all of them. */
const placeAmong = ({ monitors }: SessionDocument, monitor: MonitorId): number => {
  const index = monitors.findIndex(({ id }) => id === monitor);
  return index < 0 ? monitors.length + 1 : index + 1;
};

/** OBX-18: the number that the device told of itself, else what the station calls it; and what it is. */
const equipmentOf = ({ monitors }: SessionDocument, monitor: MonitorId): string => {
  const known = monitors.find(({ id }) => id === monitor);
  const words = [known?.manufacturer, known?.model].filter((word) => typeof word === 'string').join(' ');
  const name = words === '' ? (known?.name ?? '') : words;
  return components(line(known?.serialNumber ?? monitor), name === '' ? '' : line(name));
};

/** An OBX: its first fields by name, the others (from OBX-7 on) in order. */
export const obx = (
  set: number,
  {
    type,
    code,
    place,
    value,
    unit,
  }: {
    readonly type: string;
    readonly code: string;
    readonly place: string;
    readonly value: string;
    readonly unit: string;
  },
  rest: readonly string[],
): string => segment('OBX', String(set), type, code, place, value, unit, ...rest);
