import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { registerEvaluate } from '../../app/cli/evaluate.ts';
import { cliBench } from './cli-bench.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evaluate-'));
});
afterAll(() => rm(folder, { recursive: true }));

const file = async (name: string, content: string): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

const bench = () => cliBench(registerEvaluate);
const run = (...args: readonly string[]) => bench().run('evaluate', ...args);

/** SpO2 97 for a minute, 88 for 40 s, 97 for a minute, once a second. */
const table = (start = ''): string => {
  const rows = Array.from({ length: 160 }, (_, second) => {
    const time = start === '' ? String(second) : new Date(Date.parse(start) + second * 1000).toISOString();
    return `${time},${second >= 60 && second < 100 ? 88 : 97},72`;
  });
  return `time,SpO2,HR\n${rows.join('\n')}\n`;
};

describe('evaluate', () => {
  it('prints a line for each alarm and the summary last', async () => {
    const { json, stderr, exitCode } = await run('--in', await file('a.csv', table()));
    expect(exitCode).toBe(0);
    expect(json).toHaveLength(2);
    expect(json[0]).toEqual({
      type: 'alarm',
      condition: 'spo2-low-medium-priority',
      title: 'SpO₂ LOW',
      category: 'physiological',
      priority: 'medium',
      code: 'MDC_PULS_OXIM_SAT_O2',
      onset: 60,
      raised: 75,
      reached: 75,
      end: 105,
      durationSeconds: 30,
      peak: 88,
      limit: 90,
      confirmation: 'not-needed',
      sounded: 75,
      occurrence: 1,
      message: 'SpO₂ 88 < 90',
    });
    expect(json[1]).toMatchObject({
      type: 'summary',
      preset: 'adult-standard',
      all: { alarms: 1, burdenSeconds: 30 },
      plain: { alarms: 1, burdenSeconds: 40 },
      missed: 0,
    });
    expect(stderr).toMatch(/1 alarms \(0 high, 1 medium, 0 low\)/);
  });

  it('says the time of day where the file does', async () => {
    const { json } = await run('--in', await file('b.csv', table('2026-03-01T14:00:00Z')));
    expect(json[0]).toMatchObject({ raised: 75, raisedTime: '2026-03-01T14:01:15.000Z' });
  });

  it('reads stdin', async () => {
    const test = bench();
    test.stdin.end(table());
    expect((await test.run('evaluate')).json).toHaveLength(2);
  });

  it('takes limits from a file, and says of violations without an alarm why', async () => {
    const limits = await file(
      'limits.json',
      JSON.stringify({
        preset: 'adult-standard',
        overrides: [
          { id: 'spo2-low-medium-priority', threshold: null },
          { id: 'spo2-low-advisory', delayMs: 60_000 },
        ],
      }),
    );
    const { json } = await run('--in', await file('c.csv', table()), '--limits', limits);
    expect(json).toMatchObject([
      { type: 'no-alarm', limit: 'spo2-low-advisory', onset: 60, last: 99, reason: 'shorter-than-delay' },
      { type: 'no-alarm', limit: 'spo2-low-medium-priority', peak: 88, reason: 'alarm-off' },
      { type: 'summary', presetName: 'Adult standard, changed', all: { alarms: 0 } },
    ]);
  });

  it('compares two sets of limits', async () => {
    const limits = await file(
      'other.json',
      '{"overrides":[{"id":"spo2-low-medium-priority","threshold":85},{"id":"spo2-low-advisory","threshold":85}]}',
    );
    const { json } = await run('--in', await file('d.csv', table()), '--compare', limits);
    expect(json).toMatchObject([
      { type: 'alarm' },
      { type: 'difference', kind: 'gone', before: { priority: 'medium' } },
      { type: 'summary', compared: { all: { alarms: 0 }, gone: 1, came: 0, moved: 0, same: 0 } },
    ]);
  });

  it('with --json is one document', async () => {
    const { stdout } = await run('--in', await file('e.csv', table()), '--json');
    expect(JSON.parse(stdout)).toMatchObject({
      alarms: [{ condition: 'spo2-low-medium-priority' }],
      noAlarm: [],
      summary: { missed: 0 },
    });
  });

  it('judges rises over a baseline that is given, or taken from the first readings', async () => {
    const path = await file(
      'f.csv',
      'time,SYS,DIA\n0,118,70\n60,122,74\n300,152,80\n420,153,80\n600,120,72\n',
    );
    const conditions = async (...args: readonly string[]) =>
      (await run('--in', path, ...args)).json
        .filter((line) => (line as { type: string }).type === 'alarm')
        .map((line) => (line as { condition: string }).condition);
    expect(await conditions()).not.toContain('nibp-sys-rise-medium-priority');
    expect(await conditions('--baseline', '120/72')).toContain('nibp-sys-rise-medium-priority');
    expect(await conditions('--baseline', '2')).toContain('nibp-sys-rise-medium-priority');
  });
});

describe('wrong usage of evaluate', () => {
  it.each([
    ['{"preset":"mine"}', /preset: Invalid option/],
    [
      '{"overrides":[{"id":"spo2","threshold":88}]}',
      /overrides\[0\]\.id: "spo2" is no limit; known: spo2-low-high/,
    ],
    ['{"overrides":[{"id":"spo2-low-advisory","limit":88}]}', /overrides\[0\]: Unrecognized key: "limit"/],
    ['{"overrides":[{"id":"spo2-low-advisory"}]}', /overrides\[0\]: neither threshold nor delayMs is given/],
    [
      '{"overrides":[{"id":"nibp-sys-step","delayMs":5}]}',
      /overrides\[0\]\.delayMs: cuff readings have no delay/,
    ],
    ['not json', /no JSON/],
  ])('limits %s are refused in one line', async (content, message) => {
    const limits = await file('bad.json', content);
    const result = await run('--in', await file('g.csv', table()), '--limits', limits);
    expect(result.exitCode).toBe(1);
    expect(result.failure).toMatch(message);
    expect(result.failure).not.toContain('\n');
    expect(result.stdout).toBe('');
  });

  it('a table that cannot be read is named with its row and column', async () => {
    const path = await file('bad.csv', 'time,HR\n0,72\n1,x\n');
    expect(await run('--in', path)).toMatchObject({
      exitCode: 1,
      failure: `${path}: row 3, column "HR": "x" is not a number`,
    });
  });

  it('a file that is not there is exit status 1', async () => {
    const path = join(folder, 'nothing.csv');
    expect(await run('--in', path)).toMatchObject({ exitCode: 1, failure: `${path} is not there` });
  });
});
