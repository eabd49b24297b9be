/** The rest of the record: notes and overrides, what was left out, what is missing, signatures and addenda. */

import { ROLE_LABELS } from '../../../core/people/person.ts';
import { MEANING_LABELS, type SignOff } from '../../../core/record/sign-off.ts';
import type { SessionDocument } from '../../../core/review/session-document.ts';
import type { SessionEvent, SessionEventBody } from '../../../core/session/events.ts';
import type { Block, Plain, Section } from '../report.ts';
import type { ClinicTimes } from '../times.ts';
import { isDoseEntry } from './dose.ts';
import { entryTable } from './entry-rows.ts';
import { targetWords } from './entry-words.ts';
import { signedWords } from './head.ts';

/** What the reader must know is not here. Stands early, so that nobody reads past it. */
export const missingSection = ({ missing }: SessionDocument, unprintable: readonly string[]): Section => ({
  heading: 'What is missing',
  blocks: [
    missing.length === 0
      ? 'Nothing that was expected is missing.'
      : missing.map((one) => `• ${one}`).join('  '),
    ...(unprintable.length === 0
      ? []
      : [
          `The font of this report does not have every letter that was typed. In place of each stands its Unicode number: ${unprintable.join(' ')}.`,
        ]),
  ].map((text): Block => ({ kind: 'text', text })),
});

/** Kinds of entries that have a table of their own, or say nothing to a reader. */
const ELSEWHERE: readonly SessionEventBody['type'][] = [
  'alarm',
  'checklist-answered',
  'checklist-excepted',
  'score-recorded',
  'side-effect-noted',
  'side-effect-changed',
  'side-effect-ended',
  'drug-given',
  'record-signed',
  'addendum-added',
  'cuff-interval-in-force',
  'cuff-requested',
];

const isElsewhere = (event: SessionEvent): boolean =>
  isDoseEntry(event) || ELSEWHERE.includes(event.body.type);

export const entriesSection = (document: SessionDocument, times: ClinicTimes): Section => ({
  heading: 'Notes, overrides and other entries',
  blocks: [
    entryTable(
      document,
      // What is still left out has a table of its own.
      document.events.filter(
        (event) => !isElsewhere(event) && !document.exclusions.some(({ id }) => id === event.id),
      ),
      times,
    ),
  ],
});

const exclusionsBlock = ({ exclusions }: SessionDocument, times: ClinicTimes): Plain =>
  exclusions.length === 0
    ? { kind: 'text', text: 'Nothing was left out of the figures as an artefact.' }
    : {
        kind: 'table',
        columns: [
          { title: 'Left out of the figures', width: 10 },
          { title: 'Reason', width: 8 },
          { title: 'By, time', width: 6 },
        ],
        rows: exclusions.map(({ target, reason, by, at }) => [
          targetWords(target, times),
          reason,
          `${by}, ${times.moment(at)}`,
        ]),
      };

export const signaturesSection = (document: SessionDocument, times: ClinicTimes): Section => {
  const { signOff, events } = document;
  const addenda = events.flatMap(({ at, body }): readonly (readonly string[])[] =>
    body.type === 'addendum-added'
      ? [
          [
            times.moment(at.wall),
            body.afterSignature ? 'Addendum' : 'Late entry',
            body.text,
            `${body.signer.name}, ${ROLE_LABELS[body.signer.role]}`,
          ],
        ]
      : [],
  );
  return {
    heading: 'Artefacts, signatures and addenda',
    blocks: [
      exclusionsBlock(document, times),
      ...(signOff.state === 'signed'
        ? []
        : [{ kind: 'text' as const, text: signedWords(document), isStrong: true }]),
      ...(signOff.signatures.length === 0 ? [] : [signatureTable(signOff.signatures, times)]),
      ...(addenda.length === 0
        ? [{ kind: 'text' as const, text: 'No addendum.' }]
        : [
            {
              kind: 'table' as const,
              columns: [
                { title: 'Time', width: 3.4 },
                { title: 'Kind', width: 2.6 },
                { title: 'Text', width: 13 },
                { title: 'Name, role', width: 5 },
              ],
              rows: addenda,
            },
          ]),
      {
        kind: 'text',
        text: `This report was made from ${events.length} entries; the hash of the last one stands at the foot of every page. The same hash, the same entries.`,
      },
    ],
  };
};

/** A hash has room in one line where nobody made a remark. */
const signatureTable = (signatures: SignOff['signatures'], times: ClinicTimes): Plain => {
  const hasRemarks = signatures.some(({ remark }) => remark !== null && remark !== '');
  return {
    kind: 'table',
    columns: [
      { title: 'Signed', width: 3.1 },
      { title: 'Meaning', width: 3.9 },
      { title: 'Name, role', width: 4.7 },
      { title: 'Hash of the signed record', width: hasRemarks ? 7.2 : 11.2 },
      ...(hasRemarks ? [{ title: 'Remark', width: 4 }] : []),
    ],
    rows: signatures.map(({ at, meaning, signer, record, remark }) => [
      times.moment(at),
      MEANING_LABELS[meaning],
      `${signer.name}, ${ROLE_LABELS[signer.role]}`,
      record.hash,
      ...(hasRemarks ? [remark ?? ''] : []),
    ]),
  };
};
