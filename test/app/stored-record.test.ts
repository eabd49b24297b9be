import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { Command, CommanderError } from 'commander';
import { describe, expect, test } from 'vitest';
import { CliError, type CliIo } from '../../app/cli/io.ts';
import { registerSessions } from '../../app/cli/sessions.ts';
import { registerVerify } from '../../app/cli/verify.ts';
import { DATABASE_FILES, defaultDataDir } from '../../app/data-dir.ts';
import { sessionId } from '../../core/ids.ts';
import { acquireStationLock } from '../../db/station-lock.ts';
import { systemClock } from '../../station/clock.ts';
import {
  event,
  moved,
  note,
  opened,
  openedBody,
  openSession,
  readClockWall,
  SESSION,
  temporaryFolder,
} from '../db/samples.ts';
import { tamper } from '../db/tamper.ts';

/** Runs a verb in this process and gives back what it printed and how it ended. */
const run = async (...args: readonly string[]) => {
  const streams = { stdin: new PassThrough(), stdout: new PassThrough(), stderr: new PassThrough() };
  const io: CliIo = { ...streams, clock: systemClock(), stopped: new AbortController().signal };
  const program = new Command('chairside')
    .exitOverride()
    .configureOutput({ writeErr: (line) => streams.stderr.write(line) });
  registerSessions(program, io);
  registerVerify(program, io);
  for (const command of program.commands) command.exitOverride().copyInheritedSettings(program);
  let exitCode = 0;
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) exitCode = 2;
    else if (error instanceof CliError) {
      exitCode = error.exitCode;
      streams.stderr.write(error.message);
    } else throw error;
  }
  streams.stdout.end();
  streams.stderr.end();
  return { exitCode, stdout: await text(streams.stdout), stderr: await text(streams.stderr) };
};

/** A data folder with one closed live session and one open simulated one, a minute later. */
const dataFolder = (): string => {
  const folder = temporaryFolder();
  const live = opened(join(folder, DATABASE_FILES.live));
  openSession(live, SESSION, [moved('intake', 'cancelled'), note('slept badly')]);
  live.close();
  const simulated = opened(join(folder, DATABASE_FILES.simulated), 'simulated');
  simulated.appendEvents([event(1, openedBody('simulated', 'tab\there'), sessionId('s-2'))]);
  simulated.close();
  return folder;
};

describe('sessions', () => {
  test('as JSON is one array of both databases, with times in ISO 8601', async () => {
    const { exitCode, stdout, stderr } = await run('sessions', '--json', '--data', dataFolder());
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(JSON.parse(stdout)).toEqual([
      expect.objectContaining({
        id: 's-1',
        origin: 'live',
        phase: 'cancelled',
        closedAt: '2026-03-01T14:00:02.000Z',
      }),
      expect.objectContaining({
        id: 's-2',
        origin: 'simulated',
        phase: 'intake',
        openedAt: '2026-03-01T14:00:01.000Z',
        closedAt: null,
      }),
    ]);
  });

  test('for people is a table that says SIMULATED, one line a session', async () => {
    const { stdout } = await run('sessions', '--data', dataFolder());
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(/^SESSION\s+OPENED \(UTC\)\s+PATIENT/);
    expect(lines[1]).toMatch(/^s-1\s+2026-03-01 14:00\s+A\.B\.\s+Cancelled\s+live\s+3\s+0\s+-\s+depression$/);
    expect(lines[2]).toMatch(/^s-2 .* SIMULATED .* tab here$/);
  });

  describe('with a damaged record', () => {
    /** What happens to a third session of the live database. */
    const damaged = (sql: string): string => {
      const folder = dataFolder();
      const path = join(folder, DATABASE_FILES.live);
      const live = opened(path);
      openSession(live, sessionId('s-3'), [moved('intake', 'cancelled'), note('slept well')]);
      live.close();
      tamper(path, sql);
      return folder;
    };
    const cases = [
      [
        'a note that is no JSON',
        `UPDATE session_event SET body = '{"type":' WHERE session_id = 's-3' AND sequence = 3`,
      ],
      [
        'a phase that is no JSON',
        `UPDATE session_event SET body = 'x' WHERE session_id = 's-3' AND sequence = 2`,
      ],
      [
        'an opening that says nothing',
        `UPDATE session_event SET body = '{}' WHERE session_id = 's-3' AND sequence = 1`,
      ],
      [
        'a phase that says nothing',
        `UPDATE session_event SET body = '{}' WHERE session_id = 's-3' AND sequence = 2`,
      ],
      ['no opening', `DELETE FROM session_event WHERE session_id = 's-3' AND sequence = 1`],
    ] as const;

    test.each(cases)(
      '(%s) and a filter list the others, name it in one line, and end with 1',
      async (_name, sql) => {
        const { exitCode, stdout, stderr } = await run(
          ...['sessions', '--json', '--from', '2026-01-01', '--data', damaged(sql)],
        );
        expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual(['s-1', 's-2']);
        const lines = stderr.split('\n').filter((line) => line.includes('s-3'));
        expect(lines).toEqual([
          expect.stringMatching(/^session s-3 cannot be read and is not in the list: .+verify/),
        ]);
        expect(exitCode).toBe(1);
      },
    );

    test.each(cases.slice(1))('(%s) and no filter do the same', async (_name, sql) => {
      const { exitCode, stdout, stderr } = await run('sessions', '--data', damaged(sql));
      expect(stdout).toMatch(/^s-1 /m);
      expect(stdout).toMatch(/^s-2 /m);
      expect(stdout).not.toContain('s-3');
      expect(stderr).toMatch(/^session s-3 cannot be read/);
      expect(exitCode).toBe(1);
    });
  });

  test('stops at the limit', async () => {
    const { stdout } = await run('sessions', '--json', '--limit', '1', '--data', dataFolder());
    expect(JSON.parse(stdout)).toHaveLength(1);
  });

  test('of an empty folder are none, and that is no failure', async () => {
    const folder = temporaryFolder();
    expect(await run('sessions', '--json', '--data', folder)).toEqual({
      exitCode: 0,
      stdout: '[]\n',
      stderr: `no sessions are stored in ${folder}\n`,
    });
  });

  test.each([
    ['--limit', '0'],
    ['--limit', 'many'],
    ['--colour', 'red'],
  ])('%s %s is wrong usage', async (...args) => {
    expect((await run('sessions', ...args)).exitCode).toBe(2);
  });

  test('that cannot be read are one clear line and exit status 1', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, DATABASE_FILES.live), 'not a database');
    const { exitCode, stdout, stderr } = await run('sessions', '--data', folder);
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/chairside\.db: this is not a Chairside database/);
  });

  test('are listed beside a running station', async () => {
    const folder = dataFolder();
    const lock = acquireStationLock(folder, { processId: process.pid, readClockWall });
    const station = opened(join(folder, DATABASE_FILES.live));
    station.appendEvents([event(4, note('just now'))]);
    const { exitCode, stdout } = await run('sessions', '--json', '--data', folder);
    lock.release();
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)[0]).toMatchObject({ id: 's-1', eventCount: 4 });
  });
});

describe('verify', () => {
  test('says of both databases that they are whole', async () => {
    const { exitCode, stdout, stderr } = await run('verify', '--data', dataFolder());
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: true,
      databases: [
        { ok: true, kind: 'live', sessions: 1, sessionEvents: 3, broken: [] },
        { ok: true, kind: 'simulated', sessions: 1, sessionEvents: 1, broken: [] },
      ],
    });
    expect(stderr.match(/: whole/g)).toHaveLength(2);
  });

  test('ends with 1 and names the entry when one letter of a note was changed', async () => {
    const folder = dataFolder();
    const path = join(folder, DATABASE_FILES.live);
    const bytes = readFileSync(path);
    bytes.write('g', bytes.indexOf('badly'), 'latin1');
    writeFileSync(path, bytes);
    const { exitCode, stdout, stderr } = await run('verify', '--data', folder);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      databases: [
        { broken: [{ record: 'session', sessionId: 's-1', sequence: 3, id: 's-1/e-3' }] },
        { ok: true },
      ],
    });
    expect(stderr).toContain('session s-1, entry 3: its content does not match its hash');
  });

  test('reports a database that is too damaged to be opened, and still checks the other', async () => {
    const folder = dataFolder();
    writeFileSync(join(folder, DATABASE_FILES.live), 'shredded');
    const { exitCode, stdout } = await run('verify', '--data', folder);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      ok: false,
      databases: [
        { ok: false, problems: [expect.stringContaining('not a Chairside database')] },
        { ok: true },
      ],
    });
  });

  test('of a folder without a database has checked nothing and says so', async () => {
    const { exitCode, stdout, stderr } = await run('verify', '--data', temporaryFolder());
    expect([exitCode, stdout]).toEqual([1, '']);
    expect(stderr).toContain('nothing was checked');
  });
});

describe('the data folder', () => {
  test.each([
    ['linux', {}, '/home/n/.local/share/chairside'],
    ['linux', { XDG_DATA_HOME: '/data' }, '/data/chairside'],
    ['linux', { XDG_DATA_HOME: 'relative' }, '/home/n/.local/share/chairside'],
    ['darwin', { XDG_DATA_HOME: '/data' }, '/home/n/Library/Application Support/Chairside'],
    ['win32', { APPDATA: 'C:\\Users\\n\\AppData\\Roaming' }, 'C:\\Users\\n\\AppData\\Roaming\\Chairside'],
    ['win32', {}, '\\home\\n\\AppData\\Roaming\\Chairside'],
  ] as const)('on %s with %o is %s', (platform, env, expected) => {
    expect(defaultDataDir({ platform, env, home: '/home/n' })).toBe(expected);
  });
});
