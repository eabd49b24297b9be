/** Whose record it is, of which visit, and how it stands: the first lines of the report and those on every page. */

import type { DocumentMonitor, SessionDocument } from '../../../core/review/session-document.ts';
import type { DataOrigin } from '../../../core/session/events.ts';
import { PHASE_LABELS } from '../../../core/session/phase.ts';
import { figure } from '../../../core/visit/drug-words.ts';
import type { Report, Section } from '../report.ts';
import type { ClinicTimes } from '../times.ts';

const BANNERS: Readonly<Record<DataOrigin, string | null>> = {
  live: null,
  simulated: 'SIMULATED: made-up numbers, not a patient',
  replayed: 'SIMULATED: a recording played back, not a patient in a chair',
  imported: 'IMPORTED: recorded elsewhere, not by this station',
};

/** In capitals, how far the record is signed. */
export const signedWords = ({ signOff: { state, signatures } }: SessionDocument): string =>
  ({
    open: 'NOT SIGNED: the visit is not over',
    'waits-for-nurse': 'NOT SIGNED: waits for the nurse',
    'waits-for-physician': 'NOT SIGNED by a physician: waits for review',
    signed: `Signed by ${signatures.map(({ signer }) => signer.name).join(' and ')}`,
  })[state];

/** What stands on every page. */
export const everyPage = (
  document: SessionDocument,
  times: ClinicTimes,
): Pick<Report, 'banner' | 'running' | 'foot' | 'headHash'> => {
  const { session, product, writtenAt, headHash } = document;
  const { patient, course } = session;
  const who =
    patient === null
      ? [`${session.patientInitials} (initials only)`]
      : [patient.name, `born ${patient.birthDate}`, `MRN ${patient.mrn ?? 'none'}`];
  const visit = course === null ? [] : [`visit ${course.position.number} of ${course.position.planned}`];
  return {
    banner: BANNERS[session.origin],
    running: {
      left: [...who, times.day(session.openedAt), ...visit].join(' · '),
      right: signedWords(document),
    },
    foot: `${product.name} ${product.version} · written ${times.moment(writtenAt)} · times in ${times.zone}`,
    headHash,
  };
};

/** The head of the first page. */
export const headSection = (document: SessionDocument, times: ClinicTimes): Section => {
  const { session, monitors } = document;
  const { patient, course, visit } = session;
  const protocol =
    visit.protocol === null
      ? 'none'
      : `${visit.protocol.name}, version ${visit.protocol.version}${visit.protocolApproval.state === 'approved' ? '' : ', NOT APPROVED by a physician'}`;
  const plan = visit.dose?.plan;
  const weight =
    plan !== undefined
      ? `${figure(plan.weightKg, 4)} kg, of the dose’s plan`
      : patient?.weightKg == null
        ? 'not recorded'
        : `${figure(patient.weightKg, 4)} kg, of the register`;
  return {
    heading: '',
    blocks: [
      {
        kind: 'fields',
        columns: 3,
        hasShortLabels: true,
        rows: [
          ['Patient', patient?.name ?? `${session.patientInitials} (initials only)`],
          ['Born', patient?.birthDate ?? 'not recorded'],
          ['MRN', patient?.mrn ?? 'none'],
          ['Clinic day', times.day(session.openedAt)],
          [
            'Visit',
            course === null
              ? 'no course'
              : `${course.position.number} of ${course.position.planned}: ${course.title}`,
          ],
          ['Indication', session.indication],
          ['Opened', times.clock(session.openedAt)],
          [
            'Ended',
            session.closedAt === null
              ? `NOT OVER: ${PHASE_LABELS[session.phase]}`
              : `${times.clock(session.closedAt)}, ${PHASE_LABELS[session.phase]}`,
          ],
          ['Chair', session.chairId],
          ['Weight', weight],
          ['Alarm limits', limitsWords(document)],
          ['Session', session.id],
        ],
      },
      {
        kind: 'fields',
        columns: 2,
        hasShortLabels: true,
        rows: [
          ['Allergies', listed(patient?.allergies)],
          ['Medicines', listed(patient?.medications)],
          ['Protocol', protocol],
          ['Entries by', people(document)],
        ],
      },
      {
        kind: 'fields',
        columns: 1,
        hasShortLabels: true,
        rows: [
          ['Monitors', monitors.length === 0 ? 'none gave values' : monitors.map(monitorWords).join('; ')],
        ],
      },
      {
        kind: 'text',
        text: 'A second record, beside the bedside monitor and the patient’s chart; it replaces neither.',
      },
    ],
  };
};

const listed = (items: readonly string[] | undefined): string =>
  items === undefined ? 'not recorded' : items.length === 0 ? 'none entered' : items.join(', ');

const limitsWords = ({ session: { limits } }: SessionDocument): string =>
  limits === null ? 'not recorded' : `${limits.presetName}, version ${limits.presetVersion}`;

const people = ({ events }: SessionDocument): string => {
  const names = new Set(events.map(({ by }) => by).filter((name) => name !== 'station'));
  return names.size === 0 ? 'nobody' : [...names].join(', ');
};

const monitorWords = (monitor: DocumentMonitor): string => {
  const { id, name, manufacturer, model, serialNumber, software, family } = monitor;
  const device = [manufacturer, model].filter((part) => part !== null).join(' ');
  return [
    `${name ?? id}: ${device === '' ? (family ?? 'kind not said') : device}`,
    serialNumber === null ? 'serial number not said' : `serial ${serialNumber}`,
    ...(software === null ? [] : [`software ${software}`]),
  ].join(', ');
};
