import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { epochMs } from '../../core/time.ts';
import { connect } from '../../db/native.ts';
import { opened, SESSION, START, temporaryFolder } from './samples.ts';

/** Runs the busy writer until it has acknowledged `lines` times, then kills it without warning. */
const writeAndKill = async (path: string, lines: number): Promise<readonly string[]> => {
  const child = spawn(process.execPath, [new URL('./busy-writer.ts', import.meta.url).pathname, path]);
  let output = '';
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    if (output.split('\n').length > lines) child.kill('SIGKILL');
  });
  const [, signal] = await once(child, 'close');
  expect(complaints).toBe('');
  expect(signal).toBe('SIGKILL');
  return output.split('\n').slice(0, -1); // a line that was cut off was not acknowledged
};

test('a process that is killed while it writes loses nothing that was acknowledged, again and again', async () => {
  const path = join(temporaryFolder(), 'chairside.db');
  const frames = new Set<number>();
  let sequence = 0;
  for (const lines of [1, 2, 37, 160]) {
    const acknowledged = (await writeAndKill(path, lines)).map(
      (line) => JSON.parse(line) as { readonly sequence?: number; readonly numericsAt?: number },
    );
    for (const line of acknowledged) {
      sequence = Math.max(sequence, line.sequence ?? 0);
      if (line.numericsAt !== undefined) frames.add(line.numericsAt);
    }
    const db = opened(path);
    const stored = db.eventsOf(SESSION);
    expect(stored.length).toBeGreaterThanOrEqual(sequence);
    expect(stored.length % 2).toBe(1); // the opening and whole batches of two
    expect(db.verify()).toMatchObject({ ok: true });
    expect(db.openSessions()).toEqual([SESSION]);
    const raw = connect(path, { readonly: true });
    onTestFinished(() => {
      raw.close();
    });
    const rows = raw
      .prepare<[], { second: number; parts: number }>(
        `SELECT CAST((wall_ms - ${START}) / 1000 AS INTEGER) * 1000 AS second, count(*) AS parts
         FROM numeric_frame GROUP BY second`,
      )
      .all();
    raw.close();
    expect([...frames].filter((ms) => !rows.some(({ second }) => second === ms))).toEqual([]);
    expect(rows.filter(({ parts }) => parts !== 3)).toEqual([]); // a batch is there whole or not at all
    expect(db.lastWriteWall(SESSION)).toBeGreaterThanOrEqual(epochMs(START + sequence * 1000));
    db.close();
  }
  expect(frames.size).toBeGreaterThan(50);
});
