/** How a window gets a session as a file: it is made at the station and fetched part by part. A part of `COMMAND_PARAMS`. */
import { z } from 'zod';
import type { SessionId } from '../ids.ts';
import { EXPORT_FORMATS, FLOWSHEET_STEP_MS, PAPERS } from '../review/export-formats.ts';
import { text } from './fields.ts';

export const EXPORT_PARAMS = {
  /**
   * Makes the file; whoever may not see names gets it without. An entry in the record of access is on disk before the answer
   * leaves. The file is kept for this window until its last part was fetched, or the next one is made.
   */
  'session.export': z.object({
    sessionId: text(80).transform((value) => value as SessionId),
    format: z.enum(EXPORT_FORMATS),
    /** CSV: time between two lines (ms); null: every value. */
    flowsheetMs: z
      .number()
      .min(FLOWSHEET_STEP_MS.least)
      .max(FLOWSHEET_STEP_MS.most)
      .nullable()
      .default(FLOWSHEET_STEP_MS.usual),
    /** IANA name of the zone in which people read the times. */
    timeZone: text(60).default('UTC'),
    paper: z.enum(PAPERS).default('a4'),
    by: text(60),
  }),
  /** One part of the file, from 0 on. */
  'session.exportPart': z.object({ exportId: text(80), part: z.int().min(0) }),
} as const satisfies Record<string, z.ZodType>;

/** A file that is ready to be fetched. */
export interface ExportView {
  readonly exportId: string;
  /** Says the origin where the numbers are not live, and never a name. */
  readonly fileName: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly parts: number;
  /** False: names and what people wrote were left out. */
  readonly withNames: boolean;
}

export interface ExportResults {
  'session.export': ExportView;
  'session.exportPart': { readonly base64: string };
}
