/** What is handed on to somebody who may not know whom it is about: vital signs, alarms and figures, without names. */
import type { SessionDocument } from '../review/session-document.ts';
import { maskedEvent } from './event-masking.ts';
import { HIDDEN, hiddenReason, maskedMessage } from './mask-words.ts';
import { maskedSession } from './masking.ts';

/** How each part of a document is seen; a new part does not compile before somebody decided. */
const PARTS: { readonly [K in keyof SessionDocument]: (part: SessionDocument[K]) => SessionDocument[K] } = {
  session: maskedSession,
  events: (events) => events.map(maskedEvent),
  signOff: (signOff) => ({
    ...signOff,
    signatures: signOff.signatures.map((one) => ({ ...one, remark: hiddenReason(one.remark) })),
  }),
  monitors: (monitors) => monitors,
  readings: (readings) => readings,
  frames: (frames) => frames,
  exclusions: (exclusions) => exclusions.map((one) => ({ ...one, reason: HIDDEN })),
  alarms: ({ rows, controls }) => ({
    rows: rows.map((row) => ({ ...row, message: maskedMessage(row.conditionId, row.message) })),
    controls: controls.map((row) => ({ ...row, reason: hiddenReason(row.reason) })),
  }),
  figures: (figures) => figures,
  missing: (missing) => [
    ...missing,
    'Names and everything that people wrote were left out for who asked for this.',
  ],
  headHash: (hash) => hash,
  writtenAt: (at) => at,
  product: (product) => product,
};

export const maskedDocument = (document: SessionDocument): SessionDocument => ({
  session: PARTS.session(document.session),
  events: PARTS.events(document.events),
  signOff: PARTS.signOff(document.signOff),
  monitors: PARTS.monitors(document.monitors),
  readings: PARTS.readings(document.readings),
  frames: PARTS.frames(document.frames),
  exclusions: PARTS.exclusions(document.exclusions),
  alarms: PARTS.alarms(document.alarms),
  figures: PARTS.figures(document.figures),
  missing: PARTS.missing(document.missing),
  headHash: PARTS.headHash(document.headHash),
  writtenAt: PARTS.writtenAt(document.writtenAt),
  product: PARTS.product(document.product),
});
