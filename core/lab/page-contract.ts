/**
 * What crosses the boundary between the lab and its page, in the envelopes of `core/api/envelope.ts`. Calls: `command` (a
 * `LabCommand`; its answer), `watch` (whose bytes are pushed). Pushes: `catalogue` once, `state` twice a second, `bytes`.
 */
import { z } from 'zod';
import type { BytesRow } from './views.ts';

/** Whose bytes the page wants to see; null: nobody's (paused, or nothing chosen). */
export const watchSchema = z.strictObject({ monitor: z.string().max(60).nullable() });
/** See `watchSchema`. */
export type WatchParams = z.output<typeof watchSchema>;

/** A push of topic `bytes`: rows that came since the last one. */
export interface BytesPush {
  readonly monitor: string;
  readonly rows: readonly BytesRow[];
}
