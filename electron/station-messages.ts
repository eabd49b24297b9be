/**
 * What the main process and the station's process say to each other beside the API contract, which runs on
 * ports of its own. Validated on both sides.
 */
import { z } from 'zod';

const startMessage = z.object({
  type: z.literal('start'),
  dataDir: z.string(),
  configFile: z.string().nullable(),
  demo: z.boolean(),
});

/** Main → station's process. Ports travel beside the message. */
const toStation = z.discriminatedUnion('type', [
  startMessage,
  z.object({ type: z.literal('window') }),
  z.object({ type: z.literal('stop') }),
]);
export type ToStation = z.infer<typeof toStation>;
export type StationOptions = Omit<z.infer<typeof startMessage>, 'type'>;

const status = z.object({
  type: z.literal('status'),
  /** The highest priority that must be audible on any chair now. */
  sounding: z.enum(['high', 'medium', 'low']).nullable(),
  /**
   * No window can sound alarms although a patient is there, and nobody has acknowledged that; `alarm`: there is one
   * that must be heard now. Null: some window can.
   */
  unheard: z.enum(['quiet', 'alarm']).nullable(),
  /** Drug may be running somewhere: closing must ask first. */
  underTreatment: z.boolean(),
  /** A session is open on some chair: the screen must not go dark. */
  sessionOpen: z.boolean(),
});

/** Station's process → main. */
const fromStation = z.discriminatedUnion('type', [
  z.object({ type: z.literal('alive') }),
  /** The station runs; windows may be attached. */
  z.object({ type: z.literal('ready') }),
  status,
  /** The station cannot start; one line for people. */
  z.object({ type: z.literal('fatal'), message: z.string() }),
]);
export type FromStation = z.infer<typeof fromStation>;
export type StationStatus = Omit<z.infer<typeof status>, 'type'>;

/** The message, or null when it is none of ours. */
export const parseToStation = (data: unknown): ToStation | null => toStation.safeParse(data).data ?? null;

/** The message, or null when it is none of ours. */
export const parseFromStation = (data: unknown): FromStation | null =>
  fromStation.safeParse(data).data ?? null;

/**
 * The station's process as the main process sees it.
 * - `starting`: its first start
 * - `running`: heard within the last 3 s
 * - `down`: NOT MONITORING; started again with growing pauses
 * - `refused`: it cannot start on this data folder or configuration; `message` is one line for people
 * - `stopped`: on purpose
 */
export type StationState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'running'; readonly restarts: number }
  | { readonly kind: 'down'; readonly restarts: number; readonly message: string }
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'stopped' };
