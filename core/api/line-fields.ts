/** Where a monitor's bytes come from and how its line is set, as commands and the configuration file have it. */
import { z } from 'zod';
import { BAUD_BOUNDS, DATA_BITS, FLOW_CONTROLS, PARITIES, STOP_BITS } from '../line/line-settings.ts';
import { text } from './fields.ts';

export const serialAddress = z.object({
  kind: z.literal('serial'),
  path: text(260),
  usb: z
    .object({ vendorId: text(8), productId: text(8), serialNumber: text(120).nullable() })
    .nullable()
    .default(null),
});
export const tcpAddress = z.object({
  kind: z.literal('tcp'),
  host: text(255),
  port: z.int().min(1).max(65_535),
});
/** The monitor connects to this computer; who listens beyond the computer itself is asked to say so. */
export const tcpListenAddress = z.object({
  kind: z.literal('tcp-listen'),
  host: text(255).default('127.0.0.1'),
  port: z.int().min(1).max(65_535),
});
export const replayAddress = z.object({
  kind: z.literal('replay'),
  file: text(1024),
  speed: z.number().min(0.1).max(1000).default(1),
});
/**
 * A simulated monitor that the station starts itself, for trying the product out: it speaks the family's real
 * wire protocol over a loopback TCP line. All simulated monitors of one chair watch the same simulated patient.
 */
export const simulatorAddress = z.object({
  kind: z.literal('simulator'),
  scenario: text(60).default('typical-infusion'),
  seed: z.int().min(0).max(0xffff_ffff).default(1),
  /** Simulated seconds for each real one. */
  speed: z.number().min(0.1).max(600).default(1),
});
/** Where a monitor's bytes come from. */
export const monitorAddress = z.discriminatedUnion('kind', [
  serialAddress,
  tcpAddress,
  tcpListenAddress,
  replayAddress,
  simulatorAddress,
]);

/** What the line of one monitor has otherwise than its family; what is not here is the family's. */
export const lineOverride = z.strictObject({
  baudRate: z.int().min(BAUD_BOUNDS.least).max(BAUD_BOUNDS.most).optional(),
  dataBits: z.literal(DATA_BITS).optional(),
  parity: z.enum(PARITIES).optional(),
  stopBits: z.literal(STOP_BITS).optional(),
  flowControl: z.enum(FLOW_CONTROLS).optional(),
});

/** Options of a family, by key. */
export const familyOptions = z.record(z.string(), z.union([z.number(), z.boolean(), z.string().max(60)]));
