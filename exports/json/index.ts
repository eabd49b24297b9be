/** A session as JSON: everything of the document, by `docs/export.schema.json`. */

import { isReadingExcluded } from '../../core/review/exclusions.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { ORIGIN_SENTENCES } from '../../core/session/origin.ts';
import type { Exporter } from '../exporter.ts';
import { isLeftOut } from '../left-out.ts';
import { bytesOf, inLists } from '../pieces.ts';
import { isoUtc } from '../zone-time.ts';
import { type ExportedSession, FORMAT_NAME, FORMAT_VERSION } from './schema.ts';

type Head = Omit<ExportedSession, 'events' | 'readings' | 'frames'>;
type Item<K extends 'events' | 'readings' | 'frames'> = ExportedSession[K][number];

const headOf = (document: SessionDocument): Head => {
  const { session, signOff, monitors, figures, exclusions, alarms, missing, product, headHash, writtenAt } =
    document;
  return {
    format: FORMAT_NAME,
    formatVersion: FORMAT_VERSION,
    product,
    writtenAt: isoUtc(writtenAt),
    origin: { kind: session.origin, words: ORIGIN_SENTENCES[session.origin] },
    missing,
    recordHash: headHash,
    session,
    signOff,
    monitors,
    figures,
    exclusions,
    alarms,
  };
};

function* events(document: SessionDocument): Generator<Item<'events'>> {
  for (const event of document.events) yield { time: isoUtc(event.at.wall), ...event };
}

function* readings(document: SessionDocument): Generator<Item<'readings'>> {
  for (const reading of document.readings) {
    const excluded = isReadingExcluded(document.exclusions, reading);
    yield { time: isoUtc(reading.receivedAt.wall), ...reading, excluded };
  }
}

function* frames(document: SessionDocument): Generator<Item<'frames'>> {
  for (const frame of document.frames) {
    const values = frame.observations.map((observation) => {
      const { metric, value, unit, validity, deviceTime, ageAtReceiptMs } = observation;
      const excluded = isLeftOut(document, frame, observation);
      return { metric, value, unit, validity, deviceTime, ageAtReceiptMs, excluded };
    });
    yield { time: isoUtc(frame.at.wall), at: frame.at, monitorId: frame.monitorId, values };
  }
}

/** Items in a piece of text: a few milliseconds of work. */
const ITEMS_A_PIECE = 200;

/** A list with one item a line: what differs between two files is seen in a line. */
function* listPieces(items: Iterable<unknown>): Generator<string> {
  let before = '[\n';
  for (const some of inLists(items, ITEMS_A_PIECE)) {
    yield before + some.map((item) => JSON.stringify(item)).join(',\n');
    before = ',\n';
  }
  yield before === ',\n' ? '\n]' : '[]';
}

function* pieces(document: SessionDocument): Generator<string> {
  const members = Object.entries(headOf(document)).map(
    ([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`,
  );
  yield `{\n${members.join(',\n')}`;
  for (const [name, items] of Object.entries({
    events: events(document),
    readings: readings(document),
    frames: frames(document),
  })) {
    yield `,\n${JSON.stringify(name)}:`;
    yield* listPieces(items);
  }
  yield '\n}\n';
}

export const jsonExporter: Exporter = {
  format: 'json',
  mediaType: 'application/json',
  extension: 'json',
  write: (document) => bytesOf(pieces(document)),
};
