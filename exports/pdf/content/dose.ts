/** What was given: the plan, every change, pauses and stops, and other drugs with the pressure before and after. */
import type { PressureAroundDrug } from '../../../core/review/figures.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import { figure } from '../../../core/visit/drug-words.ts';
import type { Section } from '../report.ts';
import type { ClinicTimes } from '../times.ts';
import { entryTable } from './entry-rows.ts';
import { struckReasons } from './entry-words.ts';

const DOSE_TYPES: readonly SessionEventBody['type'][] = [
  'dose-planned',
  'dose-verified',
  'dose-rate-changed',
  'dose-bolus',
  'infusion-stopped',
];

/** True for the entries of the table of the dose; the others stand among the notes. */
export const isDoseEntry = ({ body }: SessionEvent): boolean =>
  DOSE_TYPES.includes(body.type) ||
  (body.type === 'phase-changed' && (body.to === 'infusing' || body.from === 'infusing'));

export const doseSection = (document: SessionDocument, times: ClinicTimes): Section => {
  const entries = document.events.filter(isDoseEntry);
  const drugs = drugRows(document, times);
  return {
    heading: 'Dose',
    blocks: [
      entries.length === 0
        ? { kind: 'text', text: 'Nothing about a dose was entered.' }
        : entryTable(document, entries, times),
      drugs.length === 0
        ? { kind: 'text', text: 'No other drug was entered as given.' }
        : {
            kind: 'table',
            columns: [
              { title: 'Time', width: 2 },
              { title: 'Minute', width: 1.7, isNumber: true },
              { title: 'Other drug given', width: 7 },
              { title: 'Cuff, 10 min before', width: 4 },
              { title: 'Cuff, 10 min after', width: 4 },
              { title: 'By', width: 4 },
            ],
            rows: drugs,
          },
    ],
  };
};

const drugRows = (document: SessionDocument, times: ClinicTimes): readonly (readonly string[])[] => {
  const struck = struckReasons(document.events);
  return document.events.flatMap(({ id, at: { wall }, by, body }) => {
    if (body.type !== 'drug-given') return [];
    const why = struck.get(id);
    const words = `${body.name} ${figure(body.amount, 4)} ${body.unit} ${body.route}${body.reason === null ? '' : ` (${body.reason})`}`;
    const around = document.figures.drugs.find(({ drug }) => drug === id);
    return [
      [
        times.second(wall),
        times.minute(wall),
        why === undefined ? words : `STRUCK (${why}): ${words}`,
        pressureWords(around?.before, times),
        pressureWords(around?.after, times),
        by,
      ],
    ];
  });
};

const pressureWords = (pressure: PressureAroundDrug['before'] | undefined, times: ClinicTimes): string =>
  pressure == null
    ? 'no reading'
    : `${pressure.systolic}/${pressure.diastolic} at ${times.clock(pressure.at)}`;
