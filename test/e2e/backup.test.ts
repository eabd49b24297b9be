import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { StationClient } from '../../core/api/client.ts';
import { chairNow, createStage } from './stage.ts';
import { MAIN, run, type Said, type Serving, verb } from './support.ts';

const stage = createStage();
const data = stage.folder();
const backups = stage.folder();
const file = join(backups, 'clinic.backup');
const config = stage.config([
  {
    id: 'b650',
    family: 'ge-s5-dri',
    address: { kind: 'simulator', scenario: 'typical-infusion' },
    options: { intervalS: 1 },
  },
]);
let station: Serving;
let client: StationClient;
let sessionId = '';

beforeAll(async () => {
  station = await stage.serve(['--config', config, '--data', data, '--port', '0']);
  client = await stage.client(station);
  const { id } = await chairNow(client);
  const session = await client.call('session.open', {
    chairId: id,
    patientInitials: 'B.K.',
    indication: 'Depression',
    plannedInfusionMs: 40 * 60_000,
    plannedRecoveryMs: 30 * 60_000,
    by: 'Nurse A',
  });
  sessionId = session.id;
  await note('before the backup');
});
afterAll(stage.end);

const note = (text: string) =>
  client.call('session.note', { sessionId, kind: 'note', text, corrects: null, by: 'Nurse A' });

describe('a station that runs', () => {
  it('is backed up without being disturbed, and the backup is whole', async () => {
    const numbers: number[] = [];
    client.on('observations', ({ values }) => numbers.push(values.length));
    const said = await verb('backup', '--out', file, '--data', data);
    expect(said.code, said.stderr).toBe(0);
    const manifest = JSON.parse(said.stdout);
    expect(manifest.parts.map(({ name }: { readonly name: string }) => name)).toContain(
      'chairside-simulated.db',
    );
    expect(said.stderr).toContain('with 1 session');
    expect(readdirSync(backups)).toEqual(['clinic.backup']);
    const seen = numbers.length;
    await vi.waitFor(() => expect(numbers.length).toBeGreaterThan(seen), { timeout: 60_000 });
    const checked = await verb('verify', '--in', file);
    expect(checked.code, checked.stderr).toBe(0);
    expect(JSON.parse(checked.stdout)).toMatchObject({ ok: true, backup: manifest });
  });

  it('refuses that its folder is restored', async () => {
    const said = await verb('restore', '--in', file, '--data', data, '--replace');
    expect(said.code).toBe(1);
    expect(said.stderr).toMatch(/another station \(process \d+\) uses this data folder/);
    expect(said.stderr.trim().split('\n')).toHaveLength(1);
    await note('still there');
  });

  it('after its end is not restored over what came later, unless it is told to', async () => {
    await station.stop();
    const refused = await verb('restore', '--in', file, '--data', data);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/holds 1 session that the backup does not, or not wholly/);
    const listed = await verb('sessions', '--json', '--data', data);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ id: sessionId }]);
  });

  it('is started on a restored folder, and has the session that was open', async () => {
    const folder = join(stage.folder(), 'new');
    const said = await verb('restore', '--in', file, '--data', folder);
    expect(said.code, said.stderr).toBe(0);
    const verified = await verb('verify', '--data', folder);
    expect(verified.code, verified.stderr).toBe(0);
    const again = await stage.serve(['--config', config, '--data', folder, '--port', '0']);
    const { session } = await chairNow(await stage.client(again));
    expect(session?.id).toBe(sessionId);
  });
});

describe.skipIf(process.platform === 'win32')('a disk that takes no more', () => {
  /** Runs a verb that may write files of at most `blocks` × 512 bytes. */
  const limited = (blocks: number, ...args: readonly string[]): Promise<Said> =>
    run('sh', ['-c', `ulimit -f ${blocks}; exec "$0" "$@"`, process.execPath, MAIN, ...args]);

  it('gives one line and no backup', async () => {
    const target = stage.folder();
    const said = await limited(40, 'backup', '--out', join(target, 'full.backup'), '--data', data);
    expect(said.code, said.stderr).toBe(1);
    expect(said.stderr.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(target)).toEqual([]);
  });

  it('gives one line and leaves the folder as it was', async () => {
    const folder = stage.folder();
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const said = await limited(40, 'restore', '--in', file, '--data', folder);
    expect(said.code, said.stderr).toBe(1);
    expect(said.stderr.trim().split('\n')).toHaveLength(1);
    expect(readdirSync(folder).filter((name) => !name.startsWith('station.lock'))).toEqual(['mine.txt']);
  });
});
