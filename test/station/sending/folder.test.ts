import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderCarrier, meaningOf } from '../../../station/sending/folder.ts';
import type { Parcel } from '../../../station/sending/outcome.ts';
import { bytes, parcel } from './make.ts';
import { never, temporary } from './servers.ts';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('a folder', () => {
  const csv = (text: string, part: Partial<Parcel> = {}): Parcel =>
    parcel([{ name: 'csv', extension: 'csv', bytes: bytes(text), entries: null }], part);

  it('gets each part as a file under the session’s name, and nothing half written beside it', async () => {
    const path = temporary();
    const parts = [
      { name: 'csv', extension: 'csv', bytes: bytes('a'), entries: null },
      { name: 'fhir', extension: 'json', bytes: bytes('{}'), entries: null },
    ];
    expect(await folderCarrier({ path }).deliver(parcel(parts), never)).toEqual({
      kind: 'sent',
      acknowledgement: 'Written: chairside-s-1.csv, chairside-s-1.fhir.json',
    });
    expect(readdirSync(path).sort()).toEqual(['chairside-s-1.csv', 'chairside-s-1.fhir.json']);
  });

  it('of the same record again changes nothing; of a newer state it takes the place of what we wrote', async () => {
    const path = temporary();
    const carrier = folderCarrier({ path });
    const first = csv('one');
    await carrier.deliver(first, never);
    expect((await carrier.deliver(first, never)).kind).toBe('sent');
    const second = csv('two', { sentBefore: [{ csv: sha256('one') }] });
    expect((await carrier.deliver(second, never)).kind).toBe('sent');
    expect(readFileSync(join(path, 'chairside-s-1.csv'), 'utf8')).toBe('two');
  });

  it('keeps a file that somebody else put there, and says so', async () => {
    const path = temporary();
    writeFileSync(join(path, 'chairside-s-1.csv'), 'theirs');
    const outcome = await folderCarrier({ path }).deliver(csv('ours'), never);
    expect(outcome).toMatchObject({ kind: 'gave-up', problem: expect.stringContaining('was not replaced') });
    expect(readFileSync(join(path, 'chairside-s-1.csv'), 'utf8')).toBe('theirs');
  });

  it('is written over what a crash left half written', async () => {
    const path = temporary();
    writeFileSync(join(path, '.chairside-s-1.csv.part'), 'on');
    expect((await folderCarrier({ path }).deliver(csv('one'), never)).kind).toBe('sent');
    expect(readdirSync(path)).toEqual(['chairside-s-1.csv']);
  });

  it('says in the file’s name that a record is no patient’s', async () => {
    const path = temporary();
    await folderCarrier({ path }).deliver(csv('x', { isLive: false }), never);
    expect(readdirSync(path)).toEqual(['NOT-LIVE-chairside-s-1.csv']);
  });

  it('that is not there is waited for and never made', async () => {
    const path = join(temporary(), 'not-mounted');
    const outcome = await folderCarrier({ path }).deliver(csv('x'), never);
    expect(outcome).toMatchObject({
      kind: 'unreachable',
      problem: expect.stringContaining('mount or create'),
    });
    expect(existsSync(path)).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'without permission is a person’s business',
    async () => {
      const path = temporary();
      chmodSync(path, 0o500);
      const outcome = await folderCarrier({ path }).deliver(csv('x'), never);
      expect(outcome).toMatchObject({
        kind: 'gave-up',
        problem: expect.stringContaining('check the permissions'),
      });
    },
  );

  it.each([
    ['ENOSPC', 'unreachable'],
    ['EDQUOT', 'unreachable'],
    ['ESTALE', 'unreachable'],
    ['EIO', 'unreachable'],
    ['EACCES', 'gave-up'],
    ['EROFS', 'gave-up'],
  ])('that answers %s makes the record %s', (code, kind) => {
    expect(meaningOf(code, '/x')).toMatchObject({ kind, problem: expect.stringContaining(code) });
  });

  it('that is a file, or holds a folder of the file’s name, is said in words', async () => {
    const path = temporary();
    writeFileSync(join(path, 'file'), '');
    expect(await folderCarrier({ path: join(path, 'file') }).deliver(csv('x'), never)).toMatchObject({
      kind: 'gave-up',
    });
    mkdirSync(join(path, 'chairside-s-1.csv'));
    expect(await folderCarrier({ path }).deliver(csv('x'), never)).toMatchObject({
      kind: 'gave-up',
      problem: expect.stringContaining('there is a folder of the name'),
    });
  });
});
