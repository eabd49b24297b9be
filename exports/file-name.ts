/** What a file is called: the origin where it is not live, the day, the session. Never a name of anybody. */
import type { SessionDocument } from '../core/review/session-document.ts';
import { ORIGIN_WORDS } from '../core/session/origin.ts';
import type { Exporter, ExportOptions } from './exporter.ts';
import { zoneReader } from './zone-time.ts';

/** Enough of a session's id to tell it from others of its day. */
const ID_LENGTH = 8;

export const exportFileName = (
  { session }: Pick<SessionDocument, 'session'>,
  { format, extension }: Pick<Exporter, 'format' | 'extension'>,
  { flowsheetMs, timeZone }: Pick<ExportOptions, 'flowsheetMs' | 'timeZone'>,
): string => {
  const origin = ORIGIN_WORDS[session.origin];
  const table = format !== 'csv' ? [] : [flowsheetMs === null ? 'every-value' : 'flowsheet'];
  const parts = [
    'chairside',
    ...(origin === null ? [] : [origin]),
    zoneReader(timeZone)(session.openedAt).date,
    session.id.replaceAll(/[^A-Za-z0-9]/g, '').slice(0, ID_LENGTH),
    ...table,
  ];
  return `${parts.join('-')}.${extension}`;
};
