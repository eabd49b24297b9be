import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { alarms, goToChair, HR, hasNumber, iAm, infuse, phase, SOON_MS, until, waitUntil } from './acts.ts';
import { chairNow, createStage, type Stage, type Win } from './stage.ts';
import { type Serving, verb } from './support.ts';

/** A disk that can be made to refuse every write, and to take them again. */
interface Disk {
  readonly data: string;
  fill(station: Serving): void;
  free(station: Serving): void;
  remove(): void;
}

const isDone = (command: string, ...args: readonly string[]): boolean =>
  spawnSync(command, args).status === 0;

/** A small file system in memory, filled to its last byte. Needs the right to mount one. */
const smallDisk = (data: string): Disk | null => {
  if (!isDone('mount', '-t', 'tmpfs', '-o', 'size=8m', 'chairside-e2e', data)) return null;
  const filler = join(data, 'filler');
  return {
    data,
    fill: () => {
      // Until not even a page more fits.
      for (const size of [1 << 20, 1 << 12]) {
        for (let full = false; !full; ) {
          try {
            writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
          } catch {
            full = true;
          }
        }
      }
    },
    free: () => rmSync(filler),
    remove: () => {
      isDone('umount', '-l', data);
    },
  };
};

/** The kernel refuses the station every write to a file. Linux only. */
const forbiddenWrites = (data: string): Disk | null => {
  const limit = (pid: number, bytes: string) =>
    isDone('prlimit', '--pid', String(pid), `--fsize=${bytes}:unlimited`);
  if (process.platform !== 'linux' || !isDone('prlimit', '--version')) return null;
  return {
    data,
    fill: ({ pid }) => {
      limit(pid, '0');
    },
    free: ({ pid }) => {
      limit(pid, 'unlimited');
    },
    remove: () => undefined,
  };
};

const KINDS: readonly (readonly [string, (data: string) => Disk | null])[] = [
  ['a disk that is full', smallDisk],
  ['a disk that refuses every write', forbiddenWrites],
];

describe.each(KINDS)('%s', (_name, make) => {
  const stage: Stage = createStage();
  const disk = make(stage.folder());
  let station: Serving;
  let client: StationClient;
  let win: Win;

  beforeAll(async () => {
    if (disk === null) return;
    station = await stage.serve(['--demo', '--data', disk.data]);
    client = await stage.client(station);
    win = await stage.open(station.url);
    await goToChair(win.page, 'demo-chair');
    await waitUntil(() => hasNumber(win.page, HR));
    await iAm(win.page, 'Nurse A');
    await infuse(win.page, 'D.F.');
  });
  afterAll(async () => {
    await station?.kill();
    disk?.remove();
    await stage.end();
  });

  const note = async (text: string) => {
    const sessionId = (await chairNow(client)).session?.id;
    if (sessionId === undefined) throw new Error('no session');
    return client.call('session.note', { sessionId, kind: 'note', text, corrects: null, by: 'Nurse A' });
  };
  const notes = async (): Promise<readonly string[]> => {
    const sessionId = (await chairNow(client)).session?.id;
    if (sessionId === undefined) throw new Error('no session');
    const events = await client.call('history.events', { sessionId });
    return events.flatMap(({ body }) => (body.type === 'note-added' ? [body.text] : []));
  };

  it.skipIf(disk === null)('is said at once, as a banner and a high alarm, while numbers go on', async () => {
    const { page } = win;
    await note('before');
    disk?.fill(station);
    await page.getByTestId('storage-fault').waitFor({ timeout: SOON_MS });
    await until(() => alarms(page, 'high').count()).toBeGreaterThan(0);
    await until(() => hasNumber(page, HR)).toBe(true);
    await until(() => phase(page)).toBe('infusing');
  });

  it.skipIf(disk === null)('nothing is acknowledged that was not stored', async () => {
    const { page } = win;
    await expect(note('while full')).rejects.toMatchObject({ code: 'storage-failed' });
    await page.getByTestId('action-pause').click();
    await page.getByTestId('failure').first().waitFor();
    await until(() => phase(page)).toBe('infusing');
  });

  it.skipIf(disk === null)(
    'when it takes writes again, banner and alarm end and the record goes on',
    async () => {
      const { page } = win;
      disk?.free(station);
      await page.getByTestId('storage-fault').waitFor({ state: 'detached', timeout: SOON_MS });
      await note('after');
      const kept = (await notes()).filter((text) => ['before', 'while full', 'after'].includes(text));
      expect(kept).toEqual(['before', 'after']);
      // The alarm about the record is in the record, in its place.
      const sessionId = (await chairNow(client)).session?.id;
      if (sessionId === undefined) throw new Error('no session');
      const events = await client.call('history.events', { sessionId });
      expect(events.map(({ sequence }) => sequence)).toEqual(events.map((_, index) => index + 1));
      const raised = events.flatMap(({ body }) =>
        body.type === 'alarm' && 'alarm' in body.alarm && body.alarm.type === 'raised'
          ? [body.alarm.alarm.category]
          : [],
      );
      expect(raised).toContain('technical');
      expect(win.faults).toEqual([]);
    },
  );

  it.skipIf(disk === null)('and the record is whole', async () => {
    expect(await station.stop()).toBe(0);
    const said = await verb('verify', '--data', disk?.data ?? '');
    expect(said.code, said.stderr).toBe(0);
  });
});
