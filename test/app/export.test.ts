import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { registerExport } from '../../app/cli/export.ts';
import { registerVerify } from '../../app/cli/verify.ts';
import { DATABASE_FILES } from '../../app/data-dir.ts';
import { sessionSubject } from '../../core/registry/events.ts';
import { acquireStationLock } from '../../db/station-lock.ts';
import {
  frame,
  moved,
  opened,
  openSession,
  readClockWall,
  SESSION,
  temporaryFolder,
  value,
} from '../db/samples.ts';
import { readPreamble, readRows } from '../exports/read-table.ts';
import { runVerb } from './run-verb.ts';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
  const db = opened(join(folder, DATABASE_FILES.live));
  openSession(db, SESSION, [moved('intake', 'baseline')]);
  db.writeNumerics([
    frame(2_000, [value('MDC_ECG_HEART_RATE', 71, 2_000)]),
    frame(3_000, [value('MDC_ECG_HEART_RATE', 72, 3_000)]),
  ]);
  db.close();
});

const exported = (...args: readonly string[]) =>
  runVerb(registerExport, 'export', '--session', SESSION, '--data', folder, '--time-zone', 'UTC', ...args);
const out = (name: string) => join(folder, name);

describe('export', () => {
  test('writes the table of a session to a file for its owner only, and leaves no half file', async () => {
    const { exitCode, stderr } = await exported('--format', 'csv', '--raw', '--out', out('a.csv'));
    expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/a\.csv: session s-1 as csv, \d+ bytes\n/)]);
    expect(readRows(readFileSync(out('a.csv'), 'utf8')).map((row) => row.value)).toEqual(['71', '72']);
    expect(statSync(out('a.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  test('writes to stdout nothing but the file', async () => {
    const { stdout } = await exported('--format', 'json', '--out', '-');
    expect(JSON.parse(stdout)).toMatchObject({ format: 'chairside-session', session: { id: 's-1' } });
  });

  test('takes the step of the flowsheet in seconds', async () => {
    const { stdout } = await exported('--format', 'csv', '--interval', '30', '--out', '-');
    expect(readPreamble(stdout).get('# table')?.[0]).toMatch(/a line every 30 s/);
  });

  test('does not touch a file that is there, except when told to', async () => {
    writeFileSync(out('a.json'), 'mine');
    const refused = await exported('--format', 'json', '--out', out('a.json'));
    expect([refused.exitCode, refused.stderr]).toEqual([
      1,
      expect.stringMatching(/is there already; --force/),
    ]);
    expect(readFileSync(out('a.json'), 'utf8')).toBe('mine');
    expect((await exported('--format', 'json', '--out', out('a.json'), '--force')).exitCode).toBe(0);
    expect(JSON.parse(readFileSync(out('a.json'), 'utf8')).session.id).toBe('s-1');
  });

  test('is an entry in the record of access, and the record stays whole', async () => {
    await exported('--format', 'json', '--out', '-');
    const [entry] = opened(join(folder, DATABASE_FILES.live)).registry.about(sessionSubject(SESSION), 5);
    expect(entry).toMatchObject({
      by: expect.stringMatching(/\(command line, not verified\)$/),
      body: { type: 'record-exported', sessionId: 's-1', patientId: null, format: 'json', withNames: true },
    });
    const { stdout } = await runVerb(registerVerify, 'verify', '--data', folder);
    expect(JSON.parse(stdout).ok).toBe(true);
  });

  test('works while a station has the data folder and the database open', async () => {
    const lock = acquireStationLock(folder, { processId: 42, readClockWall });
    const station = opened(join(folder, DATABASE_FILES.live));
    expect((await exported('--format', 'csv', '--out', '-')).exitCode).toBe(0);
    station.writeNumerics([frame(4_000, [value('MDC_ECG_HEART_RATE', 73, 4_000)])]);
    lock.release();
    expect(station.registry.head()?.sequence).toBe(1);
  });

  test('of a session that is not there is refused in one line, and nothing is written', async () => {
    const { exitCode, stderr } = await runVerb(
      registerExport,
      'export',
      '--session',
      'nobody',
      '--format',
      'json',
      '--out',
      out('a.json'),
      '--data',
      folder,
    );
    expect([exitCode, stderr]).toEqual([1, `there is no session nobody in ${folder}`]);
    expect(existsSync(out('a.json'))).toBe(false);
  });

  test('into a folder that is not there is refused in one line', async () => {
    const { exitCode, stderr } = await exported('--format', 'json', '--out', out('none/a.json'));
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/cannot be written \(ENOENT\)$/)]);
  });

  test.each([
    ['--format', 'xml'],
    ['--format', 'csv', '--interval', '0'],
    ['--format', 'csv', '--interval', '30', '--raw'],
    ['--format', 'csv', '--time-zone', 'Mars'],
    ['--format', 'pdf', '--paper', 'a0'],
  ])('with %s %s %s %s is wrong usage', async (...args) => {
    const given = args.filter((arg) => typeof arg === 'string');
    expect((await exported(...given, '--out', '-')).exitCode).toBe(2);
  });
});
