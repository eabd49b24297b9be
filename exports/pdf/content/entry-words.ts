/** One entry of the record as the report writes it: the record's own words, and what a later entry says of it. */
import { metricRow } from '../../../core/nomenclature/metrics.ts';
import { vitalNames } from '../../../core/nomenclature/vitals.ts';
import { eventText } from '../../../core/record/event-text.ts';
import type { ArtefactTarget } from '../../../core/review/exclusions.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { SessionEvent } from '../../../core/session/events.ts';
import type { ClinicTimes } from '../times.ts';

/** Why entries were struck, by the entry. */
export const struckReasons = (events: readonly SessionEvent[]): ReadonlyMap<string, string> =>
  new Map(events.flatMap(({ body }) => (body.type === 'entry-struck' ? [[body.entry, body.reason]] : [])));

/** The entry in words, without its time and person. */
export const entryWords = (document: SessionDocument, event: SessionEvent, times: ClinicTimes): string => {
  const struck = struckReasons(document.events).get(event.id);
  const words = `${eventText(event, times.second, document.session.visit)}${beside(document, event, times)}`;
  return struck === undefined ? words : `STRUCK (${struck}): ${words}`;
};

/** What the line of the record leaves out and a reader on paper cannot look up. */
const beside = (document: SessionDocument, { body }: SessionEvent, times: ClinicTimes): string => {
  if (body.type === 'phase-changed' && (body.withoutVitals ?? []).length > 0) {
    return `; knowingly without ${vitalNames(body.withoutVitals ?? [])}`;
  }
  const named = body.type === 'note-added' ? body.corrects : body.type === 'entry-struck' ? body.entry : null;
  const other = document.events.find(({ id }) => id === named);
  return other === undefined ? '' : ` [the entry of ${times.second(other.at.wall)}]`;
};

/** What was left out. */
export const targetWords = (target: ArtefactTarget, times: ClinicTimes): string =>
  target.kind === 'reading'
    ? `cuff reading of ${target.monitorId} at ${times.second(target.receivedAt)}`
    : `${target.metrics.map((metric) => metricRow(metric).name).join(', ')} from ${times.second(target.from)} to ${times.second(target.to)}`;
