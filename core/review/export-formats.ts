/** What a session can be handed on as: named by windows, the command line and the exporters alike. */

export const EXPORT_FORMATS = ['csv', 'json', 'fhir', 'hl7', 'pdf'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Paper of what is printed. */
export const PAPERS = ['a4', 'letter'] as const;
export type Paper = (typeof PAPERS)[number];

/** Time between two lines of a flowsheet (ms). */
export const FLOWSHEET_STEP_MS = { least: 1_000, usual: 60_000, most: 3_600_000 } as const;
