import type { Bundle, MedicationAdministration, Observation, Resource } from '@medplum/fhirtypes';
import { describe, expect, it } from 'vitest';
import { bundleOf } from '../../../exports/fhir/bundle.ts';
import { fhirExporter, fhirTransaction, fhirTransactionBytes } from '../../../exports/fhir/index.ts';
import { documentOf, frame } from '../made-document.ts';
import { BEDSIDE, OXIMETER } from '../made-parts.ts';
import { resourcesOf } from './r4.ts';

const OPTIONS = { stepMs: 60_000, mrnSystem: null, pdf: null };
const made = (document = documentOf()): Bundle => bundleOf('document', document, OPTIONS);

const all = <T extends Resource['resourceType']>(
  type: T,
  bundle: Bundle = made(),
): readonly Extract<Resource, { resourceType: T }>[] =>
  resourcesOf(bundle).filter(
    (one): one is Extract<Resource, { resourceType: T }> => one.resourceType === type,
  );

/** Observations with this MDC or LOINC code, or text. */
const observed = (code: string, bundle: Bundle = made()): readonly Observation[] =>
  all('Observation', bundle).filter(
    (one) => one.code.text === code || one.code.coding?.some((coding) => coding.code === code),
  );

describe('the document', () => {
  it('begins with its Composition, which says first where the numbers come from and what is missing', () => {
    const [composition] = resourcesOf(made());
    if (composition?.resourceType !== 'Composition') throw new Error('no Composition');
    expect(composition.title).toMatch(/^SIMULATED: /);
    const first = composition.section?.[0]?.text?.div ?? '';
    expect(first).toContain('SIMULATED: made by simulated monitors. No patient.');
    expect(first).toContain('No respiration was recorded.');
    expect(first).toContain('Penicillin &lt;rash&gt;');
    expect(composition.status).toBe('amended');
  });

  it.each(['simulated', 'replayed', 'imported'] as const)(
    'marks every resource of a %s session as test data',
    (origin) => {
      const unmarked = resourcesOf(made(documentOf({ origin }))).filter(
        ({ meta }) =>
          !meta?.security?.some(({ code }) => code === 'HTEST') ||
          !meta.tag?.some(({ code }) => code === 'HTEST'),
      );
      // The software itself is real.
      expect(unmarked.map(({ resourceType }) => resourceType)).toEqual(['Device']);
    },
  );

  it('marks nothing of a live session as test data', () => {
    expect(JSON.stringify(made(documentOf({ origin: 'live' })))).not.toContain('HTEST');
  });

  it('names every entry of the record, also those that have no resource of their own', () => {
    const [composition] = all('Composition');
    const record = composition?.section?.at(-1)?.text?.div ?? '';
    expect(record).toContain('Note: Says &quot;fine&quot; &amp; &lt;smiles&gt;');
    expect(record.match(/<p>/g)).toHaveLength(documentOf().events.length);
  });

  it('is the same bytes for the same record', async () => {
    const options = { flowsheetMs: null, timeZone: 'UTC' };
    const bytes = await fhirExporter.write(documentOf(), options);
    expect(bytes).toEqual(await fhirExporter.write(documentOf(), options));
    expect(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))).toEqual(made());
  });
});

describe('vital signs', () => {
  it('a cuff reading is one panel; a mean that was not given is absent, not zero', () => {
    const [, second] = observed('85354-9');
    expect(
      second?.component?.map((part) => part.valueQuantity?.value ?? part.dataAbsentReason?.text),
    ).toEqual([182, 96, 'The monitor did not give it']);
  });

  it('an excluded reading is withdrawn with its reason; the others are final', () => {
    expect(observed('85354-9').map(({ status }) => status)).toEqual([
      'final',
      'final',
      'entered-in-error',
      'final',
    ]);
    expect(observed('85354-9')[2]?.note?.[0]?.text).toBe('Left out of the figures as an artefact: Arm moved');
  });

  it('a reading that the monitor doubted says so', () => {
    expect(observed('85354-9').map(({ interpretation }) => interpretation?.[0]?.text)).toEqual([
      undefined,
      undefined,
      undefined,
      'Questionable',
    ]);
  });

  it('a reading that may be older than its receipt says so', () => {
    expect(observed('85354-9')[0]?.note?.[0]?.text).toContain('2026-03-01T14:00:15.000Z');
  });

  it('continuous values are the last of each minute at their own time, never averaged', () => {
    const rates = observed('147842').filter(({ valueQuantity }) => valueQuantity !== undefined);
    expect(rates.slice(0, 3).map((one) => [one.effectiveDateTime, one.valueQuantity?.value])).toEqual([
      ['2026-03-01T14:00:40.000Z', 74],
      ['2026-03-01T14:01:40.000Z', 71],
      ['2026-03-01T14:02:40.000Z', 77],
    ]);
  });

  it('minutes without a number are one resource that says why and until when', () => {
    const absent = observed('59408-5').filter(({ dataAbsentReason }) => dataAbsentReason !== undefined);
    expect(
      absent.map((one) => [one.effectiveDateTime, one.valueQuantity, one.dataAbsentReason?.text]),
    ).toEqual([['2026-03-01T14:05:50.000Z', undefined, 'The monitor has no value']]);
    expect(absent[0]?.note?.[0]?.text).toContain('2026-03-01T14:07:50.000Z');
  });

  it('a gap without a word from the monitor leaves no values behind', () => {
    const document = documentOf({
      frames: [
        frame(10, BEDSIDE, { MDC_ECG_HEART_RATE: 70 }),
        frame(600, BEDSIDE, { MDC_ECG_HEART_RATE: 80 }),
      ],
    });
    expect(observed('147842', made(document)).filter((one) => one.valueQuantity !== undefined)).toHaveLength(
      2,
    );
  });

  it('the series holds every value in its slot, and E where there was none', () => {
    const document = documentOf({
      entries: [
        [
          5,
          {
            type: 'artefact-excluded',
            target: {
              kind: 'span',
              metrics: ['MDC_PULS_OXIM_SAT_O2'],
              from: frame(3, OXIMETER, {}).at.wall,
              to: frame(4, OXIMETER, {}).at.wall,
            },
            reason: 'Finger moved',
          },
        ],
      ],
      frames: [96, 97, 50, 'overflow', 98, 99].map((value, index) =>
        frame(index < 5 ? index + 1 : 9, OXIMETER, {
          MDC_PULS_OXIM_SAT_O2: value === 'overflow' ? 'overflow' : Number(value),
        }),
      ),
    });
    const [series] = observed('150456', made(document)).filter((one) => one.valueSampledData !== undefined);
    expect(series?.valueSampledData).toMatchObject({ period: 1000, data: '96 97 E U 98 E E E 99' });
    expect(series?.note?.[0]?.text).toContain('1 values were left out as artefacts');
    expect(series?.code.coding?.map(({ system }) => system)).toEqual(['urn:iso:std:iso:11073:10101']);
  });
});

describe('drugs, findings, alarms, signatures', () => {
  const given = (): readonly MedicationAdministration[] => all('MedicationAdministration');

  it('each stretch at one rate has its period, its rate and its dose', () => {
    const stretches = given().filter(({ effectivePeriod }) => effectivePeriod !== undefined);
    expect(
      stretches.map(({ effectivePeriod, dosage, status }) => [
        effectivePeriod?.start?.slice(11, 19),
        effectivePeriod?.end?.slice(11, 19),
        dosage?.rateQuantity?.value,
        dosage?.dose?.value,
        status,
      ]),
    ).toEqual([
      ['14:02:00', '14:06:20', 54, 3.9, 'completed'],
      ['14:06:20', '14:07:20', 40, 0.667, 'completed'],
      ['14:08:20', '14:15:01', 40, 4.456, 'stopped'],
    ]);
    expect(stretches.every(({ note }) => note?.[0]?.text?.includes('not read from the pump'))).toBe(true);
  });

  it('an entry that was struck goes along as entered in error', () => {
    const drugs = given().filter(({ effectiveDateTime }) => effectiveDateTime !== undefined);
    expect(drugs.map(({ dosage, status }) => [dosage?.text, status])).toEqual([
      ['4 mg IV', 'completed'],
      ['40 puffs IV', 'entered-in-error'],
      ['2.5 mg at once', 'completed'],
    ]);
  });

  it('a side effect tells its whole course, its worst severity and its end', () => {
    const [nausea] = all('AdverseEvent');
    expect(nausea?.event?.text).toBe(
      'Nausea; mild from 2026-03-01T14:06:25.000Z; moderate from 2026-03-01T14:07:10.000Z; ended 2026-03-01T14:10:00.000Z',
    );
    expect([nausea?.severity?.coding?.[0]?.code, nausea?.outcome?.coding?.[0]?.code]).toEqual([
      'moderate',
      'resolved',
    ]);
  });

  it('an alarm tells who acknowledged it and after how long', () => {
    const [alarm] = observed('196616');
    expect(alarm?.valueString).toBe('SYS 182 ≥ 180');
    expect(alarm?.note?.[0]?.text).toContain(
      'ACKNOWLEDGED by Nora Nkemelu 2026-03-01T14:06:12.000Z, after 12 s.',
    );
  });

  it('each signature and addendum has its Provenance, with the hash of what was signed', () => {
    expect(
      all('Provenance').map(({ signature, agent, entity }) => [
        signature?.[0]?.type[0]?.display,
        agent[0]?.who?.display,
        entity?.[0]?.what?.identifier?.value?.slice(0, 4),
      ]),
    ).toEqual([
      ["Author's Signature", 'Nora Nkemelu', 'd4d4'],
      ['Review Signature', 'Dr. Jürgen Ødegård', 'd4d4'],
      ['Addendum Signature', 'Dr. Jürgen Ødegård', undefined],
    ]);
  });

  it('a visit without a drug is a procedure that was not done', () => {
    const entries = [
      [9, { type: 'phase-changed', from: 'intake', to: 'cancelled', reason: 'Fever' }],
    ] as const;
    const bundle = made(documentOf({ entries }));
    expect([all('Procedure', bundle)[0]?.status, all('Encounter', bundle)[0]?.status]).toEqual([
      'not-done',
      'cancelled',
    ]);
    expect(all('MedicationAdministration', bundle)).toEqual([]);
  });
});

describe('the transaction', () => {
  const send = (document = documentOf(), mrnSystem: string | null = null): Bundle =>
    fhirTransaction(document, { flowsheetMs: null, mrnSystem }, null);

  it('has every resource of the document once, each with a request of its own', () => {
    const bundle = send();
    expect(bundle.type).toBe('transaction');
    expect(resourcesOf(bundle)).toEqual(resourcesOf(made()));
    const asked = (bundle.entry ?? []).map(({ request }) => request?.ifNoneExist ?? request?.url);
    expect(new Set(asked).size).toBe(asked.length);
  });

  it('asks for the same identities when the record has grown by an addendum', () => {
    const grown = { ...documentOf(), headHash: 'later', missing: [] };
    const requests = (bundle: Bundle) => bundle.entry?.map(({ fullUrl, request }) => [fullUrl, request]);
    expect(requests(send(grown))).toEqual(requests(send()));
  });

  it('never overwrites the patient, people or devices of the server', () => {
    const kept = (send().entry ?? []).filter(({ request }) => request?.method === 'POST');
    expect(new Set(kept.map(({ resource }) => resource?.resourceType))).toEqual(
      new Set(['Patient', 'Device', 'Practitioner']),
    );
    expect(kept.every(({ request }) => request?.ifNoneExist?.startsWith('identifier=') === true)).toBe(true);
  });

  it('finds the patient by the MRN only where its system is known, escaped for the search', () => {
    const search = (bundle: Bundle) =>
      bundle.entry?.find(({ resource }) => resource?.resourceType === 'Patient')?.request?.ifNoneExist;
    expect(search(send(documentOf({ origin: 'live' }), 'https://clinic.example/mrn'))).toBe(
      'identifier=https%3A%2F%2Fclinic.example%2Fmrn|MRN%200042%5C%7C7',
    );
    expect(search(send())).toMatch(/^identifier=urn%3Aietf%3Arfc%3A3986\|urn%3Auuid%3A[0-9a-f-]{36}$/);
  });

  it.each(['simulated', 'replayed', 'imported'] as const)(
    'a %s session meets no patient, person or device of a live one',
    (origin) => {
      const shared = (bundle: Bundle): readonly (string | undefined)[] =>
        (bundle.entry ?? [])
          .filter(({ resource }) => ['Patient', 'Practitioner'].includes(resource?.resourceType ?? ''))
          .flatMap(({ fullUrl, request }) => [fullUrl, request?.ifNoneExist]);
      const live = shared(send(documentOf({ origin: 'live' }), 'https://clinic.example/mrn'));
      const other = send(documentOf({ origin }), 'https://clinic.example/mrn');
      expect(shared(other).filter((one) => live.includes(one))).toEqual([]);
      expect(JSON.stringify(other)).not.toContain('clinic.example');
    },
  );

  it('two sessions share their patient and share nothing else of the visit', () => {
    const other = documentOf();
    const session = {
      ...other.session,
      id: 'b7b7c9f0-0000-4000-8000-000000000001' as typeof other.session.id,
    };
    const urls = (bundle: Bundle, type: string) =>
      (bundle.entry ?? [])
        .filter(({ resource }) => resource?.resourceType === type)
        .map(({ fullUrl }) => fullUrl);
    const [one, two] = [send(), send({ ...other, session })];
    expect(urls(one, 'Patient')).toEqual(urls(two, 'Patient'));
    const visits = ['Encounter', 'Observation', 'Procedure', 'Composition'];
    const shared = visits.flatMap((type) => urls(one, type).filter((url) => urls(two, type).includes(url)));
    expect(shared).toEqual([]);
  });

  it('the bytes that are made in pieces are the same transaction', async () => {
    const pdf = new Uint8Array([37, 80, 68, 70]);
    const options = { flowsheetMs: 30_000, mrnSystem: null };
    const bytes = await fhirTransactionBytes(documentOf(), options, pdf);
    expect(JSON.parse(new TextDecoder().decode(bytes))).toEqual(fhirTransaction(documentOf(), options, pdf));
  });
});
