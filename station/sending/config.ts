/** What the configuration says about where records are handed on to. Secrets are named here, never written here. */
import { z } from 'zod';
import { SENDING_RULES } from '../../core/sending/sending.ts';
import { EXPORT_FORMATS } from '../../exports/exporter.ts';
import { ACKNOWLEDGEMENTS } from './mllp-turn.ts';

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'use lower-case letters, digits and hyphens, at most 40');

const common = {
  id: slug.describe('Stable name of this destination; it is written into the record of what was handed on.'),
  name: z.string().trim().min(1).max(60).describe('What people call it, e.g. "Hospital archive".'),
  send: z
    .enum(SENDING_RULES)
    .default('by-hand')
    .describe(
      'What goes by itself: records that a physician signed, records of visits that are over, or none. Simulated, replayed and imported records never go by themselves.',
    ),
  answerWithinSeconds: z
    .number()
    .min(1)
    .max(600)
    .default(30)
    .describe('How long an answer is waited for before the attempt counts as not arrived.'),
};

/** MSH-3 to MSH-6 (HL7 v2.6, type HD): printable ASCII without HL7's delimiters but for components. */
const hl7Name = z
  .string()
  .regex(/^[\x20-\x7b\x7d\x7e]{0,180}$/, 'printable ASCII without "|"')
  .refine((name) => !/[&~\\]/.test(name), 'must not hold "&", "~" or "\\"');

const folder = z
  .strictObject({
    kind: z.literal('folder'),
    ...common,
    path: z
      .string()
      .min(1)
      .max(1024)
      .describe(
        'An existing folder. It is never made: a share that is not mounted must not be filled in its place.',
      ),
    formats: z
      .array(z.enum(EXPORT_FORMATS))
      .min(1)
      .max(EXPORT_FORMATS.length)
      .refine((list) => new Set(list).size === list.length, 'each format once')
      .describe('The files that are written for each record.'),
  })
  .describe('Files in a folder.');

const fhir = z
  .strictObject({
    kind: z.literal('fhir'),
    ...common,
    baseUrl: z.url().max(1024).describe('FHIR R4 base, e.g. "https://fhir.example.org/r4".'),
    allowHttp: z
      .boolean()
      .default(false)
      .describe(
        'Lets records travel unencrypted to another computer. Without it only https, or http on this computer.',
      ),
    token: z
      .union([
        z.strictObject({
          file: z.string().min(1).max(1024).describe('A file that holds nothing but the token.'),
        }),
        z.strictObject({
          env: z
            .string()
            .regex(/^[A-Za-z_][A-Za-z0-9_]{0,80}$/)
            .describe('An environment variable of the station that holds it.'),
        }),
      ])
      .nullable()
      .default(null)
      .describe('Where the bearer token is. It is read anew for each attempt and never written anywhere.'),
    mrnSystem: z
      .url()
      .max(1024)
      .nullable()
      .default(null)
      .describe('URI under which the server knows the record numbers (MRN); null: not known.'),
    withPdf: z.boolean().default(true).describe('Puts the report for people into the bundle as well.'),
  })
  .describe('A FHIR R4 server; a record is one transaction.');

const mllp = z
  .strictObject({
    kind: z.literal('mllp'),
    ...common,
    host: z.string().trim().min(1).max(255),
    port: z.int().min(1).max(65_535),
    sendingApplication: hl7Name
      .default('')
      .describe('MSH-3; empty: as the export writes it. The same for the next three.'),
    sendingFacility: hl7Name.default('').describe('MSH-4.'),
    receivingApplication: hl7Name.default('').describe('MSH-5.'),
    receivingFacility: hl7Name.default('').describe('MSH-6.'),
    acknowledgement: z
      .enum(ACKNOWLEDGEMENTS)
      .default('accept')
      .describe(
        'Which acknowledgement says that a message is taken, and is asked for in MSH-15 and MSH-16: "accept", that the receiver holds it safely (AL, NE, as IHE PCD-01 has it); "application", that its application took it (AL, AL).',
      ),
    tls: z
      .strictObject({
        ca: z
          .string()
          .min(1)
          .max(1024)
          .nullable()
          .default(null)
          .describe('A PEM file with the authority to trust; null: those of this program.'),
        serverName: z.string().min(1).max(255).nullable().default(null).describe('If it differs from host.'),
      })
      .nullable()
      .default(null)
      .describe('Null: unencrypted, as HL7 listeners in a closed network are.'),
  })
  .describe('A listener for HL7 v2 messages (MLLP).');

/** http carries records in the open: only within this computer, unless somebody wrote that they want it. */
const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/i.test(host);

const urlProblem = (baseUrl: string, allowHttp: boolean): string | null => {
  const url = URL.parse(baseUrl);
  if (url === null) return 'is no URL';
  if (url.username !== '' || url.password !== '') return 'must not hold a name or password: use "token"';
  if (url.search !== '' || url.hash !== '') return 'must not hold "?" or "#"';
  if (url.protocol === 'https:') return null;
  if (url.protocol !== 'http:') return 'must begin with https';
  if (isLoopback(url.hostname) || allowHttp) return null;
  return 'must begin with https; http would send records in the open ("allowHttp": true if that is wanted)';
};

export const destinationsSchema = z
  .array(z.discriminatedUnion('kind', [folder, fhir, mllp]))
  .max(20)
  .superRefine((list, context) => {
    const taken = new Set<string>();
    list.forEach((item, d) => {
      const refuse = (message: string, field: string): void =>
        context.addIssue({ code: 'custom', message, path: [d, field] });
      if (taken.has(item.id)) refuse(`there are two destinations "${item.id}"`, 'id');
      taken.add(item.id);
      if (item.kind !== 'fhir') return;
      const problem = urlProblem(item.baseUrl, item.allowHttp);
      if (problem !== null) refuse(problem, 'baseUrl');
    });
  })
  .describe('Where records are handed on to.');

export type Destination = z.output<typeof destinationsSchema>[number];
export type FolderDestination = Extract<Destination, { readonly kind: 'folder' }>;
export type FhirDestination = Extract<Destination, { readonly kind: 'fhir' }>;
export type MllpDestination = Extract<Destination, { readonly kind: 'mllp' }>;

/** What a record becomes for a destination. */
export const formatsOf = (destination: Destination): readonly string[] => {
  switch (destination.kind) {
    case 'folder':
      return destination.formats;
    case 'fhir':
      return destination.withPdf ? ['fhir', 'pdf'] : ['fhir'];
    case 'mllp':
      return ['hl7'];
    default:
      return destination satisfies never;
  }
};

/** Where it is, for people. */
export const placeOf = (destination: Destination): string => {
  switch (destination.kind) {
    case 'folder':
      return destination.path;
    case 'fhir':
      return destination.baseUrl;
    case 'mllp':
      return `${destination.host}:${destination.port}${destination.tls === null ? '' : ' (TLS)'}`;
    default:
      return destination satisfies never;
  }
};
