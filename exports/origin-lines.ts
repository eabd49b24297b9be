/** Where a session's numbers come from, in words: every export says it, because a file travels without its database. */
import type { SessionDocument } from '../core/review/session-document.ts';
import { ORIGIN_SENTENCES } from '../core/session/origin.ts';

/** The sentences, one thing each; for a session that came from a file also which file, and what it said of itself. */
export const originLines = ({ session, events: [first] }: SessionDocument): readonly string[] => {
  const source = first?.body.type === 'session-opened' ? first.body.imported : undefined;
  const imported =
    source === undefined
      ? []
      : [
          `Imported from ${source.fileName}, SHA-256 ${source.sha256}.`,
          ...(source.fileOrigin === null ? [] : [ORIGIN_SENTENCES[source.fileOrigin]]),
          ...source.notes,
        ];
  return [ORIGIN_SENTENCES[session.origin], ...imported];
};
