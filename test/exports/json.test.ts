import { describe, expect, test } from 'vitest';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { jsonExporter } from '../../exports/json/index.ts';
import { exportJsonSchema } from '../../exports/json/schema.ts';
import { at, note } from '../db/samples.ts';
import { complaints, publishedSchema } from './export-schema.ts';
import { cuff, excludeSpan, heard, smallDocument } from './small-document.ts';

const written = async (document: SessionDocument) =>
  JSON.parse(
    new TextDecoder().decode(await jsonExporter.write(document, { flowsheetMs: null, timeZone: 'UTC' })),
  );

describe('the JSON export', () => {
  test('is what its published schema says, by a validator that is not ours', async () => {
    const { reading, frame } = cuff(5_000, [140, 80, 100]);
    const document = smallDocument({
      frames: [heard(2_000, { MDC_ECG_HEART_RATE: 70, MDC_PULS_OXIM_SAT_O2: null }), frame],
      readings: [{ ...reading, questionable: true }],
      bodies: [note('slept badly'), excludeSpan('MDC_ECG_HEART_RATE', 0, 3_000)],
    });
    expect(complaints(await written(document))).toEqual([]);
    expect(complaints(await written(smallDocument({})))).toEqual([]);
  });

  test('has a published schema that is the one in the code', () => {
    expect(publishedSchema).toEqual(JSON.parse(JSON.stringify(exportJsonSchema())));
  });

  test('with a wrong unit of time, an unknown metric or a missing part is refused by the schema', async () => {
    const file = await written(smallDocument({ frames: [heard(2_000, { MDC_ECG_HEART_RATE: 70 })] }));
    expect(complaints({ ...file, writtenAt: '2026-03-01' })[0]).toMatch(/^\/writtenAt must match/);
    expect(complaints({ ...file, missing: undefined })).not.toEqual([]);
    file.frames[0].values[0].metric = 'MDC_GUESS';
    expect(complaints(file)).toEqual([expect.stringMatching(/^\/frames\/0\/values\/0\/metric /)]);
  });

  test('holds each entry of the record as it is stored, so that its chain can be worked out again', async () => {
    const document = smallDocument({ bodies: [note('=1+1, "quoted"\nand more')] });
    const { events } = await written(document);
    expect(events.map(({ time: _, ...event }: { time: string }) => event)).toEqual(
      JSON.parse(JSON.stringify(document.events)),
    );
  });

  test('says that numbers are simulated, what is missing, and which values were left out', async () => {
    const document = smallDocument({
      frames: [heard(2_000, { MDC_ECG_HEART_RATE: 200 }), heard(4_000, { MDC_ECG_HEART_RATE: 71 })],
      bodies: [excludeSpan('MDC_ECG_HEART_RATE', 0, 3_000)],
    });
    const file = await written(document);
    expect(file.origin).toEqual({ kind: 'simulated', words: expect.stringMatching(/^SIMULATED/) });
    expect(file.missing).toEqual(['No respiration was recorded.']);
    expect(file.frames).toEqual([
      expect.objectContaining({
        at: at(2_000),
        values: [expect.objectContaining({ value: 200, excluded: true })],
      }),
      expect.objectContaining({ values: [expect.objectContaining({ value: 71, excluded: false })] }),
    ]);
  });
});
