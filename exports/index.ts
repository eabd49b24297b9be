/** Everything that a session can be handed on as. */
import { csvExporter } from './csv/index.ts';
import type { Exporter, ExportFormat } from './exporter.ts';
import { fhirExporter } from './fhir/index.ts';
import { hl7Exporter } from './hl7/index.ts';
import { jsonExporter } from './json/index.ts';
import { pdfExporter } from './pdf/index.ts';

/** The exporters by format. */
export const EXPORTERS: Readonly<Record<ExportFormat, Exporter>> = {
  csv: csvExporter,
  json: jsonExporter,
  fhir: fhirExporter,
  hl7: hl7Exporter,
  pdf: pdfExporter,
};
