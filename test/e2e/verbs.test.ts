import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createStage } from './stage.ts';
import { dataFile, HAS_DATA, type Said, verb } from './support.ts';

const stage = createStage();
afterAll(stage.end);

/** One line of `decode`. */
interface Line {
  readonly time?: string;
  readonly elapsed?: number;
  readonly code: string;
  readonly value: number | null;
  readonly validity: string;
  readonly device: string;
}

const lines = ({ stdout }: Said): readonly Line[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line));

/** Rows of a CSV file without quotes, by the names in its first line. */
const csv = (path: string): readonly Readonly<Record<string, string>>[] => {
  const [head = '', ...rows] = readFileSync(path, 'utf8').trim().split(/\r?\n/);
  const names = head.split(',');
  return rows.map((row) => {
    const cells = row.split(',');
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
  });
};

const numberOrNull = (cell: string | undefined): number | null =>
  cell === undefined || cell === '' ? null : Number(cell);

/** `time value` of one code, in order; the value is null where the monitor has no number. */
const told = (said: Said, code: string): readonly string[] =>
  lines(said).flatMap((line) => (line.code === code ? [`${line.time} ${line.value}`] : []));

describe.skipIf(!HAS_DATA)('decode of real recordings', { concurrent: true }, () => {
  const columns = {
    MDC_ECG_HEART_RATE: 'ecg_hr',
    MDC_TTHOR_RESP_RATE: 'imp_rr',
    MDC_PULS_OXIM_SAT_O2: 'spo2',
    MDC_PULS_OXIM_PULS_RATE: 'spo2_pr',
    MDC_CO2_RESP_RATE: 'co2_rr',
  };

  it.each(['db02', 'notebook_raw'])('%s.raw of a B450/B650 gives the values of its table', async (name) => {
    const said = await verb(
      'decode',
      '--device',
      'ge-s5-dri',
      '--in',
      dataFile('captures/ge-s5-dri', `${name}.raw`),
    );
    expect(said.code, said.stderr).toBe(0);
    const rows = csv(dataFile('captures/ge-s5-dri', `${name}_decoded_phdb.csv`));
    expect(rows.length).toBeGreaterThan(10);
    for (const [code, column] of Object.entries(columns)) {
      const expected = rows.map(
        (row) => `${new Date(row.time_utc ?? '').toISOString()} ${numberOrNull(row[column])}`,
      );
      expect(told(said, code), code).toEqual(expected);
    }
    // The same cuff reading stands in every record; it is told once.
    const reading = rows.find((row) => row.nibp_sys !== '');
    expect(
      lines(said).filter(({ code, value }) => code === 'MDC_PRESS_BLD_NONINV_SYS' && value !== null),
    ).toMatchObject([{ value: Number(reading?.nibp_sys) }]);
  });

  it('the log of an N-560 gives the values of its table, and no number where it had none', async () => {
    const said = await verb(
      ...['decode', '--device', 'nellcor', '--in', dataFile('captures/nellcor-n560/n560_demo_stream.log')],
    );
    expect(said.code, said.stderr).toBe(0);
    const rows = csv(dataFile('captures/nellcor-n560/n560_expected.csv'));
    const at = (text = '') => `${new Date(`${text.replace(/-(\d\d) /, '-20$1 ')} UTC`).toISOString()}`;
    for (const [code, column] of [
      ['MDC_PULS_OXIM_SAT_O2', 'spo2'],
      ['MDC_PULS_OXIM_PULS_RATE', 'bpm'],
    ] as const) {
      const inSearch = (row: (typeof rows)[number]) => /\bPS\b/.test(row.status_codes ?? '');
      const expected = rows.map(
        (row) => `${at(row.device_time)} ${inSearch(row) ? null : numberOrNull(row[column])}`,
      );
      expect(told(said, code), code).toEqual(expected);
    }
    expect(lines(said).filter(({ value }) => value === 0)).toEqual([]);
  });

  it('the log of a Rad-8 gives its five seconds', async () => {
    const said = await verb(
      ...['decode', '--device', 'masimo-ascii', '--in', dataFile('captures/masimo-ascii/yahnatan_rad8.log')],
    );
    const values = (code: string) => lines(said).flatMap((line) => (line.code === code ? [line.value] : []));
    expect(values('MDC_PULS_OXIM_SAT_O2')).toEqual([98, 98, 98, 98, 98]);
    expect(values('MDC_PULS_OXIM_PULS_RATE')).toEqual([97, 96, 96, 96, 97]);
    expect(values('MDC_BLD_PERF_INDEX')).toEqual([3.6, 3.95, 4.25, 3.19, 2.41]);
  });
});

describe.concurrent('simulate into a file, and decode it', () => {
  it.each(['ge-s5-dri', 'nellcor', 'masimo-ascii'])(
    '%s: the same seed gives the same bytes',
    async (device) => {
      const folder = stage.folder();
      const files = [join(folder, 'one.raw'), join(folder, 'two.raw')] as const;
      const made = await Promise.all(
        files.map((file) =>
          verb(...['simulate', '--device', device, '--duration', '120', '--seed', '7', '--out', file]),
        ),
      );
      for (const said of made) expect(said.code, said.stderr).toBe(0);
      expect(readFileSync(files[0]).equals(readFileSync(files[1]))).toBe(true);

      const said = await verb('decode', '--device', device, '--in', files[0]);
      expect(said.code).toBe(0);
      const counts = JSON.parse(said.stderr.trim());
      expect(counts).toMatchObject({ device, bytes: statSync(files[0]).size, rejectedBytes: 0 });
      const spo2 = lines(said).filter(({ code, value }) => code === 'MDC_PULS_OXIM_SAT_O2' && value !== null);
      expect(spo2.length).toBeGreaterThan(20);
      for (const line of spo2) {
        expect(line.value).toBeGreaterThan(90);
        expect(line.value).toBeLessThanOrEqual(100);
        expect(line.validity).toBe('valid');
      }
    },
  );
});

describe.concurrent('words for people who made a mistake', () => {
  it.each([
    [2, ['decode', '--device', 'nonesuch'], 'ge-s5-dri'],
    [1, ['decode', '--device', 'nellcor', '--in', '/no/such.log'], '/no/such.log'],
    [2, ['simulate', '--device', 'nellcor'], '--tcp'],
    [2, ['simulate', '--device', 'nellcor', '--tcp', 'localhost'], '--tcp'],
    [
      2,
      [
        'simulate',
        '--device',
        'nellcor',
        '--scenario',
        'nonesuch',
        '--duration',
        '1',
        '--out',
        '/no/such/file',
      ],
      'nonesuch',
    ],
    [1, ['verify', '--data', '/no/such/folder'], '/no/such/folder'],
  ] as const)('exit %i and one line for %j', async (code, args, named) => {
    const said = await verb(...args);
    expect(said.code).toBe(code);
    expect(said.stdout).toBe('');
    expect(said.stderr.trim().split('\n')).toHaveLength(1);
    expect(said.stderr).toContain(named);
  });

  it.each([['frobnicate'], ['serve', '--port', '99999'], ['decode', '--nonsense']])(
    'exit 2 for wrong usage: %s %s',
    async (...args) => {
      const said = await verb(...args);
      expect(said.code).toBe(2);
      expect(said.stdout).toBe('');
      expect(said.stderr).not.toContain('    at ');
    },
  );
});

it('devices lists every family with its line settings as JSON', async () => {
  const said = await verb('devices');
  expect(said.code).toBe(0);
  const families: readonly { id: string }[] = JSON.parse(said.stdout);
  expect(families.map(({ id }) => id).sort()).toEqual(
    expect.arrayContaining(['ge-s5-dri', 'masimo-ascii', 'nellcor']),
  );
});

it('--help names only verbs that are there, and each has its own help', async () => {
  const said = await verb('--help');
  const commands = said.stdout.slice(said.stdout.indexOf('Commands:')).split('\n').slice(1);
  const verbs = commands
    .flatMap((line) => /^ {2}([a-z]+)/.exec(line)?.[1] ?? [])
    .filter((name) => name !== 'help');
  expect(verbs).toEqual(
    expect.arrayContaining([
      'serve',
      'devices',
      'decode',
      'simulate',
      'capture',
      'replay',
      'sessions',
      'verify',
    ]),
  );
  const helps = await Promise.all(verbs.map((name) => verb(name, '--help')));
  for (const help of helps) {
    expect(help.code, help.stderr).toBe(0);
    expect(help.stdout).toContain('Usage');
  }
});
