/** The page that holds the session together: what a reader must know first, then one section a subject. */
import type { Composition, CompositionSection, Narrative, Resource } from '@medplum/fhirtypes';
import { eventText } from '../../core/record/event-text.ts';
import { MEANING_LABELS } from '../../core/record/sign-off.ts';
import { ORIGIN_WORDS } from '../../core/session/origin.ts';
import { PHASE_LABELS } from '../../core/session/phase.ts';
import { originLines } from '../origin-lines.ts';
import { plainText } from '../plain-text.ts';
import { isoUtc } from '../zone-time.ts';
import { LOINC } from './codes.ts';
import { urnOf, uuidIdentifier } from './identity.ts';
import { productReference, signerReference } from './people.ts';
import type { Entry, Scope } from './scope.ts';

/** The resources of each section. */
export interface Sections {
  readonly vitalSigns: readonly Entry[];
  readonly series: readonly Entry[];
  readonly drugs: readonly Entry[];
  readonly findings: readonly Entry[];
  readonly alarms: readonly Entry[];
  /** The paper report; empty: none was given. */
  readonly report: readonly Entry[];
}

/** What the values at a step are, in words. */
const stepWords = (stepMs: number): string =>
  `Continuous values every ${stepMs / 1000} s: the last one received within each step, at its own time; nothing is averaged. Every cuff reading. What was left out of the figures as an artefact has the status entered-in-error.`;

export const compositionEntry = (scope: Scope, sections: Sections, stepMs: number): Entry<Composition> => {
  const { document } = scope;
  const { session, signOff } = document;
  const uuid = scope.uuid('composition');
  const mark = ORIGIN_WORDS[session.origin];
  const attesters = signOff.signatures.map(({ meaning, signer, at }) => ({
    mode: meaning === 'reviewed-by-physician' ? ('legal' as const) : ('professional' as const),
    time: isoUtc(at),
    party: signerReference(scope, signer),
  }));
  return {
    uuid,
    resource: {
      resourceType: 'Composition',
      ...scope.meta(),
      identifier: uuidIdentifier(uuid),
      status: statusOf(scope),
      type: {
        coding: [{ system: LOINC, code: '28570-0', display: 'Procedure note' }],
        text: 'Record of an infusion visit',
      },
      subject: scope.patient,
      encounter: scope.encounter,
      date: isoUtc(document.writtenAt),
      author: [productReference(scope)],
      title: plainText(
        `${mark === null ? '' : `${mark}: `}Infusion visit of ${isoUtc(session.openedAt).slice(0, 10)}, ${session.indication}`,
      ),
      ...(attesters.length === 0 ? {} : { attester: attesters }),
      section: [
        firstSection(scope),
        section('Vital signs', sections.vitalSigns, [stepWords(stepMs)]),
        section('Continuous values as they were received', sections.series, [
          'Everything the monitors sent, in series. For charts use the values of the section before.',
        ]),
        section('Drugs', sections.drugs, [
          'Amounts are worked out from what was entered; nobody read the pump unless it says so.',
        ]),
        section('Scores and side effects', sections.findings, []),
        section('Alarms', sections.alarms, ['As the alarm log of the station has them.']),
        ...(sections.report.length === 0 ? [] : [section('Report', sections.report, [])]),
        recordSection(scope),
      ],
    },
  };
};

const statusOf = ({ document }: Scope): Exclude<Composition['status'], undefined> => {
  if (document.signOff.state !== 'signed') return 'preliminary';
  const hasAddendum = document.events.some(
    ({ body }) => body.type === 'addendum-added' && body.afterSignature,
  );
  return hasAddendum ? 'amended' : 'final';
};

/** Where the numbers come from, what is not here, and who the patient is as far as a list of the clinic goes. */
const firstSection = ({ document }: Scope): CompositionSection => {
  const { session, missing, signOff, headHash, product } = document;
  const { patient } = session;
  const said = [
    ...originLines(document),
    ...(missing.length === 0 ? ['Nothing is known to be missing.'] : missing),
    `Phase at the time of writing: ${PHASE_LABELS[session.phase]}.`,
    ...signOff.signatures.map(
      ({ meaning, signer, at }) => `Signed by ${signer.name} ${isoUtc(at)}: ${MEANING_LABELS[meaning]}.`,
    ),
    ...(patient === null
      ? []
      : [
          `Allergies as written down that day: ${listWords(patient.allergies)}.`,
          `Medicines as written down that day: ${listWords(patient.medications)}.`,
        ]),
    `Written by ${product.name} ${product.version}, a secondary display and record: it does not replace the bedside monitor. Last entry of the record: ${headHash}.`,
  ];
  return { title: 'Read this first', text: narrative(said) };
};

const listWords = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.join(', '));

const section = (
  title: string,
  entries: readonly Entry<Resource>[],
  said: readonly string[],
): CompositionSection =>
  entries.length === 0
    ? {
        title,
        text: narrative([...said, 'There is nothing of it on record.']),
        emptyReason: {
          coding: [
            {
              system: 'http://terminology.hl7.org/CodeSystem/list-empty-reason',
              code: 'unavailable',
              display: 'Unavailable',
            },
          ],
        },
      }
    : {
        title,
        text: narrative([...said, `${entries.length} resource${entries.length === 1 ? '' : 's'}.`]),
        entry: entries.map(({ uuid }) => ({ reference: urnOf(uuid) })),
      };

/** The whole record, one line an entry: what has no resource of its own (checklist, notes, limits, links) stands here. */
const recordSection = ({ document }: Scope): CompositionSection => ({
  title: 'The record, entry by entry (times in UTC)',
  text: narrative(
    document.events.map(
      (event) =>
        `${isoUtc(event.at.wall)} ${event.by}: ${eventText(event, (at) => isoUtc(at).slice(11, 19), document.session.visit)}`,
    ),
  ),
});

const narrative = (paragraphs: readonly string[]): Narrative => ({
  status: 'generated',
  div: `<div xmlns="http://www.w3.org/1999/xhtml">${paragraphs
    .map((paragraph) => `<p>${escaped(plainText(paragraph))}</p>`)
    .join('')}</div>`,
});

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
