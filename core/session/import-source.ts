/** The file that an imported session was made from. */
import type { EpochMs } from '../time.ts';
import type { DataOrigin } from './events.ts';

export const IMPORT_KINDS = ['chairside-raw', 'chairside-flowsheet', 'vitals-table'] as const;
/** A table of our own with every value, one of our flowsheets, or another program's table of vitals. */
export type ImportKind = (typeof IMPORT_KINDS)[number];

export interface ImportSource {
  /** Without its folder. */
  readonly fileName: string;
  /** Of the file's bytes, hexadecimal: by this the same file is known again. */
  readonly sha256: string;
  readonly importedAt: EpochMs;
  readonly kind: ImportKind;
  /** What the file says of its numbers; null: it does not say. */
  readonly fileOrigin: DataOrigin | null;
  readonly rows: number;
  readonly values: number;
  /** What a reader must know: what was not taken over, and how times are meant. */
  readonly notes: readonly string[];
}
