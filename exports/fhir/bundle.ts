/**
 * A session as one Bundle: as a document to keep (`document`), or as a transaction to send. Both hold the same resources
 * under the same identities.
 */
import type { Bundle, BundleEntry, BundleEntryRequest, Resource } from '@medplum/fhirtypes';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { inLists } from '../pieces.ts';
import { isoUtc } from '../zone-time.ts';
import { alarmEntries } from './alarms.ts';
import { compositionEntry } from './composition.ts';
import { administrationEntries, procedureEntry } from './drugs.ts';
import { scoreEntries, sideEffectEntries } from './findings.ts';
import { URI_SYSTEM, urnOf, uuidIdentifier, uuidOf } from './identity.ts';
import { encounterEntry, monitorEntries, patientEntry, practitionerEntries, productEntry } from './people.ts';
import { reportEntry } from './report.ts';
import { type Entry, type Scope, scopeOf } from './scope.ts';
import { seriesEntries } from './series.ts';
import { provenanceEntries } from './signatures.ts';
import { continuousEntries, readingEntries } from './vital-signs.ts';

export interface BundleOptions {
  /** Step of the continuous values (ms). */
  readonly stepMs: number;
  /** The URI under which the receiver knows the clinic's record numbers; null: not known. */
  readonly mrnSystem: string | null;
  /** The paper report; null: without. */
  readonly pdf: Uint8Array | null;
}

/** So many resources are made at once before other work of the process may go first. */
const BREATH = 100;

function* collected(entries: Iterable<Entry>): Generator<undefined, readonly Entry[]> {
  const all: Entry[] = [];
  for (const entry of entries) {
    all.push(entry);
    if (all.length % BREATH === 0) yield;
  }
  yield;
  return all;
}

/** Makes all resources, the Composition first, as a document wants it; stops at each `yield` for other work. */
function* made(
  scope: Scope,
  { stepMs, mrnSystem, pdf }: BundleOptions,
): Generator<undefined, readonly Entry[]> {
  const sections = {
    vitalSigns: [...readingEntries(scope), ...(yield* collected(continuousEntries(scope, stepMs)))],
    series: yield* collected(seriesEntries(scope)),
    drugs: [procedureEntry(scope), ...administrationEntries(scope)],
    findings: [...scoreEntries(scope), ...sideEffectEntries(scope)],
    alarms: alarmEntries(scope),
    report: pdf === null ? [] : [reportEntry(scope, pdf)],
  };
  return [
    compositionEntry(scope, sections, stepMs),
    patientEntry(scope, mrnSystem),
    encounterEntry(scope),
    ...monitorEntries(scope),
    productEntry(scope),
    ...practitionerEntries(scope),
    ...sections.drugs,
    ...sections.vitalSigns,
    ...sections.series,
    ...sections.findings,
    ...sections.alarms,
    ...sections.report,
    ...provenanceEntries(scope),
  ];
}

/** A Bundle without its entries, and its entries. */
interface Frame {
  readonly bundle: Bundle;
  readonly toEntry: (entry: Entry) => BundleEntry;
}

/** The session as a FHIR document: a file that stands alone. */
const documentFrame = (document: SessionDocument, scope: Scope): Frame => ({
  bundle: {
    resourceType: 'Bundle',
    ...scope.meta(),
    identifier: uuidIdentifier(uuidOf(document.session.id, 'bundle', document.headHash)),
    type: 'document',
    timestamp: isoUtc(document.writtenAt),
  },
  toEntry: ({ uuid, resource }) => ({ fullUrl: urnOf(uuid), resource }),
});

/** The session as a transaction: everything or nothing, and as often as one likes. */
const transactionFrame = (document: SessionDocument, scope: Scope, options: BundleOptions): Frame => ({
  bundle: { resourceType: 'Bundle', ...scope.meta(), type: 'transaction' },
  toEntry: (entry) => ({
    fullUrl: urnOf(entry.uuid),
    resource: entry.resource,
    request: requestOf(entry, document, options),
  }),
});

export type BundleKind = 'document' | 'transaction';

const frameOf = (kind: BundleKind, document: SessionDocument, scope: Scope, options: BundleOptions): Frame =>
  kind === 'document' ? documentFrame(document, scope) : transactionFrame(document, scope, options);

/** The Bundle, made at once. */
export const bundleOf = (kind: BundleKind, document: SessionDocument, options: BundleOptions): Bundle => {
  const scope = scopeOf(document);
  const work = made(scope, options);
  let step = work.next();
  while (step.done !== true) step = work.next();
  const { bundle, toEntry } = frameOf(kind, document, scope, options);
  return { ...bundle, entry: step.value.map(toEntry) };
};

/** The Bundle as JSON in pieces, one entry a line; computes each piece when it is asked for (empty ones: only time passed). */
export function* bundlePieces(
  kind: BundleKind,
  document: SessionDocument,
  options: BundleOptions,
): Generator<string, undefined> {
  const scope = scopeOf(document);
  const work = made(scope, options);
  let step = work.next();
  while (step.done !== true) {
    yield '';
    step = work.next();
  }
  const { bundle, toEntry } = frameOf(kind, document, scope, options);
  yield `${JSON.stringify(bundle).slice(0, -1)},"entry":[\n`;
  for (const [index, entries] of [...inLists(step.value, BREATH)].entries()) {
    const text = entries.map((entry) => JSON.stringify(toEntry(entry))).join(',\n');
    yield index === 0 ? text : `,\n${text}`;
  }
  yield '\n]}\n';
}

/**
 * How a server takes it. The patient, people and devices are the server's to keep: made only where they are not
 * there (conditional create), never overwritten. Everything of the visit is put where its identity is, or made
 * (conditional update): sent twice it is there once, and a later record (a signature, an addendum, an artefact)
 * replaces the earlier one. Identities are searched instead of set as ids, because many servers give their own ids.
 */
const requestOf = (
  { uuid, resource }: Entry,
  { session }: SessionDocument,
  { mrnSystem }: BundleOptions,
): BundleEntryRequest => {
  const type = resource.resourceType;
  const own = `identifier=${query(URI_SYSTEM, urnOf(uuid))}`;
  if (type === 'Patient') {
    // What was not measured live never looks for a real patient (`sharedUuid`).
    const mrn = session.origin === 'live' ? (session.patient?.mrn ?? null) : null;
    const found = mrn === null || mrnSystem === null ? own : `identifier=${query(mrnSystem, mrn)}`;
    return { method: 'POST', url: type, ifNoneExist: found };
  }
  if (KEPT_BY_SERVER.has(type)) return { method: 'POST', url: type, ifNoneExist: own };
  // R4 has no search by identifier for these two: they carry theirs as a tag.
  const search = WITHOUT_IDENTIFIER.has(type) ? `_tag=${query(URI_SYSTEM, urnOf(uuid))}` : own;
  return { method: 'PUT', url: `${type}?${search}` };
};

const KEPT_BY_SERVER: ReadonlySet<Resource['resourceType']> = new Set(['Practitioner', 'Device']);
const WITHOUT_IDENTIFIER: ReadonlySet<Resource['resourceType']> = new Set(['AdverseEvent', 'Provenance']);

/** A token of a search, escaped for the search first (`\`, `,`, `$`, `|`) and for the URL second. */
const query = (system: string, value: string): string =>
  [system, value]
    .map((part) => encodeURIComponent(part.replace(/[\\,$|]/g, (sign) => `\\${sign}`)))
    .join('|');
