import type { Observation } from '@medplum/fhirtypes';
import { beforeAll, describe, expect, it } from 'vitest';
import { bundleOf } from '../../../exports/fhir/bundle.ts';
import { documentOf } from '../made-document.ts';
import { loadR4, problemsOf, resolved, resourcesOf } from './r4.ts';

const OPTIONS = { stepMs: 60_000, mrnSystem: null, pdf: null };

beforeAll(loadR4, 180_000);

describe('validity against FHIR R4', () => {
  it('the checker itself refuses a heart rate in beats per hour', () => {
    const heart: Observation = {
      resourceType: 'Observation',
      meta: { profile: ['http://hl7.org/fhir/StructureDefinition/heartrate'] },
      status: 'final',
      category: [
        {
          coding: [
            { system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' },
          ],
        },
      ],
      code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] },
      subject: { reference: 'Patient/1' },
      effectiveDateTime: '2026-03-01T14:00:00Z',
      valueQuantity: { value: 72, unit: 'a minute', system: 'http://unitsofmeasure.org', code: '/min' },
    };
    expect(problemsOf(heart)).toEqual([]);
    const wrong = { ...heart, valueQuantity: { ...heart.valueQuantity, code: '/h' } };
    expect(problemsOf(wrong)).toEqual(['heartrate: unit http://unitsofmeasure.org|/h']);
    const { effectiveDateTime: _, ...timeless } = heart;
    expect(problemsOf(timeless).join()).toContain('effective');
  });

  it.each(['live', 'simulated', 'replayed', 'imported'] as const)(
    'a %s session keeps R4 and its profiles',
    (origin) => {
      const bundle = resolved(bundleOf('document', documentOf({ origin }), OPTIONS));
      expect(problemsOf(bundle)).toEqual([]);
      const resources = resourcesOf(bundle);
      expect(resources.flatMap(problemsOf)).toEqual([]);
      expect(new Set(resources.map(({ resourceType }) => resourceType))).toEqual(
        new Set([
          'Composition',
          'Patient',
          'Encounter',
          'Device',
          'Practitioner',
          'Procedure',
          'MedicationAdministration',
          'Observation',
          'AdverseEvent',
          'Provenance',
        ]),
      );
    },
  );

  it('a transaction with its report keeps R4', () => {
    const pdf = new Uint8Array([37, 80, 68, 70]);
    const bundle = resolved(bundleOf('transaction', documentOf(), { ...OPTIONS, pdf }));
    expect(problemsOf(bundle)).toEqual([]);
    expect(resourcesOf(bundle).flatMap(problemsOf)).toEqual([]);
    expect(resourcesOf(bundle).map(({ resourceType }) => resourceType)).toContain('DocumentReference');
  });
});
