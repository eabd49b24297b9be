/** Every value as it was received, a line each. Columns: docs/exports.md. */
import type { SessionDocument } from '../../core/review/session-document.ts';
import { isLeftOut } from '../left-out.ts';
import { isoUtc } from '../zone-time.ts';
import { type Cell, secondsCell, textCell } from './cells.ts';
import { placesOf } from './places.ts';

/** The header: names for programs, which `import` reads again. */
export const RAW_COLUMNS = [
  'time',
  'elapsed_s',
  'since_infusion_s',
  'phase',
  'code',
  'value',
  'unit',
  'validity',
  'monitor',
  'monitor_time',
  'age_s',
  'origin',
  'excluded',
] as const;

export function* rawRows(document: SessionDocument): Generator<readonly Cell[]> {
  const placeOf = placesOf(document);
  const { origin } = document.session;
  yield RAW_COLUMNS;
  for (const frame of document.frames) {
    const monitor = textCell(frame.monitorId);
    for (const observation of frame.observations) {
      const { receivedAt, metric, value, unit, validity, deviceTime, ageAtReceiptMs } = observation;
      const { phase, elapsedMs, sinceInfusionMs } = placeOf(receivedAt.wall);
      yield [
        isoUtc(receivedAt.wall),
        secondsCell(elapsedMs),
        sinceInfusionMs === null ? null : secondsCell(sinceInfusionMs),
        phase,
        metric,
        value,
        unit,
        validity,
        monitor,
        deviceTime === null ? null : isoUtc(deviceTime),
        secondsCell(ageAtReceiptMs),
        origin,
        isLeftOut(document, frame, observation) ? 'excluded' : null,
      ];
    }
  }
}
