import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, test } from 'vitest';
import { registerImport } from '../../app/cli/import.ts';
import { registerVerify } from '../../app/cli/verify.ts';
import { DATABASE_FILES } from '../../app/data-dir.ts';
import { monitorId, sessionId } from '../../core/ids.ts';
import { foldExclusions } from '../../core/review/exclusions.ts';
import type { SessionDocument } from '../../core/review/session-document.ts';
import { foldSession } from '../../core/session/session.ts';
import { epochMs } from '../../core/time.ts';
import { acquireStationLock } from '../../db/station-lock.ts';
import { opened, readClockWall, temporaryFolder } from '../db/samples.ts';
import { tableText } from '../exports/read-table.ts';
import { cuff, excludeReading, excludeSpan, heard, smallDocument } from '../exports/small-document.ts';
import { runVerb } from './run-verb.ts';

const HR = 'MDC_ECG_HEART_RATE';
const SPO2 = 'MDC_PULS_OXIM_SAT_O2';
const WHOLE_DAY = [epochMs(0), epochMs(4e12)] as const;

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});

const importText = async (text: string, ...args: readonly string[]) => {
  const file = join(folder, 'vitals.csv');
  writeFileSync(file, text);
  return runVerb(registerImport, 'import', file, '--data', join(folder, 'data'), ...args);
};

/** What is stored now. */
const stored = () => {
  const db = opened(join(folder, 'data', DATABASE_FILES.simulated), 'simulated');
  return db.sessions(10).map(({ id }) => ({
    session: foldSession(db.eventsOf(id)),
    events: db.eventsOf(id),
    frames: db.frames(id, ...WHOLE_DAY),
    readings: db.nibpReadings(id),
  }));
};
const only = () => {
  const [one, ...others] = stored();
  if (one === undefined || others.length > 0) throw new Error(`${others.length + 1} sessions are stored`);
  return one;
};

const WIDE = [
  'Time,Solar8000/HR,Solar8000/PLETH_SPO2,Solar8000/NIBP_SBP,Solar8000/NIBP_DBP,Solar8000/ART_SBP',
  '2026-02-01T09:00:00Z,71,98,,,140',
  '2026-02-01T09:01:00Z,72,,125,80,141',
  '2026-02-01T09:02:00Z,0,97,,,',
  '',
].join('\n');

describe('import of another program’s table', () => {
  test('is a closed session with origin imported, in the database of recordings', async () => {
    const { exitCode, stdout } = await importText(WIDE, '--patient', 'A.B.');
    expect(exitCode).toBe(0);
    const { session, events, frames, readings } = only();
    expect(JSON.parse(stdout)).toMatchObject({
      sessionId: session.id,
      kind: 'vitals-table',
      rows: 3,
      values: 7,
    });
    expect(session).toMatchObject({ origin: 'imported', patientInitials: 'A.B.', phase: 'cancelled' });
    expect(session.openedAt).toBe(Date.parse('2026-02-01T09:00:00Z'));
    expect(session.closedAt).toBe(Date.parse('2026-02-01T09:02:00Z'));
    expect(events[0]?.body).toMatchObject({ imported: { fileName: 'vitals.csv', kind: 'vitals-table' } });
    expect(events.at(-1)?.body).toMatchObject({
      reason: expect.stringMatching(/whether a drug was given is not known/),
    });
    expect(readings).toMatchObject([{ systolic: 125, diastolic: 80, mean: null }]);
    expect(
      frames.flatMap((frame) =>
        frame.observations.map(({ metric, value, validity }) => [metric, value, validity]),
      ),
    ).toEqual([
      [HR, 71, 'valid'],
      [SPO2, 98, 'valid'],
      [HR, 72, 'valid'],
      ['MDC_PRESS_BLD_NONINV_SYS', 125, 'valid'],
      ['MDC_PRESS_BLD_NONINV_DIA', 80, 'valid'],
      [HR, null, 'unavailable'],
      [SPO2, 97, 'valid'],
    ]);
    expect(existsSync(join(folder, 'data', DATABASE_FILES.live))).toBe(false);
  });

  test('leaves a record that is whole', async () => {
    await importText(WIDE);
    const { stdout } = await runVerb(registerVerify, 'verify', '--data', join(folder, 'data'));
    expect(JSON.parse(stdout)).toMatchObject({ ok: true, databases: [{ sessions: 1 }] });
  });

  test('waits for nobody’s signature: it was no visit here', async () => {
    await importText(WIDE);
    expect(opened(join(folder, 'data', DATABASE_FILES.simulated), 'simulated').unsignedSessions(10)).toEqual(
      [],
    );
  });

  test('of the same file is refused the second time, under whatever name, and stores nothing', async () => {
    await importText(WIDE);
    copyFileSync(join(folder, 'vitals.csv'), join(folder, 'copy.csv'));
    const again = await runVerb(
      registerImport,
      'import',
      join(folder, 'copy.csv'),
      '--data',
      join(folder, 'data'),
      '--patient',
      'C.D.',
    );
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toMatch(/imported before, as session .*; nothing was imported/);
    expect(stored()).toHaveLength(1);
  });

  test.each([
    [
      'a word for a number',
      WIDE.replace('72', 'high'),
      /row 3, column "Solar8000\/HR": "high" is not a number/,
    ],
    [
      'a time that runs back',
      WIDE.replace('09:02', '08:02'),
      /row 4, column "Time": .* earlier than the row before/,
    ],
    ['no header', '1,2,3\n4,5,6\n', /no header found/],
    ['no rows', 'Time,HR\n', /a header and no rows/],
    ['no day', 'Time,HR\n09:00,70\n', /which day it was: give the time of its first row with --start/],
    ['text that is not UTF-8', Buffer.from(WIDE, 'utf16le').toString('latin1'), /./],
  ])('with %s is refused with the place, and nothing is stored', async (_what, text, words) => {
    const { exitCode, stderr, stdout } = await importText(text);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(existsSync(join(folder, 'data', DATABASE_FILES.simulated))).toBe(false);
  });

  test('takes the day, the columns and the infusion that a person gives', async () => {
    const text = 'Time,Rate,HR\n09:00,71,1\n09:10,72,1\n09:20,73,1\n';
    const { exitCode } = await importText(
      text,
      '--start',
      '2026-02-01T10:00+01:00',
      '--columns',
      'Rate=HR,HR=-',
      '--infusion',
      '2026-02-01T09:05Z/2026-02-01T09:15Z',
    );
    expect(exitCode).toBe(0);
    const { session, frames } = only();
    expect(frames.map((frame) => [frame.at.wall, frame.observations[0]?.value])).toEqual([
      [Date.parse('2026-02-01T09:00Z'), 71],
      [Date.parse('2026-02-01T09:10Z'), 72],
      [Date.parse('2026-02-01T09:20Z'), 73],
    ]);
    expect(
      session.spans.map(({ phase, startedAt }) => [phase, new Date(startedAt).toISOString().slice(11, 16)]),
    ).toEqual([
      ['intake', '09:00'],
      ['baseline', '09:00'],
      ['infusing', '09:05'],
      ['recovery', '09:15'],
      ['discharged', '09:20'],
    ]);
  });

  test.each([
    ['--start', 'yesterday'],
    ['--start', '2026-02-01T09:00'],
    ['--infusion', '2026-02-01T09:05Z'],
    ['--columns', 'Rate=guess'],
    ['--patient', 'much too long'],
    ['--zero', 'maybe'],
  ])('with %s %s is wrong usage', async (...args) => {
    expect((await importText(WIDE, ...args)).exitCode).toBe(2);
  });

  test('beside a running station is refused: its alarms would wait', async () => {
    const lock = acquireStationLock(join(folder, 'data'), { processId: 42, readClockWall });
    const { exitCode, stderr } = await importText(WIDE);
    lock.release();
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/another station \(process 42\) uses this data folder/);
    expect((await importText(WIDE)).exitCode).toBe(0);
  });
});

/** A visit with all that a table must carry: two monitors, absent and doubted values, a cuff, artefacts, an end. */
const visit = (): SessionDocument => {
  const first = cuff(40_000, [140, 80, 100]);
  const second = cuff(95_000, [190, 70, 110]);
  const document = smallDocument({
    frames: [
      heard(2_000, { [HR]: 70, [SPO2]: 97 }),
      heard(20_000, { [HR]: 71, [SPO2]: null }),
      heard(20_000, { [HR]: 75 }, monitorId('bed-2')),
      first.frame,
      heard(50_000, { [HR]: 190 }),
      heard(70_000, { [HR]: 72 }),
      second.frame,
    ],
    readings: [first.reading, second.reading],
    bodies: [excludeSpan(HR, 45_000, 60_000), excludeReading(95_000)],
  });
  return document;
};

describe('import of our own tables', () => {
  test('of every value gives back what was exported: values, ages, phases, monitors, and what was left out', async () => {
    const document = visit();
    expect((await importText(await tableText(document))).exitCode).toBe(0);
    const { session, events, frames, readings } = only();
    const plain = (list: SessionDocument['frames']) =>
      list.map(({ monitorId: monitor, observations }) => [
        monitor,
        observations.map(({ receivedAt, ...rest }) => ({ ...rest, wall: receivedAt.wall })),
      ]);
    expect(plain(frames)).toEqual(plain(document.frames));
    expect(readings).toHaveLength(2);
    expect(session.origin).toBe('imported');
    expect(session.spans.map(({ phase }) => phase)).toEqual(['intake', 'baseline', 'infusing', 'aborted']);
    expect(events[0]?.body).toMatchObject({ imported: { kind: 'chairside-raw', fileOrigin: 'simulated' } });
    expect(foldExclusions(events).map(({ target }) => target)).toEqual([
      expect.objectContaining({ kind: 'span', metrics: [HR] }),
      { kind: 'reading', monitorId: 'bed-1', receivedAt: document.readings[1]?.receivedAt.wall },
    ]);
    // What was left out there is left out here, value for value.
    const again: SessionDocument = { ...document, frames, readings, exclusions: foldExclusions(events) };
    expect((await tableText(again)).split('\r\n').filter((line) => line.includes('MDC_'))).toEqual(
      (await tableText(document)).split('\r\n').filter((line) => line.includes('MDC_')),
    );
  });

  test('of a flowsheet gives each value the age it had in its step', async () => {
    const { exitCode, stderr } = await importText(await tableText(visit(), { flowsheetMs: 60_000 }));
    expect([exitCode, stderr.includes('entries of people and alarms')]).toEqual([0, true]);
    const { frames, readings, events } = only();
    const values = frames.flatMap(({ monitorId: monitor, observations }) =>
      observations.map(({ metric, value, validity, receivedAt, ageAtReceiptMs }) => [
        monitor,
        metric,
        value ?? validity,
        new Date(receivedAt.wall).toISOString().slice(14, 19),
        ageAtReceiptMs,
      ]),
    );
    expect(values).toContainEqual(['bed-1', HR, 71, '01:00', 40_000]);
    expect(values).toContainEqual(['bed-2', HR, 75, '01:00', 40_000]);
    expect(values).toContainEqual(['bed-1', HR, 72, '02:00', 50_000]);
    expect(values).toContainEqual(['imported', SPO2, 97, '01:00', 58_000]);
    expect(values).toContainEqual(['imported', SPO2, 'unavailable', '01:00', 0]);
    expect(readings.map(({ systolic }) => systolic)).toEqual([140, 190]);
    expect(foldExclusions(events).map(({ target }) => target.kind)).toEqual(['reading']);
  });

  test('still works after a spreadsheet has saved it with semicolons', async () => {
    const text = (await tableText(visit())).replaceAll(/^(?!#)(.*)$/gm, (line) => line.replaceAll(',', ';'));
    expect((await importText(text)).exitCode).toBe(0);
  });

  test.each([
    ['code', 'MDC_PULS_OXIM_SAT_O2', 'MDC_GUESS', /column "code": "MDC_GUESS" is no vital sign/],
    ['unit', '{beat}/min', 'bpm', /column "unit": "bpm" is not \{beat\}\/min/],
    ['value', ',70,', ',700,', /column "value": "700" is nothing that MDC_ECG_HEART_RATE can be/],
    ['validity', 'unavailable', 'good', /column "validity": "good" is none of ongoing/],
    ['origin', 'simulated,', 'real,', /column "origin": "real" is none of live/],
    ['phase', 'infusing', 'dancing', /column "phase": "dancing" is none of intake/],
    ['time', 'Z,1,', ' ,1,', /column "time": .* is not an ISO date and time in UTC/],
  ])(
    'refuses a damaged %s with its row and column, and stores nothing',
    async (_column, good, bad, words) => {
      const text = await tableText(visit());
      const rowsAt = text.indexOf('origin,excluded\r\n') + 'origin,excluded\r\n'.length;
      const damaged = text.slice(0, rowsAt) + text.slice(rowsAt).replace(good, bad);
      expect(damaged).not.toBe(text);
      const { exitCode, stderr } = await importText(damaged);
      expect(exitCode).toBe(1);
      expect(stderr).toMatch(/row \d+, /);
      expect(stderr).toMatch(words);
      expect(existsSync(join(folder, 'data', DATABASE_FILES.simulated))).toBe(false);
    },
  );
});

const SHARED = fileURLToPath(new URL('../../../shared/data/numerics/', import.meta.url));

describe.skipIf(!existsSync(SHARED))('import of real files', () => {
  test('understands an export of VSCapture', async () => {
    const text = readFileSync(join(SHARED, 'exports/AS3ExampleData.csv'), 'utf8');
    expect((await importText(text)).exitCode).toBe(0);
    const { session, frames } = only();
    expect(new Date(session.openedAt).toISOString()).toBe('2016-05-15T12:50:56.000Z');
    expect(frames[0]?.observations).toContainEqual(expect.objectContaining({ metric: HR, value: 68 }));
  });
});

test('a record that fails half-way leaves nothing behind', () => {
  const db = opened(':memory:', 'simulated');
  const document = smallDocument({ origin: 'imported' });
  const { monitorId: monitor, at, observations: values } = heard(2_000, { [HR]: 70 });
  expect(() =>
    db.importSession(document.events, [
      { sessionId: document.session.id, monitorId: monitor, at, values },
      { sessionId: sessionId('another'), monitorId: monitor, at, values },
    ]),
  ).toThrow(/another/);
  expect(db.sessions(10)).toEqual([]);
  expect(db.eventsOf(document.session.id)).toEqual([]);
  expect(db.verify().ok).toBe(true);
});
