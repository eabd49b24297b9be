/**
 * Code systems and the codes of each metric. LOINC and units as the R4 vital-signs profiles fix them (hl7.org/fhir/R4,
 * heartrate, resprate, oxygensat, bodytemp, bp); MDC from `core/nomenclature`. Codes that no document at hand shows are
 * left out: a text says what is meant.
 */
import type { CodeableConcept, Coding, Quantity } from '@medplum/fhirtypes';
import { METRICS, type MetricId, NIBP_METRICS } from '../../core/nomenclature/metrics.ts';
import type { AbsentValidity } from '../../core/observation/observation.ts';

export const LOINC = 'http://loinc.org';
export const UCUM = 'http://unitsofmeasure.org';
export const SNOMED = 'http://snomed.info/sct';
/** ISO/IEEE 11073-10101, as FHIR names it (hl7.org/fhir/R4/terminologies-systems). */
export const MDC = 'urn:iso:std:iso:11073:10101';
const UNII = 'http://fdasis.nlm.nih.gov';
const ABSENT = 'http://terminology.hl7.org/CodeSystem/data-absent-reason';
const INTERPRETATION = 'http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation';
const CATEGORY = 'http://terminology.hl7.org/CodeSystem/observation-category';

const PROFILE = 'http://hl7.org/fhir/StructureDefinition/';

interface MetricCodes {
  /** The vital-signs profile that the resource keeps. */
  readonly profile: string;
  /** The code that the profile asks for first. */
  readonly loinc: readonly (readonly [code: string, display: string])[];
  /** UCUM: the profiles fix `/min`, which is the same unit as our `{beat}/min`. */
  readonly unit: string;
}

const HEART = ['8867-4', 'Heart rate'] as const;
const BREATH = {
  profile: `${PROFILE}resprate`,
  loinc: [['9279-1', 'Respiratory rate']],
  unit: '/min',
} as const;
const BP = { profile: `${PROFILE}bp`, unit: 'mm[Hg]' } as const;

const CODES: Readonly<Record<MetricId, MetricCodes>> = {
  MDC_ECG_HEART_RATE: { profile: `${PROFILE}heartrate`, loinc: [HEART], unit: '/min' },
  MDC_PULS_OXIM_PULS_RATE: {
    profile: `${PROFILE}heartrate`,
    loinc: [HEART, ['8889-8', 'Heart rate by Pulse oximetry']],
    unit: '/min',
  },
  MDC_PULS_RATE_NON_INV: { profile: `${PROFILE}heartrate`, loinc: [HEART], unit: '/min' },
  MDC_PULS_OXIM_SAT_O2: {
    profile: `${PROFILE}oxygensat`,
    loinc: [
      ['2708-6', 'Oxygen saturation in Arterial blood'],
      ['59408-5', 'Oxygen saturation in Arterial blood by Pulse oximetry'],
    ],
    unit: '%',
  },
  MDC_RESP_RATE: BREATH,
  MDC_TTHOR_RESP_RATE: BREATH,
  MDC_CO2_RESP_RATE: BREATH,
  MDC_PRESS_BLD_NONINV_SYS: { ...BP, loinc: [['8480-6', 'Systolic blood pressure']] },
  MDC_PRESS_BLD_NONINV_DIA: { ...BP, loinc: [['8462-4', 'Diastolic blood pressure']] },
  MDC_PRESS_BLD_NONINV_MEAN: { ...BP, loinc: [['8478-0', 'Mean blood pressure']] },
  MDC_BLD_PERF_INDEX: {
    profile: `${PROFILE}vitalsigns`,
    loinc: [['61006-3', 'Perfusion index Tissue by Pulse oximetry']],
    unit: '%',
  },
  MDC_CONC_AWAY_CO2_ET: {
    profile: `${PROFILE}vitalsigns`,
    loinc: [['19891-1', 'Carbon dioxide [Partial pressure] in Exhaled gas --at end expiration']],
    unit: 'mm[Hg]',
  },
  MDC_TEMP_BODY: { profile: `${PROFILE}bodytemp`, loinc: [['8310-5', 'Body temperature']], unit: 'Cel' },
};

export const profileOf = (metric: MetricId): string => CODES[metric].profile;

const mdcCoding = (metric: MetricId): Coding => ({
  system: MDC,
  code: String(METRICS[metric].code),
  display: metric,
});

/** The metric as a concept: LOINC and MDC side by side, and its name. */
export const metricConcept = (metric: MetricId): CodeableConcept => ({
  coding: [
    ...CODES[metric].loinc.map(([code, display]) => ({ system: LOINC, code, display })),
    mdcCoding(metric),
  ],
  text: METRICS[metric].name,
});

/** The metric by its MDC code only: for what must not be taken for a charted vital sign. */
export const metricSeriesConcept = (metric: MetricId): CodeableConcept => ({
  coding: [mdcCoding(metric)],
  text: `${METRICS[metric].name}, every value as it was received`,
});

export const BLOOD_PRESSURE_PANEL: CodeableConcept = {
  coding: [
    { system: LOINC, code: '85354-9', display: 'Blood pressure panel with all children optional' },
    { system: MDC, code: '150020', display: 'MDC_PRESS_BLD_NONINV' },
  ],
  text: 'Blood pressure (cuff)',
};

/** An alarm of a device, as IHE PCD names the event (ACM, OBR-4). */
export const ALARM_EVENT: Coding = { system: MDC, code: '196616', display: 'MDC_EVT_ALARM' };

export const PRESSURE_COMPONENTS = NIBP_METRICS;

/** A value with the metric's unit. */
export const metricQuantity = (metric: MetricId, value: number): Quantity => ({
  value,
  unit: METRICS[metric].unitLabel,
  system: UCUM,
  code: CODES[metric].unit,
});

export const ucum = (value: number, code: string, unit: string = code): Quantity => ({
  value,
  unit,
  system: UCUM,
  code,
});

export const category = (code: 'vital-signs' | 'survey' | 'procedure', display: string): CodeableConcept => ({
  coding: [{ system: CATEGORY, code, display }],
});

/** Why there is no number, as the HL7 guide for point-of-care devices maps the measurement status of 11073. */
export const ABSENT_REASONS: Readonly<Record<AbsentValidity, CodeableConcept>> = {
  ongoing: absentReason('temp-unknown', 'Temporarily Unknown', 'A measurement is running'),
  calibrating: absentReason('temp-unknown', 'Temporarily Unknown', 'The monitor is calibrating'),
  invalid: absentReason('error', 'Error', 'The value is invalid'),
  overflow: absentReason('error', 'Error', 'Above what the monitor can measure'),
  underflow: absentReason('error', 'Error', 'Below what the monitor can measure'),
  unavailable: absentReason('not-performed', 'Not Performed', 'The monitor has no value'),
};

/** A value that belongs to a reading but was not given. */
export const NOT_GIVEN: CodeableConcept = absentReason('unknown', 'Unknown', 'The monitor did not give it');

function absentReason(code: string, display: string, text: string): CodeableConcept {
  return { coding: [{ system: ABSENT, code, display }], text };
}

/** Which side a monitor could not measure beyond. */
export const OFF_SCALE: Readonly<Partial<Record<AbsentValidity, CodeableConcept>>> = {
  overflow: { coding: [{ system: INTERPRETATION, code: '>', display: 'Off scale high' }] },
  underflow: { coding: [{ system: INTERPRETATION, code: '<', display: 'Off scale low' }] },
};

/** The monitor itself doubts the number (code of the HL7 guide for point-of-care devices). */
export const QUESTIONABLE: CodeableConcept = {
  coding: [{ system: 'http://hl7.org/fhir/uv/pocd/CodeSystem/measurement-status', code: 'questionable' }],
  text: 'Questionable',
};

/**
 * The drug as a concept. Coded only where the name is exactly a drug whose codes we could read in published tables
 * (ketamine: UNII in openFDA's list of substances, SNOMED CT in published value sets); any other is its name.
 */
export const drugConcept = (name: string): CodeableConcept => ({
  ...(name.trim().toLowerCase() === 'ketamine'
    ? {
        coding: [
          { system: SNOMED, code: '373464007', display: 'Ketamine' },
          { system: UNII, code: '690G0D6V8H', display: 'KETAMINE' },
        ],
      }
    : {}),
  text: name,
});

export const ROUTES = {
  intravenous: {
    coding: [{ system: SNOMED, code: '47625008', display: 'Intravenous route' }],
    text: 'Intravenous',
  },
  nasal: { coding: [{ system: SNOMED, code: '46713006', display: 'Nasal route' }], text: 'Nasal' },
} satisfies Record<string, CodeableConcept>;
