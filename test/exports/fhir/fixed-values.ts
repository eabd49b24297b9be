/**
 * What the R4 vital-signs profiles fix deep inside their slices (codes of codings, units of values). The validator at
 * hand does not look that deep: it takes any unit, and finds no component of any blood pressure, not even of one with
 * the bare LOINC codes. The values are read from HL7's own definitions.
 */
import type { CodeableConcept, Observation, Quantity, StructureDefinition } from '@medplum/fhirtypes';

/** What is wrong with an observation against what `profile` fixes; empty: nothing. */
export const fixedValueProblems = (
  observation: Observation,
  profile: StructureDefinition,
): readonly string[] => {
  const fixed = fixedOf(profile);
  const names = [...new Set(fixed.flatMap(({ component }) => (component === null ? [] : [component])))];
  return [
    ...partProblems(profile.id ?? '', observation, fixed, null),
    ...names.flatMap((name) => {
      const code = fixed.find(({ component, element }) => component === name && element === 'coding code');
      const matching = (observation.component ?? []).filter((part) =>
        part.code.coding?.some((coding) => coding.code === code?.value),
      );
      return matching.length === 1
        ? matching.flatMap((part) => partProblems(name, part, fixed, name))
        : [`${profile.id}: ${matching.length} components for ${name}`];
    }),
  ];
};

interface Fixed {
  /** The component's slice; null: the observation itself. */
  readonly component: string | null;
  readonly element: 'coding code' | 'coding system' | 'value code' | 'value system';
  readonly value: string;
}

const ELEMENT =
  /^Observation(?:\.component:(\w+))?\.(code\.coding:\w+|value(?:\[x\])?(?::?\w+)?)\.(code|system)$/;

/** The fixed codes, systems and units of a profile. @throws Error when it has none: then the pattern above is wrong. */
const fixedOf = ({ id, snapshot }: StructureDefinition): readonly Fixed[] => {
  const found = (snapshot?.element ?? []).flatMap((element): readonly Fixed[] => {
    const match = ELEMENT.exec(element.id ?? '');
    const value = element.fixedCode ?? element.fixedUri;
    if (match === null || value === undefined) return [];
    const part = match[2]?.startsWith('code') ? 'coding' : 'value';
    const field = match[3] === 'code' ? 'code' : 'system';
    return [{ component: match[1] ?? null, element: `${part} ${field}`, value }];
  });
  if (found.length === 0 && id !== 'vitalsigns') throw new Error(`nothing fixed in ${id}`);
  return found;
};

const partProblems = (
  name: string,
  part: { readonly code: CodeableConcept; readonly valueQuantity?: Quantity },
  all: readonly Fixed[],
  component: string | null,
): readonly string[] => {
  const of = (element: Fixed['element']): string | undefined =>
    all.find((one) => one.component === component && one.element === element)?.value;
  const code = of('coding code');
  const system = of('coding system');
  const codings = (part.code.coding ?? []).filter((coding) => coding.code === code);
  const codeIsThere = code === undefined || (codings.length === 1 && codings[0]?.system === system);
  const { valueQuantity: value } = part;
  const isFixed = (wanted: string | undefined, seen: string | undefined): boolean =>
    wanted === undefined || wanted === seen;
  const unitIsRight =
    value === undefined ||
    (isFixed(of('value code'), value.code) && isFixed(of('value system'), value.system));
  const isComplete = value === undefined || (value.value !== undefined && value.unit !== undefined);
  return [
    ...(codeIsThere ? [] : [`${name}: no coding ${system}|${code}`]),
    ...(unitIsRight ? [] : [`${name}: unit ${value?.system}|${value?.code}`]),
    ...(isComplete ? [] : [`${name}: a value without a number or a unit`]),
  ];
};
