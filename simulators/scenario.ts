/**
 * A scenario: what happens to a simulated patient, the sensors and the line, and when. Scenarios are data
 * (JSON); this is their one definition. Times are seconds of simulated time since the monitor was switched on.
 */
import { z } from 'zod';

/** The longest simulation, and the length of an event that lasts to its end (s). */
export const LONGEST_S = 7 * 24 * 3600;
const instantS = z.number().min(0).max(LONGEST_S);
const lengthS = z.number().positive().max(LONGEST_S);

/** Events last to the end when nobody says how long. */
const window = { atS: instantS, durationS: lengthS.default(LONGEST_S).describe('absent: to the end') };
/** Eased in over `rampS` (part of `durationS`), eased out over `recoverS` after it. */
const ramped = {
  ...window,
  rampS: z.number().min(0).max(LONGEST_S).default(15),
  recoverS: z.number().min(0).max(LONGEST_S).default(30),
};
const chance = z.number().min(0).max(1);

const patientSchema = z.strictObject({
  heartRate: z.number().min(30).max(180).default(72).describe('resting heart rate, 1/min'),
  systolic: z.number().min(70).max(220).default(122).describe('resting systolic pressure, mmHg'),
  diastolic: z.number().min(35).max(130).default(76).describe('resting diastolic pressure, mmHg'),
  spo2: z.number().min(70).max(100).default(97.4).describe('resting arterial oxygen saturation, %'),
  respiratoryRate: z.number().min(4).max(40).default(14).describe('resting breathing rate, 1/min'),
  perfusionIndex: z.number().min(0.05).max(20).default(3.2).describe('perfusion index at the finger, %'),
  temperatureCel: z
    .number()
    .min(30)
    .max(43)
    .nullable()
    .default(36.6)
    .describe('body temperature, °C; null: no temperature probe'),
  etco2MmHg: z
    .number()
    .min(10)
    .max(90)
    .nullable()
    .default(null)
    .describe('end-tidal CO2, mmHg; null: no capnography line'),
  response: z
    .strictObject({
      systolicRise: z.number().min(-30).max(90).default(16),
      diastolicRise: z.number().min(-20).max(60).default(11),
      heartRateRise: z.number().min(-30).max(60).default(4),
    })
    .prefault({})
    .describe('rise (mmHg, mmHg, 1/min) at 40 min of 0.5 mg/kg over 40 min'),
});

const eventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('probe-off'),
    ...window,
    how: z.enum(['off', 'disconnected']).default('off'),
  }),
  z.strictObject({ kind: z.literal('leads-off'), ...window }),
  z.strictObject({ kind: z.literal('ecg-artefact'), ...window }),
  z.strictObject({ kind: z.literal('motion'), ...window }),
  z.strictObject({ kind: z.literal('apnea'), ...window }),
  z.strictObject({ kind: z.literal('cuff-failure'), ...window, cause: z.enum(['loose', 'leak', 'motion']) }),
  z.strictObject({ kind: z.literal('low-perfusion'), ...ramped, to: z.number().min(0.02).max(20) }),
  z.strictObject({ kind: z.literal('desaturation'), ...ramped, to: z.number().min(40).max(100) }),
  z.strictObject({ kind: z.literal('heart-rate'), ...ramped, to: z.number().min(0).max(250) }),
  z.strictObject({ kind: z.literal('respiratory-rate'), ...ramped, to: z.number().min(2).max(60) }),
  z.strictObject({
    kind: z.literal('pressure'),
    ...ramped,
    systolicBy: z.number().min(-120).max(150),
    diastolicBy: z.number().min(-80).max(100),
    heartRateBy: z.number().min(-80).max(80).default(0),
  }),
  z
    .strictObject({ kind: z.literal('systolic'), ...ramped, to: z.number().min(45).max(290) })
    .describe('the pressure itself, whatever drug and earlier events made of it'),
  z.strictObject({ kind: z.literal('diastolic'), ...ramped, to: z.number().min(20).max(250) }),
  z.strictObject({ kind: z.literal('etco2'), ...ramped, to: z.number().min(5).max(120) }),
  z.strictObject({ kind: z.literal('temperature'), ...ramped, to: z.number().min(25).max(44) }),
  z
    .strictObject({ kind: z.literal('battery-low'), ...window })
    .describe('the monitor itself: said on the line by the families that can'),
  z
    .strictObject({
      kind: z.literal('monitor-alarm'),
      ...window,
      text: z.string().regex(/^[\x20-\x7e]{1,40}$/, 'must be 1 to 40 plain ASCII characters'),
    })
    .describe('a message of the monitor itself, on the line of the families that send texts'),
]);

const untilEnd = { atS: instantS, durationS: lengthS.optional().describe('absent: to the end') };
const lineSchema = z.discriminatedUnion('kind', [
  z
    .strictObject({ kind: z.literal('cut'), ...untilEnd })
    .describe('cable out: nothing passes, bytes are lost'),
  z
    .strictObject({ kind: z.literal('stall'), ...untilEnd })
    .describe('silence, then what was held comes at once'),
  z
    .strictObject({
      kind: z.literal('noise'),
      ...untilEnd,
      flipPerByte: chance.default(0),
      dropPerByte: chance.default(0),
      insertPerByte: chance.default(0),
    })
    .describe('chance for each byte, both ways: one bit flipped, lost, a foreign byte before it'),
  z
    .strictObject({ kind: z.literal('silence'), ...untilEnd })
    .describe('what the monitor sends is lost; what the host asks still reaches it'),
  z
    .strictObject({ kind: z.literal('delay'), ...untilEnd, delayS: z.number().positive().max(60) })
    .describe('what the monitor sends arrives late, in order'),
  z
    .strictObject({ kind: z.literal('restart'), ...untilEnd })
    .describe('monitor off, then on again, knowing nothing'),
]);

const recordingSchema = z.strictObject({
  file: z
    .string()
    .min(1)
    .max(400)
    .describe('table of vitals (CSV), seen from the folder of the scenario file'),
  startS: instantS.default(0).describe('second of the recording that is played at second 0'),
  columns: z
    .record(z.string().min(1).max(100), z.string().max(60).nullable())
    .default({})
    .describe('heading → metric (MDC_…); null: the column is not used; others by their names'),
  zero: z.enum(['number', 'missing']).default('missing').describe('what 0 means where a vital sign can be 0'),
  holdS: lengthS
    .nullable()
    .default(null)
    .describe('a value holds until the next, at most so long; null: one and a half sample intervals'),
});

const scenarioSchema = z.strictObject({
  $schema: z.string().optional(),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  title: z.string().min(1).max(120),
  description: z.string().max(1000).default(''),
  patient: z
    .union([z.literal('sampled').describe('drawn from the population by the seed'), patientSchema])
    .prefault({}),
  recording: z
    .union([recordingSchema.shape.file, recordingSchema])
    .nullable()
    .default(null)
    .describe('vitals come from this recording, not from `patient`'),
  cuff: z
    .strictObject({
      firstAtS: instantS.default(15).describe('first automatic measurement'),
      intervalS: z.number().min(60).max(14400).nullable().default(300).describe('null: only on command'),
      extraAtS: z.array(instantS).max(1000).default([]).describe('measurements that somebody starts by hand'),
      stopAtS: z.array(instantS).max(1000).default([]).describe('a running measurement is stopped by hand'),
    })
    .prefault({}),
  infusion: z
    .array(
      z.strictObject({
        startS: instantS,
        stopS: instantS,
        rateMgPerKgPerH: z.number().positive().max(10),
      }),
    )
    .max(100)
    .default([])
    .refine(
      (periods) => periods.every((period) => period.stopS > period.startS),
      'stopS must be after startS',
    )
    .refine(
      (periods) =>
        periods.every((period, index) => index === 0 || period.startS >= (periods[index - 1]?.stopS ?? 0)),
      'periods must be in order and must not overlap',
    ),
  events: z.array(eventSchema).max(1000).default([]),
  line: z.array(lineSchema).max(1000).default([]),
});

/** Where recorded vitals come from and how they are read. */
export type RecordingSource = z.output<typeof recordingSchema>;
/** The recording a scenario names, with its defaults; null: the patient is made up. */
export const recordingOf = ({ recording }: Scenario): RecordingSource | null =>
  typeof recording === 'string' ? recordingSchema.parse({ file: recording }) : recording;

/** A scenario with every default filled in. */
export type Scenario = z.output<typeof scenarioSchema>;
/** The resting state of a patient and how strongly ketamine acts on it. */
export type PatientParameters = z.output<typeof patientSchema>;
/** Something that happens to the patient or a sensor. */
export type ScenarioEvent = z.output<typeof eventSchema>;
/** The events of one kind. */
export type EventOf<Kind extends ScenarioEvent['kind']> = Extract<ScenarioEvent, { kind: Kind }>;
/** Something that happens to the cable between monitor and host, or to the monitor itself. */
export type ScenarioLineFault = z.output<typeof lineSchema>;

/** A scenario, or one line that names the field that is wrong. */
export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly problem: string };

/** Reads a scenario from parsed JSON. Unknown fields are refused: a misspelt event must not pass unnoticed. */
export const parseScenario = (json: unknown): ParsedScenario => {
  const parsed = scenarioSchema.safeParse(json);
  if (parsed.success) return { ok: true, scenario: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue === undefined ? '' : z.core.toDotPath(issue.path);
  return { ok: false, problem: `${field === '' ? 'scenario' : field}: ${issue?.message ?? 'invalid'}` };
};

/** The JSON schema of a scenario file (draft 2020-12), for editors; kept in `scenario.schema.json`. */
export const scenarioJsonSchema = (): unknown => z.toJSONSchema(scenarioSchema, { io: 'input' });
