/** What is no measurement: doses, scores, alarms and every entry of the record, as one order group of texts. */
import { type DoseSegment, deliveredMg, segmentVolume } from '../../core/dose/delivery.ts';
import { doseIn } from '../../core/dose/units.ts';
import type { EventId } from '../../core/ids.ts';
import { eventText } from '../../core/record/event-text.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { SCALES } from '../../core/scales/scales.ts';
import type { EpochMs } from '../../core/time.ts';
import { figure } from '../../core/visit/drug-words.ts';
import { ALARM_CODE, ownCode } from './nomenclature.ts';
import { obx } from './observations.ts';
import { components, formatted, line, stamp } from './text.ts';

interface Entry {
  readonly type: 'FT' | 'NM';
  readonly code: string;
  readonly value: string;
  readonly unit: string;
  readonly at: EpochMs;
  /** Who said it; null: worked out by the station. */
  readonly by: string | null;
  /** A later entry struck or corrected it (`W`), or it is a correction (`C`). Null: neither. */
  readonly change: 'W' | 'C' | null;
}

/** The OBX segments of the record. */
export const recordSegments = (document: SessionDocument): readonly string[] =>
  [
    ...doseEntries(document),
    ...scoreEntries(document),
    ...alarmEntries(document),
    ...eventEntries(document),
  ].map(({ type, code, value, unit, at, by, change }, index) =>
    obx(index + 1, { type, code, place: String(index + 1), value, unit }, [
      '',
      '',
      '',
      '',
      change ?? (document.signOff.state === 'signed' ? 'F' : 'R'),
      '',
      '',
      stamp(at),
      '',
      by === null ? '' : components('', line(by)),
    ]),
  );

const text = (code: string, words: string, at: EpochMs): Entry => ({
  type: 'FT',
  code,
  value: formatted(words),
  unit: '',
  at,
  by: null,
  change: null,
});

const COMPUTED = 'worked out from what was entered, not read from the pump';

const doseEntries = ({ session, writtenAt }: SessionDocument): readonly Entry[] => {
  const { dose } = session.visit;
  if (dose === null) return [];
  const { drug } = dose.plan;
  const stretches = dose.segments.map((stretch) =>
    text(
      ownCode('dose-stretch', 'Stretch at one rate'),
      stretchWords(drug, stretch, writtenAt),
      stretch.startedAt,
    ),
  );
  const partial = dose.isPartial
    ? '; the drug ran before its plan was entered: more was given than this'
    : '';
  const total: Entry = {
    type: 'NM',
    code: ownCode('dose-delivered', line(`${drug} given in all, ${COMPUTED}${partial}`)),
    value: String(Math.round(deliveredMg(dose, writtenAt) * 1000) / 1000),
    unit: components('mg', 'mg', 'UCUM'),
    at: writtenAt,
    by: null,
    change: null,
  };
  return [...stretches, total];
};

const stretchWords = (drug: string, stretch: DoseSegment, writtenAt: EpochMs): string => {
  const { startedAt, endedAt, rateMlPerH, concentrationMgPerMl } = stretch;
  const mg = doseIn(segmentVolume(stretch, writtenAt), concentrationMgPerMl);
  const until = endedAt === null ? 'still running' : `until ${stamp(endedAt)}`;
  return `${drug} ${figure(concentrationMgPerMl)} mg/mL at ${figure(rateMlPerH, 4)} mL/h from ${stamp(startedAt)} ${until}: ${figure(mg, 4)} mg, ${COMPUTED}`;
};

/** The scores that stand; what was struck stands among the entries. */
const scoreEntries = ({ session }: SessionDocument): readonly Entry[] =>
  session.visit.scores.map(({ scale, value, at, by }) => ({
    type: 'NM',
    code: ownCode(`score-${scale}`, line(SCALES[scale].label)),
    value: String(value),
    unit: components('{score}', 'points', 'UCUM'),
    at,
    by,
    change: null,
  }));

const alarmEntries = ({ alarms }: SessionDocument): readonly Entry[] =>
  alarms.rows.map((row) => {
    const said = [
      `${row.priority} priority, ${row.category}: ${row.message === '' ? row.title : row.message}`,
      `raised ${stamp(row.raisedAt)}`,
      row.endedAt === null ? 'not ended on record' : `ended ${stamp(row.endedAt)}`,
      row.acknowledged === null
        ? 'never acknowledged'
        : `ACKNOWLEDGED by ${row.acknowledged.by} ${stamp(row.acknowledged.at)}`,
      ...(row.notConfirmed ? ['not confirmed by a repeat reading'] : []),
    ];
    return text(ALARM_CODE, said.join('; '), row.onsetAt);
  });

const eventEntries = ({ events, session }: SessionDocument): readonly Entry[] => {
  const undone = new Set(
    events.flatMap(({ body }): readonly (EventId | null)[] => {
      if (body.type === 'entry-struck') return [body.entry];
      return body.type === 'note-added' ? [body.corrects] : [];
    }),
  );
  return events.map((event) => {
    const { body, at, by, id } = event;
    const isCorrection = body.type === 'note-added' && body.corrects !== null;
    const words = eventText(event, (moment) => stamp(moment), session.visit);
    return {
      ...text(ownCode('entry', 'Entry of the record'), words, at.wall),
      by,
      change: undone.has(id) ? 'W' : isCorrection ? 'C' : null,
    };
  });
};
