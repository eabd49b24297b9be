/**
 * The station's configuration: chairs and the monitors that stand beside them. One JSON file, validated
 * here; `docs/config.schema.json` is generated from this schema and `docs/config.example.json` is held to it
 * by a test.
 */
import { z } from 'zod';
import { clinicPreset } from '../core/alarm/clinic-presets.ts';
import { REMINDER_EVERY_MS } from '../core/alarm/timing.ts';
import { familyOptions, lineOverride, monitorAddress } from '../core/api/line-fields.ts';
import type { AlarmPolicyView } from '../core/api/views.ts';
import { isMetricId } from '../core/nomenclature/metrics.ts';
import { clinicProtocol } from '../core/visit/clinic-protocols.ts';
import { migrated } from './config-migration.ts';
import { protocolConfig } from './config-protocol.ts';
import { courseProblems, courseSchema, staffSchema } from './people/config.ts';
import { destinationsSchema } from './sending/config.ts';

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and hyphens, at most 40');

const monitor = z
  .strictObject({
    id: slug.describe('Stable name of this monitor; it is written into every record.'),
    name: z.string().trim().min(1).max(60).describe('What people call it, e.g. "B650 bay 2".'),
    family: z.string().min(1).max(60).describe('Device family; `chairside devices` lists them.'),
    address: monitorAddress.describe('Where its bytes come from.'),
    simulated: z
      .boolean()
      .default(false)
      .describe('True when a simulator is at the other end: everything from it is marked SIMULATED.'),
    options: familyOptions.default({}).describe('Options of the family, e.g. { "intervalS": 1 }.'),
    line: lineOverride
      .default({})
      .describe('What its serial line has otherwise than its family, e.g. { "baudRate": 4800 }.'),
    allowNibpStart: z
      .boolean()
      .default(false)
      .describe('Lets a nurse start the cuff from the screen, where the protocol allows it.'),
  })
  .describe('One bedside monitor.');

const chair = z
  .strictObject({
    id: slug.describe('Stable name of this chair; it is written into every record.'),
    name: z.string().trim().min(1).max(40).describe('What people call it, e.g. "Chair 1".'),
    monitors: z.array(monitor).default([]).describe('First in the list wins where two give the same number.'),
    sourceOrder: z
      .record(z.string(), z.array(slug).min(1).max(20))
      .optional()
      .describe(
        'Another order of monitors for one metric, e.g. { "MDC_PULS_OXIM_SAT_O2": ["rad-8", "b650"] }.',
      ),
  })
  .describe('One infusion chair.');

const alarms = z
  .strictObject({
    allowAudioOff: z
      .boolean()
      .default(false)
      .describe('Lets a person switch the sound of a chair off without an end (AUDIO OFF). Off by default.'),
    reminderMinutes: z
      .union([z.literal(1), z.literal(2), z.literal(3), z.literal(5), z.literal(10)])
      .default(2)
      .describe('How often a reminder sounds while AUDIO OFF or ALARM OFF is set.'),
  })
  .describe('What people may do to the signals of alarms.');

const waves = z
  .strictObject({
    storeWholeSession: z
      .boolean()
      .default(false)
      .describe('Keeps every wave of a session, not only 30 s before and after each alarm. Needs much disk.'),
  })
  .describe('What is kept of pleth, ECG, respiration and CO₂ waves.');

const preset = z
  .strictObject({
    id: slug.describe('Stable name; approvals and records carry it together with the version.'),
    name: z.string().trim().min(1).max(60).describe('What people call it.'),
    version: z.int().min(1).max(9999).describe('Raise it with every change: each version is approved anew.'),
    basedOn: z.string().min(1).max(60).describe('The preset of the product that it changes.'),
    limits: z
      .record(z.string().max(80), z.number().nullable())
      .default({})
      .describe('Only what differs, by the id of the limit; null: not judged.'),
  })
  .describe("A set of limits of the clinic's own.");

export const configSchema = z
  .strictObject({
    $schema: z.string().optional(),
    chairs: z.array(chair).max(64).default([]).describe('The chairs of this station.'),
    alarms: alarms.optional(),
    waves: waves.optional(),
    presets: z.array(preset).max(50).optional().describe("The clinic's own sets of limits."),
    protocols: z.array(protocolConfig).max(50).optional().describe("The clinic's own protocols of a visit."),
    staff: staffSchema.optional(),
    courses: z.array(courseSchema).max(50).optional().describe("The clinic's own series of visits."),
    destinations: destinationsSchema.optional(),
  })
  .superRefine((config, context) => {
    const refuse = (message: string, path: (string | number)[]): void =>
      context.addIssue({ code: 'custom', message, path });
    const presets = new Set<string>();
    config.presets?.forEach((item, p) => {
      if (presets.has(item.id)) refuse(`there are two presets "${item.id}"`, ['presets', p, 'id']);
      presets.add(item.id);
      const made = clinicPreset(item);
      if (!made.ok) refuse(made.message, ['presets', p, ...made.path]);
    });
    const protocols = new Set<string>();
    config.protocols?.forEach((item, p) => {
      if (protocols.has(item.id)) refuse(`there are two protocols "${item.id}"`, ['protocols', p, 'id']);
      protocols.add(item.id);
      const made = clinicProtocol(item);
      if (!made.ok) refuse(made.message, ['protocols', p, ...made.path]);
    });
    for (const { message, path } of courseProblems(config.courses ?? []))
      refuse(message, ['courses', ...path]);
    const chairs = new Set<string>();
    const monitors = new Set<string>();
    const lines = new Map<string, string>();
    config.chairs.forEach((item, c) => {
      if (chairs.has(item.id)) refuse(`there are two chairs "${item.id}"`, ['chairs', c, 'id']);
      chairs.add(item.id);
      for (const [metric, order] of Object.entries(item.sourceOrder ?? {})) {
        const path = ['chairs', c, 'sourceOrder', metric];
        if (!isMetricId(metric)) refuse(`"${metric}" is not a metric`, path);
        const stranger = order.find((name) => !item.monitors.some((entry) => entry.id === name));
        if (stranger !== undefined) refuse(`this chair has no monitor "${stranger}"`, path);
        if (new Set(order).size < order.length) refuse('a monitor is named twice', path);
      }
      const real = item.monitors.filter((entry) => !isSynthetic(entry));
      if (real.length > 0 && real.length < item.monitors.length) {
        refuse('a chair has either real or simulated monitors, never both', ['chairs', c, 'monitors']);
      }
      item.monitors.forEach((entry, m) => {
        if (monitors.has(entry.id)) {
          refuse(`there are two monitors "${entry.id}"`, ['chairs', c, 'monitors', m, 'id']);
        }
        monitors.add(entry.id);
        const line = isSynthetic(entry) ? null : lineKey(entry.address);
        if (line === null) return;
        const owner = lines.get(line);
        if (owner !== undefined) {
          refuse(`"${owner}" already listens on this line`, ['chairs', c, 'monitors', m, 'address']);
        }
        lines.set(line, entry.id);
      });
    });
  });

export type StationConfig = z.output<typeof configSchema>;
export type ChairConfig = StationConfig['chairs'][number];
export type MonitorConfig = ChairConfig['monitors'][number];

/** What people may do to the signals, with the defaults of a configuration that does not say. */
export const alarmPolicyOf = (config: Pick<StationConfig, 'alarms'>): AlarmPolicyView => ({
  allowAudioOff: config.alarms?.allowAudioOff ?? false,
  reminderMs: config.alarms === undefined ? REMINDER_EVERY_MS : config.alarms.reminderMinutes * 60_000,
});

const isSynthetic = (entry: z.output<typeof monitor>): boolean =>
  entry.simulated || entry.address.kind === 'replay' || entry.address.kind === 'simulator';

/**
 * What a physical line is known by; null where an address is none. One line belongs to one monitor: shared, it
 * would show one patient's numbers at two chairs.
 */
export const lineKey = (address: MonitorConfig['address']): string | null => {
  switch (address.kind) {
    case 'serial':
      return `serial ${address.path}`;
    case 'tcp':
      return `tcp ${address.host.toLowerCase()}:${address.port}`;
    case 'tcp-listen':
      // A port is one line, whichever address of this computer it is listened on.
      return `tcp-listen ${address.port}`;
    case 'replay':
    case 'simulator':
      return null;
    default:
      return address satisfies never;
  }
};

/** A configuration that cannot be used; the message names the field. */
export class ConfigError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ConfigError';
  }
}

/**
 * Reads a configuration from the text of its file.
 * @throws ConfigError with one line that names `source` and the field.
 */
export const parseConfig = (text: string, source: string): StationConfig => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new ConfigError(`${source}: not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  const parsed = configSchema.safeParse(migrated(json));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.map(String).join('.') || 'top level';
  throw new ConfigError(`${source}: ${field}: ${issue?.message ?? 'not valid'}`);
};

/** The JSON Schema of the configuration file (draft 2020-12), for editors and for people. */
export const configJsonSchema = (): unknown => z.toJSONSchema(configSchema, { io: 'input' });
