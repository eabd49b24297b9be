import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseVitalsCsv } from '../../app/vitals-csv.ts';

const values = (text: string, options?: Parameters<typeof parseVitalsCsv>[1]) =>
  parseVitalsCsv(text, options).samples.map((sample) => [sample.at.mono / 1000, sample.values]);

const HR = 'MDC_ECG_HEART_RATE';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const SYS = 'MDC_PRESS_BLD_NONINV_SYS';
const DIA = 'MDC_PRESS_BLD_NONINV_DIA';
const MEAN = 'MDC_PRESS_BLD_NONINV_MEAN';
const RR = 'MDC_RESP_RATE';

describe('a table of vitals', () => {
  it('names its columns by MDC code, by common name, or as exporters do', () => {
    for (const header of [
      'time,MDC_ECG_HEART_RATE,MDC_PULS_OXIM_SAT_O2',
      'time;hr;spo2',
      'Elapsed,Heart Rate(/min),SpO2(%)',
      'timestamp\tNOM_ECG_CARD_BEAT_RATE\tNOM_PULS_OXIM_SAT_O2',
    ]) {
      const delimiter = /[;\t]/.exec(header)?.[0] ?? ',';
      expect(values(`${header}\n${[0, 72, 97].join(delimiter)}\n`), header).toEqual([
        [0, { [HR]: 72, [SPO2]: 97 }],
      ]);
    }
  });

  it.each([
    [
      'ISO with a zone',
      'time',
      ['2026-03-01T14:00:00+01:00', '2026-03-01T14:00:05+01:00'],
      [0, 5],
      1_772_370_000_000,
    ],
    [
      'ISO without a zone is UTC',
      'time',
      ['2026-03-01 13:00:00', '2026-03-01 13:01'],
      [0, 60],
      1_772_370_000_000,
    ],
    ['seconds', 'time', ['10', '12.5'], [0, 2.5], 0],
    ['milliseconds by the heading', 'elapsed (ms)', ['0', '1500'], [0, 1.5], 0],
    ['milliseconds since 1970', 'timestamp', ['1772370000000', '1772370001000'], [0, 1], 1_772_370_000_000],
    ['times of day over midnight', 'time', ['23:59:30', '00:00:30'], [0, 60], 0],
    ['hours that count from the start', 'elapsed', ['23:59', '24:01'], [0, 120], 0],
  ])('understands time as %s', (_, name, [first, second], seconds, wall) => {
    const table = parseVitalsCsv(`${name},HR\n${first},70\n${second},71\n`);
    expect(table.samples.map((sample) => sample.at.mono / 1000)).toEqual(seconds);
    expect(table.samples[0]?.at.wall).toBe(wall);
    expect(table.hasWallTime).toBe(wall > 0);
  });

  it('reads a date beside the time', () => {
    const table = parseVitalsCsv('Date,Time,HR\n15/05/2016,23:59:56,70\n16/05/2016,00:00:01,71\n');
    expect(table.samples.map((sample) => new Date(sample.at.wall).toISOString())).toEqual([
      '2016-05-15T23:59:56.000Z',
      '2016-05-16T00:00:01.000Z',
    ]);
  });

  it.each([
    ['1.3.2026', '2.3.2026', null, 1],
    ['02/28/2026', '03/01/2026', null, 1],
    ['15/05/2016', '16/05/2016', 'month-first', 1],
    ['03/04/2026', '04/04/2026', 'day-first', 1],
    ['03/04/2026', '04/04/2026', 'month-first', 31],
    ['03-04-2026', '03-05-2026', 'month-first', 1],
  ] as const)('dates %s and %s, said to be %s, are %d days apart', (first, second, dates, days) => {
    const text = `Date,Time,HR\n${first},12:00,70\n${second},12:00,71\n`;
    const table = parseVitalsCsv(text, { zero: 'number', dates });
    expect((table.samples[1]?.at.mono ?? 0) / 86_400_000).toBe(days);
  });
  it('does not guess which number is the day', () => {
    expect(() => parseVitalsCsv('Date,Time,HR\n03/04/2026,12:00,70\n')).toThrow(
      'the date "03/04/2026" can be read two ways: write dates as 2026-03-01, or say --dates day-first or --dates month-first',
    );
    expect(() => parseVitalsCsv('Date,Time,HR\n30.02.2026,12:00,70\n')).toThrow('"30.02.2026 12:00"');
  });
  it('takes an empty cell for silence, a mark for "no number", and 0 for no reading of what cannot be 0', () => {
    const table = parseVitalsCsv('time,HR,SpO2,RR\n0,,-,0\n1,0,97,12\n');
    expect(table.samples.map((sample) => sample.values)).toEqual([
      { [SPO2]: 'none', [RR]: 0 },
      { [HR]: 'none', [SPO2]: 97, [RR]: 12 },
    ]);
    expect(table.counts).toMatchObject({ rows: 2, numbers: 3, zeros: 1 });
    expect(values('time,RR\n0,0\n', { zero: 'missing' })).toEqual([[0, { [RR]: 'none' }]]);
  });

  it('takes a number that no sensor can measure for none, and counts it', () => {
    const table = parseVitalsCsv('time,HR\n0,700\n');
    expect(table.samples[0]?.values).toEqual({ [HR]: 'none' });
    expect(table.counts.implausible).toBe(1);
  });

  it('converts units where that is safe', () => {
    expect(values('time,SYS (kPa),DIA [kPa],EtCO2(mm[Hg])\n0,16,10,38\n')).toEqual([
      [0, { [SYS]: 120, [DIA]: 75, MDC_CONC_AWAY_CO2_ET: 38 }],
    ]);
  });

  it('takes the same pressures in consecutive rows for one reading, told again', () => {
    const rows = ['0,120,70,90', '60,120,70,90', '120,,,', '180,120,70,90', '3600,120,70,90'];
    const table = parseVitalsCsv(`time,SYS,DIA,MAP\n${rows.join('\n')}\n`);
    const reading = { [SYS]: 120, [DIA]: 70, [MEAN]: 90 };
    expect(table.samples.map((sample) => sample.values)).toEqual([reading, {}, {}, reading, reading]);
    expect(table.counts.repeatedReadings).toBe(1);
  });

  it('reads a row for each value as well', () => {
    const text =
      'Time,Parameter,Value\n00:00,Age,64\n00:16,HR,74\n00:16,NISysABP,120\n00:16,NIDiasABP,70\n00:16,MAP,88\n00:16,SysABP,130\n';
    const table = parseVitalsCsv(text);
    expect(table.samples.map((sample) => sample.values)).toEqual([{}, { [HR]: 74, [SYS]: 120, [DIA]: 70 }]);
    expect(table.notes).toEqual(['rows of other quantities are not used: Age, MAP, SysABP']);
  });

  it('says which columns it does not use', () => {
    expect(parseVitalsCsv('time,HR,BIS,Heart Rate\n0,70,40,70\n').notes).toEqual([
      'column 4 "Heart Rate" is not used: column 2 "HR" is the same vital sign',
      'columns not used: 3 "BIS"',
    ]);
  });

  it('finds the header below lines of the exporter’s own', () => {
    expect(values('\ufeffVitalSignsCapture v1.005\nDatex AS3 Monitor\nTime,SpO2(%)\n12:00:00,97\n')).toEqual([
      [0, { [SPO2]: 97 }],
    ]);
  });
});

describe('a table that cannot be read is refused in one line', () => {
  it.each([
    [
      'a,b\n1,2\n',
      'no header found: it must name a time column and at least one vital sign; the first row reads "a, b"',
    ],
    ['time,HR\n', 'the table has a header and no rows'],
    ['time,HR\n0,72\n1,abc\n', 'row 3, column "HR": "abc" is not a number'],
    ['time,HR\n0,72\n1,"36,5"\n', 'row 3, column "HR": "36,5" is not a number'],
    [
      'time,HR\nyesterday,72\n',
      'row 2, column "time": "yesterday" is not an ISO date and time, hh:mm, hh:mm:ss, or a number of seconds',
    ],
    ['time,HR\n5,72\n4,72\n', 'row 3, column "time": "4" is earlier than the row before it'],
    [
      'time,Temp (degF)\n0,98\n',
      'column 2 "Temp (degF)": unit "degF" is not known for it; known: cel, c, °c, degc, celsius',
    ],
    ['time,SYS\n0,120\n', 'a cuff reading needs both: the header has only one of SYS and DIA'],
    [
      'time,HR\n0,72\n2026-03-01T14:00:00Z,72\n',
      'row 3, column "time": "2026-03-01T14:00:00Z" is of another form than the times before it',
    ],
    ['time,code,value,unit\n0,TEMP,98,degF\n', 'row 2: unit "degF" is not known for TEMP'],
  ])('%j', (text, message) => {
    expect(() => parseVitalsCsv(text)).toThrow(message);
  });
});

const recordings = fileURLToPath(new URL('../../../shared/data/numerics/', import.meta.url));

describe.skipIf(!existsSync(recordings))('real recordings', () => {
  it.each(existsSync(recordings) ? readdirSync(recordings) : [])('%s can be read', (part) => {
    for (const file of readdirSync(`${recordings}${part}`)) {
      const table = parseVitalsCsv(readFileSync(`${recordings}${part}/${file}`, 'utf8'), { zero: 'missing' });
      expect(table.counts.numbers, file).toBeGreaterThan(10);
      expect(table.counts.implausible, file).toBeLessThan(10);
    }
  });
});
