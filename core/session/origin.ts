/** Where a session's numbers come from, in words: said wherever they are shown or handed on (rule 3 of the design). */
import type { DataOrigin } from './events.ts';

/** One word for a mark; null for what a monitor measured at a patient here. */
export const ORIGIN_WORDS: Readonly<Record<DataOrigin, string | null>> = {
  live: null,
  simulated: 'SIMULATED',
  replayed: 'REPLAYED',
  imported: 'IMPORTED',
};

/** One line for somebody who has only the file. */
export const ORIGIN_SENTENCES: Readonly<Record<DataOrigin, string>> = {
  live: 'Measured by monitors at the chair.',
  simulated: 'SIMULATED: made by simulated monitors. No patient.',
  replayed: 'REPLAYED: an old recording played again. Not measured at this time.',
  imported: 'IMPORTED from a file: not received from a monitor by this product.',
};
