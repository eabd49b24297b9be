/** Whole files of the two example sessions, to be read and reviewed; `vitest -u` writes them anew. */
import { describe, expect, it } from 'vitest';
import type { Exporter } from '../../exports/exporter.ts';
import { fhirExporter } from '../../exports/fhir/index.ts';
import { hl7Exporter } from '../../exports/hl7/index.ts';
import { poorDocument, richDocument } from '../support/example-document.ts';

/** Ten minutes between continuous values keeps the files short. */
const OPTIONS = { flowsheetMs: 600_000, timeZone: 'UTC' };

const written = async (exporter: Exporter, document: ReturnType<typeof richDocument>): Promise<string> =>
  new TextDecoder('utf-8', { fatal: true }).decode(await exporter.write(document, OPTIONS));

describe.each([
  ['rich', richDocument],
  ['poor', poorDocument],
] as const)('the %s example session', (name, made) => {
  it('is this FHIR document', async () => {
    await expect(await written(fhirExporter, made())).toMatchFileSnapshot(
      `../fixtures/exports/${name}.fhir.json`,
    );
  });

  it('is this HL7 message', async () => {
    // One segment a line: a carriage return alone is no line to most readers.
    const text = (await written(hl7Exporter, made())).replace(/\r/g, '\n');
    await expect(text).toMatchFileSnapshot(`../fixtures/exports/${name}.hl7`);
  });
});
