import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { monitorId } from '../../core/ids.ts';
import { textCell } from '../../exports/csv/cells.ts';
import { note, START } from '../db/samples.ts';
import { readPreamble, readRows, tableText } from './read-table.ts';
import { BED, cuff, excludeReading, excludeSpan, heard, restore, smallDocument } from './small-document.ts';

const HR = 'MDC_ECG_HEART_RATE';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const MINUTE = 60_000;
/** The first whole minute after the opening ends a step; so does each one after it. */
const sheet = { flowsheetMs: MINUTE };

describe('every table', () => {
  test('says above its rows where the numbers come from, what is missing, and of which record it is', async () => {
    for (const options of [sheet, { flowsheetMs: null }]) {
      const said = readPreamble(await tableText(smallDocument({}), options));
      expect(said.get('# origin')?.[0]).toMatch(/^SIMULATED: .*No patient/);
      expect(said.get('# missing')).toEqual(['No respiration was recorded.']);
      expect(said.get('# record hash')).toEqual(['ab'.repeat(32)]);
      expect(said.get('# product')).toEqual(['Chairside 0.0.0']);
      expect(said.get('# signatures')?.[0]).toMatch(/NOT SIGNED/);
    }
  });

  test('carries the origin in each row, so that a part of it still says so', async () => {
    for (const options of [sheet, { flowsheetMs: null }]) {
      const document = smallDocument({ origin: 'imported', frames: [heard(2_000, { [HR]: 70 })] });
      const rows = readRows(await tableText(document, options));
      expect(new Set(rows.map((row) => row.origin))).toEqual(new Set(['imported']));
    }
  });

  test('is the same bytes for the same document', async () => {
    const document = smallDocument({ frames: [heard(2_000, { [HR]: 70 })] });
    expect(await tableText(document, sheet)).toBe(await tableText(document, sheet));
  });

  test('gives times in the reader’s zone beside UTC, also across a change of clocks', async () => {
    const said = readPreamble(await tableText(smallDocument({}), { timeZone: 'America/New_York' }));
    expect(said.get('# opened')).toEqual(['2026-03-01T14:00:01.000Z = 2026-03-01 09:00:01 America/New_York']);
  });
});

describe('the raw table', () => {
  test('has each value as it was received, in order, and what is no number says why', async () => {
    const document = smallDocument({
      frames: [heard(2_000, { [HR]: 71, [SPO2]: null }), heard(3_500, { [HR]: 72 })],
    });
    expect(readRows(await tableText(document)).map((row) => Object.values(row).join('|'))).toEqual([
      `2026-03-01T14:00:02.000Z|1|-1|baseline|${HR}|71|{beat}/min|valid|bed-1||0|simulated|`,
      `2026-03-01T14:00:02.000Z|1|-1|baseline|${SPO2}||%|unavailable|bed-1||0|simulated|`,
      `2026-03-01T14:00:03.500Z|2.5|0.5|infusing|${HR}|72|{beat}/min|valid|bed-1||0|simulated|`,
    ]);
  });

  test('marks what was left out as an artefact, and no longer what was taken back', async () => {
    const { reading, frame } = cuff(5_000, [190, 70, 110]);
    const document = smallDocument({
      frames: [heard(2_000, { [HR]: 200, [SPO2]: 97 }), heard(4_000, { [HR]: 72 }), frame],
      readings: [reading],
      bodies: [excludeSpan(HR, 0, 3_000), excludeReading(5_000), excludeSpan(SPO2, 0, 3_000), restore(6)],
    });
    const rows = readRows(await tableText(document));
    expect(rows.filter((row) => row.excluded === 'excluded').map((row) => [row.code, row.value])).toEqual([
      [HR, '200'],
      ['MDC_PRESS_BLD_NONINV_SYS', '190'],
      ['MDC_PRESS_BLD_NONINV_DIA', '70'],
      ['MDC_PRESS_BLD_NONINV_MEAN', '110'],
    ]);
  });
});

describe('the flowsheet', () => {
  const interval = async (document: Parameters<typeof tableText>[0]) =>
    readRows(await tableText(document, sheet)).filter((row) => row.row === 'interval');

  test('has the last value within each step with its age, and nothing where nothing came', async () => {
    const rows = await interval(
      smallDocument({ frames: [heard(20_000, { [HR]: 70 }), heard(50_000, { [HR]: 75 })] }),
    );
    expect(rows.map((row) => [row.time, row['HR ({beat}/min)'], row['HR age (s)']])).toEqual([
      ['2026-03-01T14:01:00.000Z', '75', '10'],
      ['2026-03-01T14:02:00.000Z', '', ''],
    ]);
  });

  test('says that the monitor has had no number since the one that is shown', async () => {
    const [row] = await interval(
      smallDocument({ frames: [heard(20_000, { [SPO2]: 98 }), heard(21_000, { [SPO2]: null })] }),
    );
    expect([row?.['SpO2 (%)'], row?.['SpO2 age (s)'], row?.['SpO2 mark']]).toEqual([
      '98',
      '40',
      'then unavailable',
    ]);
  });

  test('prefers what was not left out, and marks what was when there is nothing else', async () => {
    const rows = await interval(
      smallDocument({
        frames: [heard(20_000, { [HR]: 70 }), heard(50_000, { [HR]: 190 }), heard(100_000, { [HR]: 191 })],
        bodies: [excludeSpan(HR, 40_000, 110_000)],
      }),
    );
    expect(rows.map((row) => [row['HR ({beat}/min)'], row['HR mark']])).toEqual([
      ['70', 'others excluded'],
      ['191', 'excluded'],
    ]);
  });

  test('never mixes two monitors in a column', async () => {
    const rows = await interval(
      smallDocument({
        frames: [heard(20_000, { [HR]: 70 }), heard(30_000, { [HR]: 90 }, monitorId('bed-2'))],
      }),
    );
    expect([rows[0]?.['HR of bed-1 ({beat}/min)'], rows[0]?.['HR of bed-2 ({beat}/min)']]).toEqual([
      '70',
      '90',
    ]);
  });

  test('gives cuff readings and entries lines of their own, at their own times', async () => {
    const { reading, frame } = cuff(75_000, [140, 80, 100]);
    const document = smallDocument({
      frames: [frame],
      readings: [reading],
      bodies: [note('a bit dizzy'), excludeReading(75_000)],
    });
    const rows = readRows(await tableText(document, sheet));
    expect(rows.map((row) => [row.row, row.time?.slice(14, 19)])).toEqual([
      ['event', '00:01'],
      ['event', '00:02'],
      ['event', '00:03'],
      ['event', '00:04'],
      ['event', '00:05'],
      ['interval', '01:00'],
      ['cuff', '01:15'],
      ['interval', '02:00'],
    ]);
    expect(rows[6]).toMatchObject({
      'NIBP sys (mm[Hg])': '140',
      'NIBP dia (mm[Hg])': '80',
      'NIBP mean (mm[Hg])': '100',
      'NIBP mark': 'excluded',
      'NIBP monitor': BED,
      phase: 'infusing',
    });
    expect(rows[3]).toMatchObject({ event: 'note-added', text: 'Note: a bit dizzy', by: 'N. Okafor' });
    expect(rows.every((row) => (row.row === 'cuff') === (row['NIBP sys (mm[Hg])'] !== ''))).toBe(true);
  });

  test('shows no value older than its step, whatever came (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.integer({ min: 1_000, max: 300_000 }), fc.integer({ min: 30, max: 200 })), {
          maxLength: 40,
        }),
        fc.constantFrom(1_000, 7_000, 30_000, MINUTE),
        async (values, step) => {
          const sorted = values.toSorted(([a], [b]) => a - b);
          const document = smallDocument({
            frames: sorted.map(([ms, rate]) => heard(ms, { [HR]: rate })),
            to: START + 300_000,
          });
          const rows = readRows(await tableText(document, { flowsheetMs: step }));
          for (const row of rows.filter(({ row: kind }) => kind === 'interval')) {
            const shown = row['HR ({beat}/min)'] ?? '';
            const end = Date.parse(row.time ?? '') - START;
            const last = sorted.findLast(([ms]) => ms <= end && ms > end - step);
            expect(shown).toBe(last === undefined ? '' : String(last[1]));
            if (last !== undefined) expect(Number(row['HR age (s)'])).toBeCloseTo((end - last[0]) / 1_000, 3);
          }
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('what people wrote', () => {
  test.each([
    ['=HYPERLINK("http://x";"y")', `'=HYPERLINK("http://x";"y")`],
    ['  @SUM(A1)', `'  @SUM(A1)`],
    ['-1+2', `'-1+2`],
    ['＝1+1', `'＝1+1`],
    ['120; =cmd()', `120; '=cmd()`],
    ['two\nlines\tand more', 'two lines and more'],
    ['plain, with a comma', 'plain, with a comma'],
  ])('%j becomes a cell that no spreadsheet computes', (text, cell) => {
    expect(textCell(text)).toBe(cell);
  });

  test('never begins a formula, wherever a spreadsheet splits it (property)', () => {
    const risky = fc.string({
      unit: fc.constantFrom('=', '+', '-', '@', '＝', ' ', ';', ',', '\t', '\n', '\r', '"', 'a', '|'),
    });
    fc.assert(
      fc.property(risky, (text) => {
        const parts = textCell(text).split(/[,;\t|\r\n]/);
        expect(parts[0]).not.toMatch(/^\s*[=+\-@＝]/u);
        // Behind a separator quotes may be taken as such; at the start of a cell they stand doubled, inside our own.
        for (const part of parts.slice(1)) expect(part).not.toMatch(/^[\s"]*[=+\-@＝]/u);
      }),
    );
  });

  test('comes back whole through a CSV parser, above the rows and in them', async () => {
    const indication = 'severe "treatment-resistant", =evil()\nand more';
    const text = await tableText(smallDocument({ indication, bodies: [note('a "b", c')] }), sheet);
    expect(readPreamble(text).get('# indication')).toEqual([
      `severe "treatment-resistant", '=evil() and more`,
    ]);
    expect(readRows(text).find((row) => row.event === 'note-added')?.text).toBe('Note: a "b", c');
  });
});
