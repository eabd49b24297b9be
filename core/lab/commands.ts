/**
 * What an engineer may tell the simulator lab: one JSON object a command, the same from a script, from stdin and from the
 * lab's page. Described with examples in docs/lab.md.
 */
import { z } from 'zod';
import { parseLine } from '../line/line-settings.ts';
import { durationSchema } from './duration.ts';
import { PARAMETER_IDS, type Parameter } from './parameters.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,31}$/, 'must be lower-case letters, digits and "-", at most 32');
const monitor = { monitor: id };
const parameter = z.enum(PARAMETER_IDS as [Parameter, ...Parameter[]]); // the table is not empty
const onOff = z.enum(['on', 'off']);
/** Over by itself after this long; absent: until told otherwise. */
const lasting = { for: durationSchema.optional() };
const chance = z.number().min(0).max(1);

const patientActs = [
  z.strictObject({
    ...monitor,
    do: z.literal('set'),
    parameter,
    to: z.number(),
    over: durationSchema.default(0),
  }),
  z.strictObject({ ...monitor, do: z.literal('ramp'), parameter, by: z.number(), over: durationSchema }),
  z.strictObject({
    ...monitor,
    do: z.literal('release'),
    parameter: z.union([parameter, z.literal('all')]),
    over: durationSchema.default(10),
  }),
  z.strictObject({ ...monitor, do: z.literal('cuff'), what: z.enum(['start', 'stop']).default('start') }),
  z.strictObject({
    ...monitor,
    do: z.literal('cuff-fails'),
    cause: z.enum(['loose', 'leak', 'motion', 'no']),
    ...lasting,
  }),
  z.strictObject({
    ...monitor,
    do: z.literal('probe'),
    state: z.enum(['on', 'off', 'disconnected']),
    ...lasting,
  }),
  z.strictObject({ ...monitor, do: z.literal('leads'), state: onOff, ...lasting }),
  z.strictObject({ ...monitor, do: z.literal('ecg-artefact'), state: onOff, ...lasting }),
  z.strictObject({ ...monitor, do: z.literal('motion'), state: onOff, ...lasting }),
  z.strictObject({ ...monitor, do: z.literal('apnoea'), state: onOff, ...lasting }),
  z.strictObject({ ...monitor, do: z.literal('infusion'), mgPerKgPerH: z.number().min(0).max(10) }),
  z.strictObject({ ...monitor, do: z.literal('battery'), state: z.enum(['low', 'ok']) }),
  z.strictObject({
    ...monitor,
    do: z.literal('alarm-text'),
    text: z
      .string()
      .regex(/^[\x20-\x7e]{1,40}$/, 'must be 1 to 40 plain ASCII characters')
      .nullable(),
  }),
] as const;

const lineActs = [
  z.strictObject({ ...monitor, do: z.literal('cable'), state: z.enum(['in', 'out']), ...lasting }),
  z.strictObject({ ...monitor, do: z.literal('silence'), state: onOff, ...lasting }),
  z.strictObject({ ...monitor, do: z.literal('hold'), state: onOff, ...lasting }),
  z.strictObject({
    ...monitor,
    do: z.literal('delay'),
    by: durationSchema.refine((seconds) => seconds <= 60, 'must be at most 60 s'),
  }),
  z.strictObject({
    ...monitor,
    do: z.literal('noise'),
    flip: chance.default(0),
    drop: chance.default(0),
    insert: chance.default(0),
  }),
  z.strictObject({ ...monitor, do: z.literal('power'), state: onOff, ...lasting }),
] as const;

/** Line settings as people write them ("4800 7E1"): what this line has otherwise than its family. */
const lineText = z
  .string()
  .max(40)
  .transform((text, context) => {
    const parsed = parseLine(text);
    if (parsed.ok) return parsed.line;
    context.addIssue({ code: 'custom', message: parsed.message });
    return z.NEVER;
  });

/** Where a monitor of the lab speaks. */
export const outletSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('tcp'),
    host: z.string().min(1).max(255).default('127.0.0.1'),
    port: z.number().int().min(0).max(65_535).default(0),
  }),
  z.strictObject({
    kind: z.literal('tcp-connect'),
    host: z.string().min(1).max(255).default('127.0.0.1'),
    port: z.number().int().min(1).max(65_535),
  }),
  z.strictObject({ kind: z.literal('pty'), path: z.string().min(1).max(400) }),
  z.strictObject({ kind: z.literal('serial'), path: z.string().min(1).max(400), line: lineText.optional() }),
]);
/** Where a monitor of the lab speaks. */
export type LabOutlet = z.output<typeof outletSchema>;

const addSchema = z.strictObject({
  do: z.literal('add'),
  monitor: id.optional(),
  device: z.string().min(1).max(60),
  outlet: outletSchema.prefault({ kind: 'tcp' }),
  scenario: z
    .union([z.string().min(1).max(400), z.record(z.string(), z.unknown())])
    .default('steady')
    .describe('a built-in name, the path of a scenario file, or a scenario itself'),
  seed: z.number().int().min(0).max(0xffffffff).default(1),
  speed: z.number().positive().max(1000).default(1),
  with: id.optional().describe('a monitor whose patient this one watches too'),
});

const labActs = [
  addSchema,
  z.strictObject({ ...monitor, do: z.literal('remove') }),
  z.strictObject({ ...monitor, do: z.literal('run'), scenario: z.string().min(1).max(400) }),
  z.strictObject({
    ...monitor,
    do: z.literal('save'),
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{0,63}$/)
      .default('driven-by-hand'),
    title: z.string().min(1).max(120).default('Driven by hand in the lab'),
    file: z.string().min(1).max(400).optional(),
  }),
  z.strictObject({ do: z.literal('state') }),
  z.strictObject({ do: z.literal('wait'), for: durationSchema, monitor: id.optional() }),
] as const;

const patientActSchema = z.discriminatedUnion('do', patientActs);
const lineActSchema = z.discriminatedUnion('do', lineActs);
/** Any command of the lab. */
export const labCommandSchema = z.discriminatedUnion('do', [...patientActs, ...lineActs, ...labActs]);

/** Something done to the patient or to the monitor's sensors. */
export type PatientAct = z.output<typeof patientActSchema>;
/** Something done to the line between monitor and host, or to the monitor's switch. */
export type LineAct = z.output<typeof lineActSchema>;
/** Any command, with its defaults filled in. */
export type LabCommand = z.output<typeof labCommandSchema>;
/** Any command as a person or a page writes it. */
export type LabCommandInput = z.input<typeof labCommandSchema>;
/** The command that adds a monitor. */
export type AddCommand = z.output<typeof addSchema>;

const LINE_ACTS: ReadonlySet<string> = new Set(lineActs.map((schema) => schema.shape.do.value));
const PATIENT_ACTS: ReadonlySet<string> = new Set(patientActs.map((schema) => schema.shape.do.value));
/** True for what is done to the line. */
export const isLineAct = (command: LabCommand): command is LineAct => LINE_ACTS.has(command.do);
/** True for what is done to the patient. */
export const isPatientAct = (command: LabCommand): command is PatientAct => PATIENT_ACTS.has(command.do);

/** A command, or one line that names the field that is wrong. */
export type ParsedCommand =
  | { readonly ok: true; readonly command: LabCommand }
  | { readonly ok: false; readonly problem: string };

/** Reads a command from parsed JSON. Unknown fields are refused. */
export const parseLabCommand = (json: unknown): ParsedCommand => {
  const parsed = labCommandSchema.safeParse(json);
  if (parsed.success) return { ok: true, command: parsed.data };
  const issue = parsed.error.issues[0];
  const field = issue === undefined ? '' : z.core.toDotPath(issue.path);
  return { ok: false, problem: `${field === '' ? 'command' : field}: ${issue?.message ?? 'invalid'}` };
};

/** The JSON schema of a command (draft 2020-12), for editors and other programs. */
export const labCommandJsonSchema = (): unknown => z.toJSONSchema(labCommandSchema, { io: 'input' });
